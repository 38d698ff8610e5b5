"""Who outside an organisation read its answers, as a table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from serai.base.tables import Column, Table
from serai.surveys.queries.readings import ReadingRow
from serai.surveys.states.words import word


def readings_table(rows: Sequence[ReadingRow], *, sample: bool) -> Table:
    """Return a row for each reader, day and way; the latest first as they were read."""
    columns = (
        Column("reader", _("Who")),
        Column("role", _("Role")),
        Column("first_at", _("First on that day"), "moment"),
        Column("way", _("In which way")),
    )
    found = [
        (row.name or _("A closed account"), word(row.role), row.first_at, word(row.way))
        for row in rows
    ]
    return Table(_("Who read these answers"), columns, found, sample=sample)
