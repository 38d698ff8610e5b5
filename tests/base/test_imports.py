"""Sheets are mapped, previewed with every fault at once, and applied whole or not at all."""

from serai.base.imports import CellFault, Wanted, doubled, guess_columns, preview
from serai.base.tables import read_sheet


def whole(text: str) -> int:
    if not text.isdigit():
        raise CellFault(f"'{text}' is not a number. Leave it empty if it is missing.")
    return int(text)


WANTED = (
    Wanted("name", "Name", is_required=True),
    Wanted("email", "E-mail", others=("Mail", "Почта")),
    Wanted("count", "How many", read=whole),
)


def read(text: str):
    sheet = read_sheet(text.encode(), "a.csv")
    return preview(sheet, WANTED, guess_columns(sheet[0], WANTED), dict)


def test_columns_are_found_by_what_they_say():
    heads = ["№", "e-mail *", "NAME", "how_many", "Name"]

    assert guess_columns(heads, WANTED) == {"name": 2, "email": 1, "count": 3}
    assert guess_columns(["почта"], WANTED) == {"email": 0}


def test_good_rows_come_with_their_places():
    found = read("Name;E-mail;How many\nAnna;a@example.org;3\n\nBek;;\n")

    assert [(entry.row.number, entry.value) for entry in found.entries] == [
        (2, {"name": "Anna", "email": "a@example.org", "count": 3}),
        (4, {"name": "Bek", "email": None, "count": None}),
    ]
    assert found.may_be_applied


def test_every_fault_is_told_at_once():
    found = read("Name;How many\n;n/a\nAnna;x\nBek;2\n")

    assert [str(fault) for fault in found.faults] == [
        "Row 2, Name: This cell is empty. Fill it or leave the whole row out.",
        "Row 2, How many: 'n/a' is not a number. Leave it empty if it is missing.",
        "Row 3, How many: 'x' is not a number. Leave it empty if it is missing.",
    ]
    assert not found.may_be_applied


def test_a_missing_column_is_told_once():
    found = read("E-mail\na@example.org\nb@example.org\n")

    assert [str(fault) for fault in found.faults] == [
        "Row 1, Name: This column is missing. Choose it."
    ]
    assert found.entries == ()


def test_a_row_may_be_wrong_as_a_whole():
    def make(values):
        raise CellFault("The end is before the beginning. Exchange them.")

    sheet = read_sheet(b"Name\nAnna\n", "a.csv")
    found = preview(sheet, WANTED, {"name": 0}, make)

    assert [str(fault) for fault in found.faults] == [
        "Row 2: The end is before the beginning. Exchange them."
    ]


def test_doubled_rows_are_named():
    found = read("Name\nAnna\nBek\nAnna\n")

    assert [str(fault) for fault in doubled(found.entries, lambda row: row["name"], "Name")] == [
        "Row 4, Name: 'Anna' stands in row 2 already. Keep one of them."
    ]


def test_a_sheet_without_rows_cannot_be_applied():
    assert not read("Name\n").may_be_applied
