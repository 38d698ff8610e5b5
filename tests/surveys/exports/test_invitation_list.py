"""A list of whom to ask: every row read, every fault named at once."""

from datetime import date

import pytest
from tests.factories import members as people

from serai.base.imports import guess_columns
from serai.base.tables import read_sheet
from serai.surveys.exports.invitation_list import list_columns, list_table, read_list

pytestmark = pytest.mark.django_db
HEAD = "Country,Agency,Office,E-mail,Signer,Language,Until\n"


def read(rows, asked=()):
    sheet = read_sheet((HEAD + rows).encode(), "list.csv")
    columns = guess_columns(sheet[0], list_columns())
    return read_list(people.viewer_with("officer"), sheet, columns, asked)


@pytest.fixture(autouse=True)
def agencies():
    people.organisation("Agency of Roads")
    people.organisation("Agency of Rails", country="UZB")


def test_a_row_is_read_by_code_or_name():
    found = read(
        "GEO,agency of roads,Batumi,A@b.example,head@b.example,Русский,2021-04-09\n"
        "Uzbekistan,Agency of Rails,,,,,\n"
    )

    first, second = (entry.value for entry in found.entries)
    assert found.faults == ()
    assert (first.key, first.lead, first.signer, first.language, first.due_on) == (
        "Agency of Roads, Batumi", "a@b.example", "head@b.example", "ru", date(2021, 4, 9),
    )  # fmt: skip
    assert (second.key, second.lead, second.due_on) == ("Agency of Rails", "", None)
    assert [str(cell) for cell in list_table(found.entries).rows[1]] == [
        "3", "Agency of Rails", "the organisation's lead", "", "", "",
    ]  # fmt: skip


def test_every_fault_is_named_by_row_and_column():
    found = read(
        "XYZ,Agency of Roads,,,,,\n"
        "GEO,Agency of Rails,,,,,\n"
        "GEO,Agency of Roads,,no address,,,\n"
        "GEO,Agency of Roads,,,,Klingon,\n"
        "GEO,Agency of Roads,,,,,soon\n"
        "GEO,,,,,,\n",
    )

    assert [str(fault) for fault in found.faults] == [
        "Row 2: “XYZ” is no member. Write its code, such as GEO.",
        "Row 3: “Agency of Rails” is no organisation of GEO here. Enter it first, or correct it.",
        "Row 4, E-mail of who answers: “no address” is not an e-mail address. "
        "Write it as name@agency.example.",
        "Row 5, Language: “Klingon” is no language of this site. Write one of: "
        "en, ru, fa, xx, xx-rtl.",
        "Row 6, Due: “soon” is no day. Write it as 2027-06-30, or leave it empty.",
        "Row 7, Organisation: This cell is empty. Fill it or leave the whole row out.",
    ]


def test_who_is_asked_already_or_twice_is_a_fault():
    found = read(
        "GEO,Agency of Roads,,,,,\nUZB,Agency of Rails,,,,,\nUZB,Agency of Rails,,,,,\n",
        asked=["Agency of Roads"],
    )

    assert [str(fault) for fault in found.faults] == [
        "Row 2: Agency of Roads is asked already.",
        "Row 4: 'Agency of Rails' stands in row 3 already. Keep one of them.",
    ]


def test_a_list_without_the_needed_columns_is_refused():
    sheet = read_sheet(b"Name\nAgency of Roads\n", "list.csv")

    found = read_list(
        people.viewer_with("officer"), sheet, guess_columns(sheet[0], list_columns()), []
    )

    assert [fault.column for fault in found.faults] == ["Member", "Organisation"]
