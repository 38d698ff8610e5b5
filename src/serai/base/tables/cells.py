"""What a table holds: columns, and cells as a spreadsheet takes them."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.characters import harmless
from serai.base.shown import Linked
from serai.base.text import TranslatedText

LONGEST_CELL = 32_767  # signs; what spreadsheets hold
Plain = str | int | float | Decimal | bool | date | datetime | None
Row = Sequence[object] | Mapping[str, object]


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: the name in mappings, sort links and machines' eyes ("due_on").
        title: the head, translated.
        kind: text | number | whole | decimal | percent | money | day | moment | state | link.
    """

    key: str
    title: str
    kind: str = "text"


@dataclass(frozen=True)
class Blank:
    """A cell to be filled: what stands in it, what may be chosen, whether it was not taken."""

    value: Plain = None
    choices: tuple[str, ...] = ()
    is_noted: bool = False


@dataclass(frozen=True)
class BlankSheet:
    """One sheet.

    Attributes:
        marks: the first row, hidden: what machines know each column by.
        head: the second row.
        hidden: places of columns that people need not see, from 0.
        widths: of columns; the rest are narrow.
    """

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Plain | Blank]]
    marks: Sequence[str] = ()
    hidden: frozenset[int] = frozenset()
    widths: Mapping[int, int] = field(default_factory=dict)


def plain(value: object) -> Plain:
    """Return a cell's value without its dress; None where there is no value."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, int | float | Decimal | date):
        return value
    if isinstance(value, TranslatedText):
        value = value.pick(get_language() or "en")[0]
    text = harmless(str(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def is_sample(cells: Sequence[object]) -> bool:
    """Tell whether a row leads to sample data."""
    return any(isinstance(cell, Linked) and cell.is_sample for cell in cells)
