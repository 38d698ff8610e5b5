"""Write a workbook that is filled in and sent back: lists to choose from, hidden keys."""

from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from serai.base.tables.cells import Blank, BlankSheet, Plain
from serai.base.tables.xlsx_file import EPOCH, NUMBER_FORMATS, packed, sheet_name

LISTS = "Lists"
OPEN_FILL = PatternFill("solid", fgColor="FFF8E1")
NOTED_FILL = PatternFill("solid", fgColor="F8D7DA")


def filled_book(title: str, sheets: Sequence[BlankSheet], *, right_to_left: bool = False) -> bytes:
    """Write the sheets; the same sheets give the same bytes."""
    book = Workbook()
    book.properties.creator = "Serai"
    book.properties.title = title
    book.properties.created = book.properties.modified = EPOCH
    book.remove(book.worksheets[0])
    lists = _Lists()
    taken: set[str] = {LISTS.lower()}
    for one in sheets:
        sheet = book.create_sheet(_free_name(one.title, taken))
        sheet.sheet_view.rightToLeft = right_to_left
        _fill(sheet, one, lists)
    lists.write(book)
    return packed(book)


def _free_name(title: str, taken: set[str]) -> str:
    """Return a sheet's name that no other has."""
    name, number = sheet_name(title), 2
    while name.lower() in taken:
        tail = f" {number}"
        name, number = f"{sheet_name(title)[: 31 - len(tail)]}{tail}", number + 1
    taken.add(name.lower())
    return name


class _Lists:
    """What may be chosen, on a hidden sheet: each list once."""

    def __init__(self) -> None:
        self.columns: dict[tuple[str, ...], int] = {}

    def formula(self, choices: tuple[str, ...]) -> str:
        column = get_column_letter(self.columns.setdefault(choices, len(self.columns) + 1))
        return f"{quote_sheetname(LISTS)}!${column}$1:${column}${len(choices)}"

    def write(self, book: Workbook) -> None:
        if not self.columns:
            return
        sheet = book.create_sheet(LISTS)
        sheet.sheet_state = "hidden"
        for choices, column in self.columns.items():
            for row, text in enumerate(choices, 1):
                sheet.cell(row, column, text).data_type = "s"


def _fill(sheet: Worksheet, one: BlankSheet, lists: _Lists) -> None:
    head = 2 if one.marks else 1
    rows = [*([one.marks] if one.marks else []), one.head, *one.rows]
    rules: dict[tuple[str, ...], DataValidation] = {}
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            _cell(sheet, number, place, value)
            if number == head:
                sheet.cell(number, place).font = Font(bold=True)
            if isinstance(value, Blank) and value.choices:
                rule = rules.get(value.choices)
                if rule is None:
                    rule = rules[value.choices] = DataValidation(
                        type="list", formula1=lists.formula(value.choices), allow_blank=True,
                        errorStyle="warning", showErrorMessage=True,
                    )  # fmt: skip
                    sheet.add_data_validation(rule)
                rule.add(sheet.cell(number, place))
    for place in range(len(one.head)):
        column = sheet.column_dimensions[get_column_letter(place + 1)]
        column.width = one.widths.get(place, 9)
        column.hidden = place in one.hidden
    if one.marks:
        sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"A{head + 1}"


def _cell(sheet: Worksheet, number: int, place: int, value: Plain | Blank) -> None:
    plain = value.value if isinstance(value, Blank) else value
    cell = sheet.cell(number, place)
    cell.value = plain
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if isinstance(plain, str):
        cell.data_type = "s"  # "=1+1" stays the text that somebody typed
    elif plain is not None and not isinstance(plain, int | float):
        cell.number_format = NUMBER_FORMATS["day"]
    if isinstance(value, Blank):
        cell.fill = NOTED_FILL if value.is_noted else OPEN_FILL
