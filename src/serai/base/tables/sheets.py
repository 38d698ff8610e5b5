"""A sheet as it was read: rows of texts that know where they stood."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload


class SheetFault(ValueError):
    """A file that is not read as a sheet; `str()` is the sentence for its owner."""


def column_letters(number: int) -> str:
    """Return a column's letters: 0 is A, 26 is AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


@dataclass(frozen=True)
class SheetRow(Sequence[str]):
    """One row, a sequence of texts; numbers with a point, days as ISO 8601, empty = "".

    Attributes:
        sheet: the sheet's name; empty for CSV.
        number: as the spreadsheet counts, from 1.
    """

    sheet: str
    number: int
    cells: tuple[str, ...]

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        return self.cells[place]

    def __len__(self) -> int:
        return len(self.cells)

    def address(self, column: int) -> str:
        """Return a cell's address: C14."""
        return f"{column_letters(column)}{self.number}"


@dataclass(frozen=True)
class Sheet(Sequence[SheetRow]):
    """The rows of one sheet that are not empty, all equally wide."""

    name: str
    rows: tuple[SheetRow, ...]

    @overload
    def __getitem__(self, place: int) -> SheetRow: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[SheetRow]: ...
    def __getitem__(self, place: int | slice) -> SheetRow | Sequence[SheetRow]:
        return self.rows[place]

    def __len__(self) -> int:
        return len(self.rows)


def sheet_of(name: str, numbered: Sequence[tuple[int, Sequence[str]]]) -> Sheet:
    """Leave out empty rows, and columns empty in every row at the right end."""
    filled = [(number, cells) for number, cells in numbered if any(cells)]
    width = max((_width(cells) for _, cells in filled), default=0)
    return Sheet(
        name,
        tuple(
            SheetRow(name, number, (*cells[:width], *[""] * (width - len(cells))))
            for number, cells in filled
        ),
    )


def _width(cells: Sequence[str]) -> int:
    return max(place for place, cell in enumerate(cells, 1) if cell)
