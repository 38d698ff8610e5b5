"""Where the numbers of a report come from, as a table."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from serai.base.tables import Column, Table
from serai.reports.queries import NumberRow


def numbers_table(rows: Iterable[NumberRow], *, sample: bool = False) -> Table:
    """Return each number with the way it was made, and what it rests on."""
    return Table(
        title=_("Where the numbers come from"),
        columns=(
            Column("key", _("Key")),
            Column("value", _("As written")),
            Column("formula", _("How it is made")),
            Column("version", _("Version")),
            Column("facts", _("Facts")),
            Column("sources", _("Rests on")),
        ),
        rows=[
            [
                row.key, row.value, row.formula, row.version or None, ", ".join(row.facts) or None,
                ", ".join(row.sources) or None,
            ]
            for row in rows
        ],
        sample=sample,
    )  # fmt: skip
