"""Plain sheets in one workbook."""

from serai.base.tables import read_sheets
from serai.base.tables.book_file import book_file


def test_sheets_hold_their_rows_as_texts_and_numbers():
    content = book_file(
        "Both", [("One", [("a", "b"), ("=1", 2), (), ("c", None)]), ("Two", [("x",)])]
    )

    one, two = read_sheets(content, "both.xlsx")

    assert (one.name, two.name) == ("One", "Two")
    assert [(row.number, row.cells) for row in one] == [
        (1, ("a", "b")), (2, ("=1", "2")), (4, ("c", "")),
    ]  # fmt: skip
    assert content == book_file(
        "Both", [("One", [("a", "b"), ("=1", 2), (), ("c", None)]), ("Two", [("x",)])]
    )
