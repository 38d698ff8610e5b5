"""Read people's spreadsheets: CSV, XLSX, ODS, never trusting their size."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from xml.parsers import expat

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from serai.base.characters import harmless
from serai.base.files import Refused, check_file
from serai.base.tables.cells import Plain
from serai.base.tables.csv_sheet import read_csv
from serai.base.tables.sheets import Sheet, SheetFault, sheet_of
from serai.base.tables.workbook_guard import TooLarge, measure

SHEET_KINDS = ("csv", "xlsx", "ods")
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 20_000, 500, 1_000_000


def read_sheets(content: bytes, name: str) -> tuple[Sheet, ...]:
    """Read every sheet that holds something.

    Raises:
        SheetFault: the file is unsafe, broken, too large or empty; the sentence says what to do.
    """
    try:
        checked = check_file(io.BytesIO(content), name, kinds=SHEET_KINDS)
    except Refused as refused:
        raise SheetFault(str(refused)) from refused
    ending = checked.name.rpartition(".")[2].lower()
    if ending == "csv":
        sheets = [read_csv(content, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)]
    else:
        sheets = _read_workbook(content, checked.name, ending)
    found = tuple(sheet for sheet in sheets if sheet.rows)
    if not found:
        raise SheetFault(
            _("{name}: the sheet is empty. Fill it and upload it again.").format(name=checked.name)
        )
    return found


def read_sheet(content: bytes, name: str, *, sheet: str = "") -> Sheet:
    """Read one sheet by its name, or the first that holds something.

    Raises:
        SheetFault: as `read_sheets`, or there is no such sheet.
    """
    sheets = read_sheets(content, name)
    for found in sheets:
        if not sheet or found.name == sheet:
            return found
    raise SheetFault(
        _("{name}: there is no sheet '{sheet}'. The file has: {sheets}.").format(
            name=name, sheet=sheet, sheets=", ".join(found.name for found in sheets)
        )
    )


def _read_workbook(content: bytes, name: str, ending: str) -> list[Sheet]:
    try:
        measure(
            content,
            ending,
            most_rows=MOST_ROWS,
            most_columns=MOST_COLUMNS,
            most_cells=MOST_CELLS,
        )
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return [_sheet(book, sheet_name) for sheet_name in book.sheet_names]
    except TooLarge as error:
        raise SheetFault(
            _(
                "{name}: a sheet reaches further than {rows} rows or {columns} columns. "
                "Delete the empty rows and columns at its end, or split it."
            ).format(name=name, rows=MOST_ROWS, columns=MOST_COLUMNS)
        ) from error
    except (CalamineError, expat.ExpatError, zipfile.BadZipFile, ValueError) as error:
        raise SheetFault(
            _("{name}: the file cannot be read. Open it, save it again and try once more.").format(
                name=name
            )
        ) from error


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return sheet_of(
        harmless(name),
        [(number, [as_text(cell) for cell in row]) for number, row in enumerate(rows, 1)],
    )


def as_text(cell: object) -> str:
    """Write a cell as a person would type it: 12, 0.25, 2021-06-30, 14:30."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        is_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if is_day else cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    return harmless(str(cell)).strip()


def read_as(value: Plain, text: str) -> Plain:
    """Return a value for a cell where it is read back as the text it stands for; else the text."""
    same = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
    return value if as_text(same) == text else text
