"""Columns are known by their hidden names, wherever they stand; keys by their check."""

import io

import pytest
from openpyxl import Workbook

from serai.base.tables import SheetFault
from serai.surveys.exports.returned import read_returned
from serai.surveys.exports.workbook import key_of
from serai.surveys.queries.returned import Given, Stray

ABOUT = [("Number", "abc", "response"), ("Version", "1", "version"), ("State", "9", "seen")]


def book(*sheets):
    made = Workbook()
    about = made.worksheets[0]
    for row in (("Serai",), *ABOUT):
        about.append(row)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def test_columns_may_be_moved():
    content = book(("S", [("serai:key", "serai:reason", "serai:answer"), ("", "Reason", "Answer"),
                          (key_of("abc", "/data/a", 4), None, "text")]))  # fmt: skip

    found = read_returned(content, "b.xlsx", "abc")

    assert found.given == (Given("S", "C3", "/data/a", "", 4, 9, "text"),)
    assert (found.response, found.version) == ("abc", "1")


def test_the_same_question_twice_and_a_changed_key_belong_nowhere():
    key = key_of("abc", "/data/a", 4)
    content = book(("S", [("serai:key", "serai:answer", "serai:reason"), ("", "Answer"), (key, "one"),
                          (key, "two"), (key + "0", "three"), (key_of("xyz", "/data/a", 4), "four")]))  # fmt: skip

    found = read_returned(content, "b.xlsx", "abc")

    why = "The hidden key of this row was changed, so it is not known what it answers."
    assert [one.text for one in found.given] == ["one"]
    assert found.strays == tuple(
        Stray("S", f"B{row}", text, why) for row, text in ((4, "two"), (5, "three"), (6, "four"))
    )


def test_a_workbook_of_another_response_is_refused():
    with pytest.raises(
        SheetFault, match=r"belongs to another questionnaire or organisation \(abc\)"
    ):
        read_returned(book(), "b.xlsx", "other")


@pytest.mark.parametrize("marks", [("serai:key", "serai:answer"), ("serai:key", "serai:reason")])
def test_a_sheet_without_its_hidden_names_is_not_read_as_empty(marks):
    content = book(("S", [marks, ("", ""), (key_of("abc", "/data/a", 4), "text")]))

    found = read_returned(content, "b.xlsx", "abc")

    why = "The hidden first row of this sheet was changed, so its answers cannot be read."
    assert (found.given, found.strays) == ((), (Stray("S", "A1", "", why),))
