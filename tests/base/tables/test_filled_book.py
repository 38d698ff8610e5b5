"""A workbook to be filled in: hidden keys, lists, texts that stay texts, the same bytes."""

import io
from datetime import date, datetime

from openpyxl import load_workbook

from serai.base.tables import Blank, BlankSheet
from serai.base.tables.filled_book import filled_book

SHEETS = [
    BlankSheet(
        "The line: one/two", ["No.", "Answer", ""],
        [[1, Blank("=1+1", ("Yes", "No")), "k1"], [2, Blank(None, ("Yes", "No")), "k2"],
         [3, Blank(date(2021, 3, 1), is_noted=True), "k3"]],
        marks=["", "answer", "key"], hidden=frozenset({2}), widths={1: 40},
    ),
    BlankSheet("The line: one/two", ["Other"], [["x"]]),
]  # fmt: skip


def test_it_says_what_to_fill_and_hides_what_machines_read():
    book = load_workbook(io.BytesIO(filled_book("Offices", SHEETS)))

    sheet = book["The line  one two"]
    assert book.sheetnames == ["The line  one two", "The line  one two 2", "Lists"]
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [
        ["", "answer", "key"], ["No.", "Answer", ""], [1, "=1+1", "k1"], [2, "", "k2"],
        [3, datetime(2021, 3, 1), "k3"],  # noqa: DTZ001  a spreadsheet knows no zone
    ]  # fmt: skip
    assert (sheet["B3"].data_type, sheet["B5"].is_date) == ("s", True)
    assert (sheet.row_dimensions[1].hidden, sheet.column_dimensions["C"].hidden) == (True, True)
    rule = sheet.data_validations.dataValidation[0]
    assert (str(rule.sqref), rule.formula1, rule.errorStyle) == (
        "B3 B4", "'Lists'!$A$1:$A$2", "warning",
    )  # fmt: skip
    assert [cell.value for cell in book["Lists"]["A"]] == ["Yes", "No"]
    assert book["Lists"].sheet_state == "hidden"
    assert sheet.freeze_panes == "A3"


def test_the_same_sheets_give_the_same_bytes():
    assert filled_book("Offices", SHEETS) == filled_book("Offices", SHEETS)
