"""Several plain sheets as one XLSX workbook; the same sheets give the same bytes."""

from collections.abc import Iterable, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from serai.base.tables.cells import Plain
from serai.base.tables.xlsx_file import EPOCH, packed, sheet_name, text_cell

WIDEST = 60


def book_file(title: str, sheets: Iterable[tuple[str, Sequence[Sequence[Plain]]]]) -> bytes:
    """Write each sheet's rows as they are, the first as its head; texts stay texts."""
    book = Workbook(write_only=True)
    book.properties.creator = "Serai"
    book.properties.title = title
    book.properties.created = book.properties.modified = EPOCH
    for name, rows in sheets:
        sheet = book.create_sheet(sheet_name(name))
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(rows), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        for number, row in enumerate(rows):
            cells = [text_cell(sheet, value, "text") for value in row]
            for cell in cells if number == 0 else ():
                cell.font = Font(bold=True)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
            sheet.append(cells)
    return packed(book)


def _widths(rows: Sequence[Sequence[Plain]]) -> list[int]:
    """Return for each column what its longest text asks, within reason."""
    widths: list[int] = []
    for row in rows:
        widths.extend([8] * (len(row) - len(widths)))
        for place, value in enumerate(row):
            widths[place] = max(widths[place], min(len(str(value or "")) + 2, WIDEST))
    return widths
