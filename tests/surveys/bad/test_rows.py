"""How many bad submissions are told, and that each is told once."""

from tests.surveys.bad import autosave, collect, pages, workbooks

TABLES = (collect.ROWS, autosave.ROWS, pages.ROWS, workbooks.ROWS)


def test_there_are_more_than_two_hundred():
    assert [len(table) for table in TABLES] == [166, 85, 59, 63]


def test_each_has_a_name_of_its_own():
    assert [len({row.name for row in table}) for table in TABLES] == [len(t) for t in TABLES]
