"""Files as people send them: workbooks, Markdown, and what only calls itself so."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from tests.factories.files import archive
from tests.factories.xlsforms import YES_NO, form

from serai.base.xlsform import NotAnXlsForm, read_xlsform, to_xlsx
from serai.base.xlsform.reading import MOST_BYTES, MOST_ROWS

HEAD = ("type", "name", "label")
SETTINGS = [("form_id", "form_title", "version"), ("f", "A form", 1)]


def book(**sheets: list) -> bytes:
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def wrong(content: bytes | str, name: str = "form.xlsx") -> list[str]:
    with pytest.raises(NotAnXlsForm) as refused:
        read_xlsform(content, name)
    return [str(one) for one in refused.value.problems]


def test_a_workbook_is_read_with_its_numbers_as_texts():
    survey = [HEAD, ("range", "q", "From 1 to 5?")]

    read = read_xlsform(book(survey=survey, settings=SETTINGS))

    assert read.settings.version == "1"
    assert '<range ref="/data/q"' in read.xform


def test_sheets_may_be_named_in_capitals_and_columns_by_older_names():
    survey = [("Type", "NAME", "Caption", "Relevance"), ("Select one from yes_no", "q", "Q", None)]
    choices = [("list name", "Value", "Label"), ("yes_no", "yes", "Yes")]

    read = read_xlsform(book(Survey=survey, Choices=choices, Settings=SETTINGS))

    assert read.sheets.survey.columns == ("type", "name", "label", "relevant")
    assert '<select1 ref="/data/q"' in read.xform


def test_rows_keep_their_numbers_over_empty_ones_and_notes():
    survey = [(*HEAD, "_note"), (), ("text", "a", "A"), ("", "", "", "later"), ("txt", "b", "B")]

    assert wrong(book(survey=survey, settings=SETTINGS)) == [
        "survey, row 5, type: There is no type “txt”; did you mean text?"
    ]


def test_a_column_without_heading_is_named_once():
    survey = [HEAD, ("text", "a", "A", "x"), ("text", "b", "B", "y")]

    assert wrong(book(survey=survey, settings=SETTINGS)) == [
        "survey, row 1: Row 2 holds “x” under no heading. "
        "Name the column, or put a name with _ above it to keep it as a note."
    ]


def test_a_formula_counts_by_its_value_and_is_named_without_one():
    survey = [HEAD, ("text", "a", '="A"&"B"')]

    assert wrong(book(survey=survey, settings=SETTINGS)) == [
        "survey, C2: This cell holds a formula without a value. Write the value itself."
    ]


@pytest.mark.parametrize(
    ("sheets", "sentences"),
    [
        ({"surevy": [HEAD]}, ["There is no sheet “survey”; did you mean surevy?", "There is no sheet “settings”. Add it."]),
        ({"survey": [HEAD], "settings": SETTINGS}, ["survey: The sheet holds no rows. Write the questions into it, one a row."]),
        ({"survey": [("type", "label"), ("text", "A")], "settings": SETTINGS}, ["survey, row 1: The column “name” is missing. Add it."]),
        ({"survey": [("type", "name"), ("text", "a")], "settings": SETTINGS}, ["survey, row 1: The column “label” is missing. Add it."]),
        (
            {"survey": [HEAD, ("text", "a", "A")], "choices": [("name",), ("x",)], "settings": SETTINGS},
            ["choices, row 1: The column “list_name” is missing. Add it.", "choices, row 1: The column “label” is missing. Add it."],
        ),
        (
            {"survey": [HEAD, ("text", "a", "A")], "settings": SETTINGS, "entities": [("list_name",), ("x",)]},
            ["entities: This sheet is for a feature that is not supported here. Delete the sheet."],
        ),
        (
            {"survey": [HEAD, ("text", "a", "A")], "settings": SETTINGS[:1]},
            ["settings: The settings hold no values. Write form_id, form_title and version into the row below the head."],
        ),
    ],
)  # fmt: skip
def test_missing_sheets_and_columns_are_said_once(sheets, sentences):
    assert wrong(book(**sheets)) == sentences


def test_a_sheet_that_stands_twice_and_a_slip_in_a_choices_heading_are_named():
    text = form("| select_one yes_no | q | Q |", choices=YES_NO)
    slip = text.replace(
        "| list_name | name | label |", "| list_name | name | label | no_infomation |"
    )

    assert wrong(text + "| survey |\n| | type |\n| | text |\n") == [
        "survey: The sheet “survey” stands here twice. Put both into one."
    ]
    assert wrong(slip) == [
        "choices, row 1, no_infomation: There is no such column; did you mean no_information?"
    ]


def test_a_sheet_without_a_row_is_empty():
    assert wrong("| survey |\n| settings |\n| | form_id |\n| | f |\n") == [
        "survey: The sheet holds no rows. Write the questions into it, one a row."
    ]


def test_too_many_rows_are_refused_before_anything_is_read_into_them():
    survey = [HEAD, *[("note", f"n{number}", "N") for number in range(MOST_ROWS + 1)]]

    assert wrong(book(survey=survey, settings=SETTINGS)) == [
        "survey: The sheet has more than 5000 rows. "
        "Leave out what is not needed, or make two questionnaires."
    ]


def test_too_many_cells_are_refused():
    row = "| | note | n | N |" + " x |" * 200

    assert wrong("| survey |\n" + "\n".join([row] * 1000)) == [
        "The sheets hold more than 200000 cells. "
        "Leave out what is not needed, or make two questionnaires."
    ]


def test_a_bomb_ends_at_the_guard():
    good = to_xlsx(read_xlsform(form("| text | q | Q |")).sheets)
    far = b'<row r="1"><c r="A1" t="inlineStr"><is><t>type</t></is></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = (
                    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    b"<sheetData>" + far + b"</sheetData></worksheet>"
                )
            new.writestr(name, part)

    (said,) = wrong(out.getvalue())

    assert said.startswith("form.xlsx: a sheet reaches further than 20000 rows or 500 columns.")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF-1.7", "form.xlsx", "form.xlsx: the content is not what the name says. Open it in the programme that made it and save it again as XLSX."),
        (b"PK\x03\x04 no archive", "form.xlsx", "form.xlsx: the file cannot be read. Open it, save it again and try once more."),
        (b"x", "form.xlsm", "form.xlsm: this kind of file is not accepted here. Save it as XLSX."),
        (b"x", "form.ods", "form.ods: this kind of file is not accepted here. Save it as XLSX."),
        (b"", "form.xlsx", "form.xlsx: the file is empty. Choose the file again."),
        (b" " * (MOST_BYTES + 1), "form.xlsx", "form.xlsx: the file is larger than 5 MB. Make it smaller or split it."),
        (b"\xff\xfe\x00", "form.md", "This text holds no tables of a questionnaire. Begin each table with the name of its sheet, as in “| survey |”."),
        (b"Just words.", "form.md", "This text holds no tables of a questionnaire. Begin each table with the name of its sheet, as in “| survey |”."),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_a_remedy(content, name, sentence):
    assert wrong(content, name) == [sentence]


def test_macros_are_refused():
    good = to_xlsx(read_xlsform(form("| text | q | Q |")).sheets)
    with zipfile.ZipFile(io.BytesIO(good)) as old:
        parts = {name: old.read(name) for name in old.namelist()}

    (said,) = wrong(archive({**parts, "xl/vbaProject.bin": b"macro"}))

    assert said == "form.xlsx: the file holds macros. Save it without macros, as XLSX."


def test_markdown_bytes_are_read_by_their_name():
    text = form("| select_one yes_no | q | Да? |", choices=YES_NO)

    read = read_xlsform(b"\xef\xbb\xbf" + text.encode(), "form.md")

    assert "Да?" in read.xform
