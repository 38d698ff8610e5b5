"""Sheets as Markdown tables: read and written without losing a sign."""

from hypothesis import given
from hypothesis import strategies as st
from tests.factories.xlsforms import YES_NO, form

from serai.base.characters import harmless
from serai.base.xlsform import FormRow, FormSheet, FormSheets, read_xlsform, to_markdown
from serai.base.xlsform.reading import form_sheets
from serai.base.xlsform.sheets import RawSheet, lines, markdown_sheets

CELLS = st.text(
    st.characters(max_codepoint=0x451, exclude_categories=("Cc",), include_characters="\n"),
    max_size=12,
).map(lambda text: harmless(text).strip())


def test_tables_begin_with_their_sheets_name_and_rows_count_like_a_spreadsheets():
    text = """
    # A heading and words between tables are passed over.

    | survey |
    |--------|
    |        | type | name |
    |        | text | a    |

    | choices | list_name | name |
    |         | x         | y    |
    """

    assert markdown_sheets(text) == [
        RawSheet("survey", ((1, ("type", "name")), (2, ("text", "a")))),
        RawSheet("choices", ((1, ("list_name", "name")), (2, ("x", "y")))),
    ]


def test_bars_and_line_breaks_stand_in_cells():
    sheets = markdown_sheets(
        "| survey |\n| | constraint | label |\n| | regex(., 'a\\|b') | one&#10;two |"
    )

    assert sheets[0].rows[1] == (2, ("regex(., 'a|b')", "one\ntwo"))


@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_what_is_written_is_read_back(cells):
    rows = tuple(
        FormRow(number, {key: text for key, text in (("label", one), ("hint", two)) if text})
        for number, (one, two) in enumerate(cells, 2)
        if one or two
    )
    survey = FormSheet("survey", ("type", "label", "hint"), rows)

    written = to_markdown(FormSheets(survey))

    read, _problems = form_sheets(markdown_sheets(written))
    assert [row.cells for row in read.survey.rows] == [row.cells for row in rows]


def test_a_form_written_as_markdown_makes_the_same_xform():
    read = read_xlsform(form("| select_one yes_no | q | Really, or \\| not? |", choices=YES_NO))

    again = read_xlsform(to_markdown(read.sheets))

    assert again == read
    assert "Really, or | not?" in again.xform


def test_lines_keep_the_numbers_of_rows():
    sheet = FormSheet("survey", ("type",), (FormRow(2, {"type": "a"}), FormRow(4, {"type": "b"})))

    assert list(lines(sheet)) == [("type",), ("a",), (), ("b",)]
