"""Readings as a table."""

from tests.factories import surveys as make

from serai.surveys.exports.readings import readings_table
from serai.surveys.queries.readings import ReadingRow
from serai.surveys.states import ReaderRole, ReadingWay


def test_a_row_says_who_in_which_role_when_and_how():
    rows = [
        ReadingRow("Ana", ReaderRole.OFFICER, ReadingWay.COPY, make.NOON, sample=False),
        ReadingRow("", ReaderRole.NAMED, ReadingWay.PAGE, make.NOON, sample=False),
    ]

    table = readings_table(rows, sample=False)

    assert [column.title for column in table.columns] == [
        "Who", "Role", "First on that day", "In which way",
    ]  # fmt: skip
    assert list(table.rows) == [
        ("Ana", "Secretariat officer", make.NOON, "as a copy to keep"),
        ("A closed account", "Reader by name", make.NOON, "on its pages"),
    ]
