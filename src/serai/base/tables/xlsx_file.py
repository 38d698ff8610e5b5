"""A table as an XLSX workbook; the same rows give the same bytes."""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.writer.excel import ExcelWriter

from serai.base.tables.cells import Column, Plain

EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  the first day a ZIP knows; it has no zone
NUMBER_FORMATS = {
    "whole": "#,##0", "decimal": "#,##0.00", "money": "#,##0.00", "percent": '0.##" %"',
    "day": "yyyy-mm-dd", "moment": "yyyy-mm-dd hh:mm",
}  # fmt: skip
WIDTHS = {"day": 12, "moment": 17, "whole": 10, "number": 12, "decimal": 12, "percent": 10}
TEXT_WIDTH = 28
LONGEST_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")


def sheet_name(title: str) -> str:
    """Return a title as Excel accepts it for a sheet."""
    return _NOT_IN_SHEET_NAMES.sub(" ", title).strip(" '")[:LONGEST_SHEET_NAME] or "1"


def xlsx_file(
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Plain]],
    *,
    note: str = "",
    right_to_left: bool = False,
) -> bytes:
    """Write one sheet: a frozen head, numbers as numbers, days as days, no formulas.

    `note` stands on a second sheet, so that the first stays a clean table.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "Serai"
    book.properties.title = title
    book.properties.created = book.properties.modified = EPOCH
    sheet = book.create_sheet(sheet_name(title))
    sheet.freeze_panes = "A2"
    sheet.sheet_view.rightToLeft = right_to_left
    for place, column in enumerate(columns, 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = WIDTHS.get(column.kind, TEXT_WIDTH)
    sheet.append([_head(sheet, column) for column in columns])
    for row in rows:
        sheet.append(
            [
                text_cell(sheet, value, column.kind)
                for column, value in zip(columns, row, strict=True)
            ]
        )
    if note:
        about = book.create_sheet("i")
        about.append([text_cell(about, note, "text")])
    return packed(book)


def _head(sheet: WriteOnlyWorksheet, column: Column) -> Cell:
    cell = text_cell(sheet, column.title, "text")
    cell.font = Font(bold=True)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def text_cell(sheet: WriteOnlyWorksheet, value: Plain, kind: str) -> Cell:
    """Return a cell as its kind is shown; text is never taken for a formula."""
    if isinstance(value, datetime):
        value = value.astimezone(UTC).replace(tzinfo=None)
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # "=1+1" stays the text that somebody typed
    elif isinstance(value, datetime):
        cell.number_format = NUMBER_FORMATS["moment"]
    elif isinstance(value, date):
        cell.number_format = NUMBER_FORMATS["day"]
    elif kind in NUMBER_FORMATS:
        cell.number_format = NUMBER_FORMATS[kind]
    return cell


def packed(book: Workbook) -> bytes:
    """Return a workbook's bytes without the hour of saving."""
    first = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(first, "w", zipfile.ZIP_STORED)).save()
    out = io.BytesIO()
    with zipfile.ZipFile(first) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            part.compress_type = zipfile.ZIP_DEFLATED
            part.external_attr = 0o600 << 16
            new.writestr(part, old.read(name))
    return out.getvalue()
