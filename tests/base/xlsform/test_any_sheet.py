"""Whatever stands in a sheet, the answer is a form or its problems, and a form compiles or says why."""

from hypothesis import given, settings
from hypothesis import strategies as st

from serai.base.xlsform import NotAnXlsForm, make_form
from serai.base.xlsform.sheets import FormRow, FormSheet, FormSheets
from serai.calc.xforms import CompiledForm, FormFaults, compile_form

TYPES = (
    "text", "integer", "select_one a", "select_multiple a", "rank a", "note", "calculate", "range",
    "begin_group", "end_group", "begin_repeat", "end_repeat", "image", "audit", "start", "hidden",
    "csv-external", "select_one_from_file a.csv", "geopoint", "acknowledge", "osm", "",
)  # fmt: skip
NAMES = ("a", "b", "c", "meta", "data", "é", "x.y", "")
EXPRESSIONS = (
    "${a}", "${b} > 1", "${a} = 'x'", "selected(${c}, 'x')", "sum(${a})", "position(..)", "not(",
    "../a", "true()", "yes", "<b>", "jr:choice-name(${a}, '${a}')", "${ a }", "${", "”", "",
)  # fmt: skip
COLUMNS = (
    "relevant", "constraint", "calculation", "required", "readonly", "default", "choice_filter",
    "repeat_count", "trigger", "parameters", "hint", "media::image", "label::Русский (ru)",
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(TYPES),
        "name": st.sampled_from(NAMES),
        "label": st.sampled_from(("L", "", "L ${a}", "<b>&", "-", "two\nlines")),
    },
    optional={column: st.sampled_from(EXPRESSIONS) for column in COLUMNS},
)
CHOICES = FormSheet(
    "choices",
    ("list_name", "name", "label"),
    (
        FormRow(2, {"list_name": "a", "name": "x", "label": "X"}),
        FormRow(3, {"list_name": "a", "name": "y", "label": "Y"}),
    ),
)
SETTINGS = FormSheet(
    "settings",
    ("form_id", "form_title", "version", "default_language"),
    (
        FormRow(
            2, {"form_id": "f", "form_title": "<F>", "version": "1", "default_language": "E (en)"}
        ),
    ),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=6))
def test_any_sheet_is_answered(rows):
    columns = tuple(dict.fromkeys(column for row in rows for column in row))
    survey = FormSheet(
        "survey",
        columns,
        tuple(
            FormRow(number, {column: cell for column, cell in row.items() if cell})
            for number, row in enumerate(rows, 2)
        ),
    )

    found = answer(FormSheets(survey, CHOICES, SETTINGS))

    assert isinstance(found, CompiledForm) or 0 < len(found) < 20_000


def answer(sheets: FormSheets) -> CompiledForm | str:
    try:
        return compile_form(make_form(sheets).xform)
    except (NotAnXlsForm, FormFaults) as refused:
        return str(refused)
