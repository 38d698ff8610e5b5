"""Measure a workbook before anything lays it out in memory.

Readers lay a sheet out from its first to its last filled cell. A file of one kilobyte may fill the
last of 17 thousand million cells, so the corners are found first, in a stream.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from xml.parsers import expat

from serai.base.files.archives import pieces

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,4})\$?(\d{1,10})")
FULL_MARKS = ("office:value-type", "table:formula", "calcext:value-type", "office:string-value")


class TooLarge(Exception):
    """A sheet's corners lie too far apart."""


@dataclass
class _Corners:
    most_rows: int
    most_columns: int
    most_cells: int
    row: int = 0
    column: int = 0
    last_row: int = 0
    last_column: int = 0

    def fill(self, row: int, column: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)
        if (
            self.last_row > self.most_rows
            or self.last_column > self.most_columns
            or self.last_row * self.last_column > self.most_cells
        ):
            raise TooLarge

    def start(self) -> None:
        self.row = self.column = self.last_row = self.last_column = 0


def measure(
    content: bytes, ending: str, *, most_rows: int, most_columns: int, most_cells: int
) -> None:
    """Go through a checked XLSX or ODS.

    Raises:
        TooLarge: more rows, columns or cells than may be laid out.
        expat.ExpatError: a part is no XML.
        zipfile.BadZipFile: no archive.
    """
    corners = _Corners(most_rows, most_columns, most_cells)
    file = io.BytesIO(content)
    with zipfile.ZipFile(file) as archive:
        for part in archive.infolist():
            if ending == "ods" and part.filename == "content.xml":
                _read(file, part, _OpenDocument(corners))
            elif ending == "xlsx" and part.filename.startswith("xl/") and _is_sheet(part.filename):
                corners.start()
                _read(file, part, _OfficeOpen(corners))


def _is_sheet(name: str) -> bool:
    """Tell whether a part may be a sheet: relations can give any name, so all but the known others."""
    others = ("styles.xml", "sharedStrings.xml", "theme", ".rels", ".vml", ".png", ".jpeg", ".bin")
    return not any(other in name for other in others)


class _OfficeOpen:
    def __init__(self, corners: _Corners) -> None:
        self.corners = corners

    def opens(self, name: str, marks: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        at = self.corners
        if name == "row":
            at.row = int(marks["r"]) if marks.get("r", "").isdigit() else at.row + 1
            at.column = 0
        elif name == "c":
            at.column += 1
            address = _ADDRESS.fullmatch(marks.get("r", ""))
            if address:
                at.column, at.row = _column_number(address[1]), int(address[2])
            at.fill(at.row, at.column)

    def closes(self, name: str) -> None:
        """Nothing waits for an end."""

    def says(self, text: str) -> None:
        """Nothing depends on text."""


class _OpenDocument:
    def __init__(self, corners: _Corners) -> None:
        self.corners = corners
        self.row_times = self.cell_times = 1
        self.is_full = self.row_is_full = False
        self.in_cell = False

    def opens(self, name: str, marks: dict[str, str]) -> None:
        at = self.corners
        if name == "table:table":
            at.start()
        elif name == "table:table-row":
            at.column, self.row_is_full = 0, False
            self.row_times = _times(marks.get("table:number-rows-repeated", "1"))
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.in_cell = True
            self.is_full = any(mark in marks for mark in FULL_MARKS)
            self.cell_times = _times(marks.get("table:number-columns-repeated", "1"))

    def says(self, text: str) -> None:
        self.is_full = self.is_full or (self.in_cell and bool(text.strip()))

    def closes(self, name: str) -> None:
        at = self.corners
        if name in {"table:table-cell", "table:covered-table-cell"}:
            at.column += self.cell_times
            self.in_cell = False
            if self.is_full:
                self.row_is_full = True
                at.fill(at.row + self.row_times, at.column)
        elif name == "table:table-row":
            at.row += self.row_times


def _times(text: str) -> int:
    return max(1, int(text)) if text.isdigit() and len(text) < 12 else 1


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _read(file: io.BytesIO, part: zipfile.ZipInfo, reader: "_OfficeOpen | _OpenDocument") -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.opens
    parser.EndElementHandler = reader.closes
    parser.CharacterDataHandler = reader.says
    for piece in pieces(file, part):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
