"""A form kept as Markdown goes out as the workbook that people know."""

from tests.factories.xlsforms import YES_NO, form

from serai.base.tables import read_sheets
from serai.base.xlsform import read_xlsform, to_xlsx

TEXT = form("| select_one yes_no | q | =1+1 or \\| not? |", choices=YES_NO)


def test_a_workbook_says_the_same_form():
    read = read_xlsform(TEXT)

    again = read_xlsform(to_xlsx(read.sheets))

    assert again == read


def test_cells_stay_texts_and_the_same_sheets_give_the_same_bytes():
    sheets = read_xlsform(TEXT).sheets

    book = to_xlsx(sheets)

    assert book == to_xlsx(sheets)
    assert [sheet.name for sheet in read_sheets(book, "f.xlsx")] == [
        "survey",
        "choices",
        "settings",
    ]
    assert read_sheets(book, "f.xlsx")[0][1][2] == "=1+1 or | not?"
