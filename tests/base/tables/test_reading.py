"""Spreadsheets read back: encodings, separators, places, and files that lie."""

import io
from datetime import date, datetime

import pytest
from openpyxl import Workbook
from tests.factories.files import archive

from serai.base.tables import Column, SheetFault, Table, column_letters, read_sheet, read_sheets


def book(*rows: tuple, **sheets: list) -> bytes:
    made = Workbook()
    for row in rows:
        made.active.append(row)
    for name, more in sheets.items():
        page = made.create_sheet(name)
        for row in more:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sheet_xml(cells: str) -> bytes:
    """An XLSX with one sheet of hand-written XML."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book(("a",)))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"<sheetData>{cells}</sheetData></worksheet>"
                ).encode()
            new.writestr(name, part)
    return out.getvalue()


def ods(rows: str) -> bytes:
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    content = (
        f'<office:document-content xmlns:office="{space}office:1.0" xmlns:table="{space}table:1.0"'
        f' xmlns:text="{space}text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="One">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return archive(
        {"mimetype": kind, "content.xml": content.encode(), "META-INF/manifest.xml": manifest},
        stored=True,
    )


def cells_of(content: bytes, name: str) -> list[tuple[str, ...]]:
    return [row.cells for row in read_sheet(content, name)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_every_encoding_and_separator(encoding, separator):
    text = "Название|Срок\r\nАгентство|30 июня\r\n".replace("|", separator)

    assert cells_of(text.encode(encoding), "a.csv") == [
        ("Название", "Срок"),
        ("Агентство", "30 июня"),
    ]


def test_csv_in_utf_16_with_the_high_byte_first():
    content = b"\xfe\xff" + "ж;2\r\n".encode("utf-16-be")

    assert cells_of(content, "a.csv") == [("ж", "2")]


def test_csv_with_quotes_commas_and_lines_inside():
    content = b'Name;Note\n"A; B";"two, three\nlines"\n\nC;d\n'

    rows = read_sheet(content, "a.csv")

    assert [(row.number, row.cells) for row in rows] == [
        (1, ("Name", "Note")),
        (2, ("A; B", "two, three\nlines")),
        (5, ("C", "d")),
    ]


def test_csv_that_names_its_separator():
    rows = read_sheet(b"sep=;\r\na;b\r\n1;2\r\n", "a.csv")

    assert [(row.number, row.cells) for row in rows] == [(2, ("a", "b")), (3, ("1", "2"))]


def test_what_we_write_comes_back():
    table = Table(
        "T", [Column("a", "A"), Column("b", "B")], [("=1+1", 2), ("-x", None), ("é", 0.5)]
    )
    wanted = [("A", "B"), ("=1+1", "2"), ("-x", ""), ("é", "0.5")]

    assert cells_of(table.to_csv(), "a.csv") == wanted
    assert cells_of(table.to_xlsx(), "a.xlsx") == wanted


def test_a_quote_that_does_not_close_is_named_by_its_row():
    with pytest.raises(SheetFault) as fault:
        read_sheet(b'a,b\n1,2\n"3,4\n', "a.csv")

    assert str(fault.value) == (
        "Row 3: a quotation mark does not close, or a cell is too long. "
        "Mend this row and upload the file again."
    )


def test_xlsx_gives_numbers_days_and_places():
    content = book(
        ("Name", "n", "on"),
        (),
        ("A", 2.5, date(2021, 6, 30)),
        (" B ", 7, datetime(2021, 6, 30, 14, 5)),  # noqa: DTZ001
    )

    rows = read_sheet(content, "plan.xlsx")

    assert [row.cells for row in rows] == [
        ("Name", "n", "on"),
        ("A", "2.5", "2021-06-30"),
        ("B", "7", "2021-06-30T14:05"),
    ]
    assert (rows[1].sheet, rows[1].number, rows[1].address(2)) == ("Sheet", 3, "C3")


def test_several_sheets():
    content = book(Data=[("x",)], More=[("y",)])

    assert [sheet.name for sheet in read_sheets(content, "a.xlsx")] == ["Data", "More"]
    assert read_sheet(content, "a.xlsx", sheet="More")[0].cells == ("y",)
    with pytest.raises(SheetFault) as fault:
        read_sheet(content, "a.xlsx", sheet="Plan")
    assert str(fault.value) == "a.xlsx: there is no sheet 'Plan'. The file has: Data, More."


def test_ods_with_repeated_empty_rows_at_its_end():
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    empty = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    rows = "".join(f"<table:table-row>{cell.format(word)}</table:table-row>" for word in "AB")

    assert cells_of(ods(rows + empty), "a.ods") == [("A",), ("B",)]


TOO_FAR = (
    "{}: a sheet reaches further than 20000 rows or 500 columns. "
    "Delete the empty rows and columns at its end, or split it."
)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r = '1048576'><c><v>1</v></c></row>",
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        '<row r="1"><c r="xfd&#49;"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>" * 20_001,
    ],
)
def test_a_sheet_with_its_corners_far_apart_is_refused(cells):
    with pytest.raises(SheetFault) as fault:
        read_sheet(sheet_xml(cells), "a.xlsx")

    assert str(fault.value) in {TOO_FAR.format("a.xlsx")}


def test_an_ods_that_repeats_a_full_row_is_refused():
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' office:value-type="string"><text:p>A</text:p></table:table-cell></table:table-row>'
    )

    with pytest.raises(SheetFault) as fault:
        read_sheet(ods(row), "a.ods")

    assert str(fault.value) == TOO_FAR.format("a.ods")


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.csv", "a.csv: the file is empty. Choose the file again."),
        (b"\r\n;;\r\n", "a.csv", "a.csv: the sheet is empty. Fill it and upload it again."),
        (b"\x98\xff", "a.csv", "The letters cannot be read. Save the file with the encoding UTF-8."),
        (b"a\n" * 20_001, "a.csv", "The sheet has more than 20000 rows. Split it into several files."),
        (b"a," * 500 + b"b", "a.csv", "The sheet has more than 500 columns. Leave out those not needed."),
        (b"%PDF-1.7", "a.pdf", "a.pdf: this kind of file is not accepted here. Save it as CSV, XLSX, ODS."),
        (archive({"xl/workbook.xml": b"<a/>"}), "a.xlsx", "a.xlsx: the file cannot be read. Open it, save it again and try once more."),
    ],
)  # fmt: skip
def test_files_that_are_no_sheets(content, name, sentence):
    with pytest.raises(SheetFault) as fault:
        read_sheet(content, name)

    assert str(fault.value) == sentence


def test_nul_and_hidden_directions_do_not_come_in():
    assert cells_of("a\u202eb,c\n".encode(), "a.csv") == [("ab", "c")]


def test_column_letters():
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "ZZ",
        "AAA",
    ]
