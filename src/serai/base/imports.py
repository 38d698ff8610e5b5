"""Bring in a sheet: map its columns, preview every row and every fault, then all or nothing.

The room's action applies a `Preview` without faults in one transaction and keeps what it made, so
that the import can be undone. Nothing here writes.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from serai.base.tables import Sheet, SheetRow

T = TypeVar("T")
_NOT_WORDS = re.compile(r"[\W_]+")


class CellFault(ValueError):
    """One cell cannot be used; `str()` says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Wanted:
    """One column the import understands.

    Attributes:
        key: its name in the mapping and in what `read` gives.
        title: its head, translated; a sheet's own head that says the same is found.
        others: more heads it is known by.
        is_required: an empty cell is a fault.
        read: turns a cell's text into a value, or raises CellFault.
    """

    key: str
    title: str
    others: tuple[str, ...] = ()
    is_required: bool = False
    read: Callable[[str], object] = str


@dataclass(frozen=True)
class Fault:
    """What is wrong in one place."""

    sheet: str
    row: int
    column: str
    text: str

    def __str__(self) -> str:
        place = _("Row {row}").format(row=self.row)
        if self.column:
            place = f"{place}, {self.column}"
        if self.sheet:
            place = f"{self.sheet}: {place}"
        return f"{place}: {self.text}"


@dataclass(frozen=True)
class Entry(Generic[T]):
    """One row as it would be entered."""

    row: SheetRow
    value: T


@dataclass(frozen=True)
class Preview(Generic[T]):
    """What an import would do; with any fault nothing is entered."""

    entries: tuple[Entry[T], ...]
    faults: tuple[Fault, ...]

    @property
    def may_be_applied(self) -> bool:
        """Tell whether every row can be entered."""
        return bool(self.entries) and not self.faults


def same_head(text: str) -> str:
    """Return a head without what people write differently: "E-mail *" is "e mail"."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def guess_columns(heads: Sequence[str], wanted: Sequence[Wanted]) -> dict[str, int]:
    """Return for each known column where the sheet has it; the first of equal heads counts."""
    places: dict[str, int] = {}
    for place, head in enumerate(heads):
        places.setdefault(same_head(head), place)
    found = {}
    for column in wanted:
        for name in (column.title, column.key, *column.others):
            if same_head(name) in places:
                found[column.key] = places[same_head(name)]
                break
    return found


def preview(
    sheet: Sheet,
    wanted: Sequence[Wanted],
    columns: Mapping[str, int],
    make: Callable[[Mapping[str, object]], T],
) -> Preview[T]:
    """Read every row below the heads and gather every fault at once.

    Args:
        sheet: the first row holds the heads.
        wanted: the columns the import understands.
        columns: key → place, guessed or chosen by the person.
        make: builds the room's own row from the values; CellFault for what only a whole row shows.
    """
    faults = [
        Fault(sheet.name, sheet[0].number, column.title, _("This column is missing. Choose it."))
        for column in wanted
        if column.is_required and column.key not in columns
    ]
    entries: list[Entry[T]] = []
    for row in sheet[1:] if not faults else ():
        values, wrong = _values(row, wanted, columns)
        faults += wrong
        if wrong:
            continue
        try:
            entries.append(Entry(row, make(values)))
        except CellFault as error:
            faults.append(Fault(row.sheet, row.number, "", str(error)))
    return Preview(tuple(entries), tuple(faults))


def _values(
    row: SheetRow, wanted: Sequence[Wanted], columns: Mapping[str, int]
) -> tuple[dict[str, object], list[Fault]]:
    values: dict[str, object] = {}
    faults = []
    for column in wanted:
        text = row[columns[column.key]] if column.key in columns else ""
        try:
            if not text and column.is_required:
                raise CellFault(_("This cell is empty. Fill it or leave the whole row out."))
            values[column.key] = column.read(text) if text else None
        except CellFault as error:
            faults.append(Fault(row.sheet, row.number, column.title, str(error)))
    return values, faults


def doubled(entries: Sequence[Entry[T]], key: Callable[[T], str], title: str) -> list[Fault]:
    """Return a fault for each row that says the same as an earlier one."""
    first: dict[str, int] = {}
    faults = []
    for entry in entries:
        said = key(entry.value)
        if said in first:
            text = _("'{value}' stands in row {row} already. Keep one of them.").format(
                value=said, row=first[said]
            )
            faults.append(Fault(entry.row.sheet, entry.row.number, title, text))
        first.setdefault(said, entry.row.number)
    return faults
