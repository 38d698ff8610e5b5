"""One table, three dresses."""

import io
from datetime import UTC, date, datetime

from openpyxl import load_workbook

from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText

COLUMNS = (
    Column("name", "Name"),
    Column("state", "State", "state"),
    Column("due_on", "Due", "day"),
    Column("count", "Answers", "whole"),
)
NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)


def plain_table(**changes: object) -> Table:
    rows = [
        (Linked("=1+1", "/en/a/"), Mark("done", "done"), date(2021, 6, 30), -4),
        {"name": TranslatedText.of("Tbilisi"), "state": "", "due_on": None, "count": None},
    ]
    return Table(**{"title": "Milestones", "columns": COLUMNS, "rows": rows, **changes})


def read(content: bytes) -> list[list[object]]:
    book = load_workbook(io.BytesIO(content))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def test_csv_has_its_mark_and_no_formula():
    assert plain_table().to_csv() == (
        "\ufeffName,State,Due,Answers\r\n'=1+1,done,2021-06-30,-4\r\nTbilisi,,,\r\n".encode()
    )


def test_csv_defuses_every_sign_that_starts_a_formula():
    rows = [("=a",), ("+a",), ("-a",), ("@a",), ("\ta",), (" =a",), ("a=",), ("<b>",)]

    lines = Table("T", [Column("a", "A")], rows).to_csv().decode("utf-8-sig").splitlines()

    assert lines == ["A", "'=a", "'+a", "'-a", "'@a", "'\ta", "' =a", "a=", "<b>"]


def test_csv_takes_out_nul_and_hidden_directions():
    content = Table("T", [Column("a", "A")], [("a\x00b\u202ec",)]).to_csv()

    assert content == "\ufeffA\r\nabc\r\n".encode()


def test_xlsx_keeps_numbers_days_and_text():
    assert read(plain_table().to_xlsx()) == [
        ["Name", "State", "Due", "Answers"],
        ["=1+1", "done", datetime(2021, 6, 30), -4],  # noqa: DTZ001
        ["Tbilisi", None, None, None],
    ]


def test_xlsx_holds_no_formula():
    book = load_workbook(io.BytesIO(plain_table().to_xlsx()))

    assert book.worksheets[0]["A2"].data_type == "s"


def test_moments_are_written_in_utc():
    table = Table("T", [Column("at", "At", "moment")], [(NOON,)])

    assert table.to_csv() == "\ufeffAt\r\n2021-06-30T12:00+00:00\r\n".encode()
    assert read(table.to_xlsx())[1] == [datetime(2021, 6, 30, 12)]  # noqa: DTZ001


def test_the_same_rows_give_the_same_bytes():
    assert plain_table().to_xlsx() == plain_table().to_xlsx()
    assert plain_table().to_csv() == plain_table().to_csv()


def test_a_sample_table_says_so_in_each_row_and_in_its_name():
    table = plain_table(sample=True)

    assert table.file_name("milestones", "csv") == "sample-milestones.csv"
    assert [row[-1] for row in read(table.to_xlsx())] == ["Sample", "sample", "sample"]


def test_one_sample_row_marks_the_file_and_itself_alone():
    rows = [(Linked("A", "/a/", is_sample=True),), (Linked("B", "/b/"),)]
    table = Table("T", [Column("name", "Name")], rows)

    assert table.file_name("people", "xlsx") == "sample-people.xlsx"
    assert table.to_csv().decode("utf-8-sig") == "Name,Sample\r\nA,sample\r\nB,\r\n"


def test_a_table_without_sample_has_its_plain_name():
    assert plain_table().file_name("milestones", "csv") == "milestones.csv"


def test_a_missing_number_is_empty_and_never_zero():
    table = Table("T", [Column("n", "N", "number")], [(None,), (float("nan"),), (0,)])

    assert table.to_csv() == '\ufeffN\r\n""\r\n""\r\n0\r\n'.encode()


def test_a_note_stands_on_a_sheet_of_its_own():
    book = load_workbook(io.BytesIO(plain_table(note="Known on 30 June 2021").to_xlsx()))

    assert [sheet.title for sheet in book] == ["Milestones", "i"]
    assert book["i"]["A1"].value == "Known on 30 June 2021"


def test_a_title_that_excel_refuses_is_made_a_sheet_name():
    book = load_workbook(io.BytesIO(plain_table(title="A/B: [2021]?" + "x" * 40).to_xlsx()))

    assert book.sheetnames == ["A B   2021  xxxxxxxxxxxxxxxxxxxx"[:31]]
