"""Single answers that countries let out, as a table."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from serai.base.tables import Column, Table
from serai.surveys.queries.released import ReleasedRow


def released_table(rows: Sequence[ReleasedRow], *, sample: bool) -> Table:
    """Return a row an answer, in the order of countries, bodies and questions."""
    columns = (
        Column("country", _("Country")),
        Column("organisation", _("Organisation")),
        Column("question", _("Question")),
        Column("answer", _("Answer")),
        Column("as_of", _("As of"), "day"),
    )
    found = [(row.country, row.place, _asked(row), row.words, row.as_of) for row in rows]
    return Table(_("Answers released by countries"), columns, found, sample=sample)


def _asked(row: ReleasedRow) -> str:
    return f"{row.question} ({row.entry})" if row.entry else row.question
