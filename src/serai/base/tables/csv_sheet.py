"""CSV as ministries' programmes write it: several encodings, several separators."""

import codecs
import csv
import io
import re

from django.utils.translation import gettext as _

from serai.base.characters import harmless
from serai.base.tables.csv_file import FORMULA_SIGNS
from serai.base.tables.sheets import Sheet, SheetFault, sheet_of

SEPARATORS = (",", ";", "\t")
LINES_TO_JUDGE = 20
LONGEST_FIELD = 100_000
_NAMED_SEPARATOR = re.compile(r"sep=(.)\r?\n")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(content: bytes) -> str:
    """Return the text: UTF-16 by its mark, UTF-8, else Windows Cyrillic.

    Raises:
        SheetFault: where no encoding fits.
    """
    for encoding in _likely_encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetFault(_("The letters cannot be read. Save the file with the encoding UTF-8."))


def _likely_encodings(content: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return [encoding]
    return ["utf-8", "cp1251"]


def read_csv(content: bytes, *, most_rows: int, most_columns: int) -> Sheet:
    """Read one CSV file.

    Raises:
        SheetFault: with the row, where quotes do not close or limits are passed.
    """
    text = decode(content)
    named = _NAMED_SEPARATOR.match(text)
    first = 1
    if named:
        text, first = text[named.end() :], 2
    separator = named[1] if named else _separator(text)
    rows: list[tuple[int, list[str]]] = []
    number = first
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            rows.append((number, [_as_typed(cell) for cell in cells]))
            number = first + reader.line_num
            if len(rows) > most_rows:
                raise SheetFault(too_many_rows(most_rows))
            if len(cells) > most_columns:
                raise SheetFault(too_many_columns(most_columns))
    except csv.Error as error:
        raise SheetFault(
            _("Row {row}: a quotation mark does not close, or a cell is too long. "
              "Mend this row and upload the file again.").format(row=number)
        ) from error  # fmt: skip
    return sheet_of("", rows)


def too_many_rows(most: int) -> str:
    """Return the sentence for a sheet that is too long."""
    return _("The sheet has more than {most} rows. Split it into several files.").format(most=most)


def too_many_columns(most: int) -> str:
    """Return the sentence for a sheet that is too wide."""
    return _("The sheet has more than {most} columns. Leave out those not needed.").format(
        most=most
    )


def _as_typed(cell: str) -> str:
    """Undo what our own export put before a formula's sign."""
    cell = harmless(cell).strip()
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_SIGNS) else cell


def _separator(text: str) -> str:
    """Return the separator that parts the first lines into the most, and equally many, cells."""

    def likeness(separator: str) -> tuple[int, int]:
        lines = io.StringIO(text[:LONGEST_FIELD], newline="")
        reader = csv.reader(lines, delimiter=separator, strict=True)
        widths = []
        try:
            for cells in reader:
                if cells:
                    widths.append(len(cells))
                if len(widths) == LINES_TO_JUDGE:
                    break
        except csv.Error:
            pass  # a wrong separator may break quotes; what came before is enough to judge
        if not widths or widths[0] == 1:
            return (0, 0)
        return (widths.count(widths[0]) * 100 // len(widths), widths[0])

    return max(SEPARATORS, key=likeness)
