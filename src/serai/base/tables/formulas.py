"""Find formulas whose value was never written down: readers take their cells for empty ones."""

import io
import posixpath
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from serai.base.files.archives import pieces

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_Opens = Callable[[str, dict[str, str]], None]


def unfilled_formulas(content: bytes) -> list[tuple[str, str]]:
    """Return sheet and address of each formula of a checked XLSX that holds no value.

    Programs that make workbooks often write formulas alone and leave the sums to Excel.
    """
    file = io.BytesIO(content)
    with zipfile.ZipFile(file) as archive:
        parts = {part.filename: part for part in archive.infolist()}
        found: list[tuple[str, str]] = []
        for sheet, name in _sheets(file, parts):
            if name in parts:
                reader = _Formulas()
                _read(file, parts[name], reader.opens, reader.closes, reader.says)
                found.extend((sheet, address) for address in reader.unfilled)
    return found


def _sheets(file: io.BytesIO, parts: dict[str, zipfile.ZipInfo]) -> Iterator[tuple[str, str]]:
    """Yield each sheet's name and part."""
    targets: dict[str, str] = {}
    names: list[tuple[str, str]] = []

    def relation(name: str, marks: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            targets[marks.get("Id", "")] = posixpath.join("/xl", marks.get("Target", ""))

    def sheet(name: str, marks: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            link = next((mark for key, mark in marks.items() if key.endswith(":id")), "")
            names.append((marks.get("name", ""), link))

    for part, opens in ((RELATIONS, relation), (WORKBOOK, sheet)):
        if part in parts:
            _read(file, parts[part], opens)
    for name, link in names:
        yield name, posixpath.normpath(targets.get(link, "")).lstrip("/")


class _Formulas:
    def __init__(self) -> None:
        self.unfilled: list[str] = []
        self.address = self.inside = ""
        self.has_formula = self.has_value = False

    def opens(self, name: str, marks: dict[str, str]) -> None:
        self.inside = name.rpartition(":")[2]
        if self.inside == "c":
            self.address = marks.get("r", "")
            self.has_formula = self.has_value = False
        elif self.inside == "f":
            self.has_formula = True

    def says(self, text: str) -> None:
        self.has_value = self.has_value or (self.inside in {"v", "t"} and bool(text.strip()))

    def closes(self, name: str) -> None:
        self.inside = ""
        if name.rpartition(":")[2] == "c" and self.has_formula and not self.has_value:
            self.unfilled.append(self.address)


def _read(
    file: io.BytesIO,
    part: zipfile.ZipInfo,
    opens: _Opens,
    closes: Callable[[str], None] | None = None,
    says: Callable[[str], None] | None = None,
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = opens
    parser.EndElementHandler = closes
    parser.CharacterDataHandler = says
    for piece in pieces(file, part):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
