"""What the converter writes is what the engine reads, own columns and missing texts included."""

from tests.factories.xlsforms import SETTINGS, YES_NO, form

from serai.base.xlsform import make_form, read_xlsform
from serai.base.xlsform.convert import to_xform, without_fillers
from serai.base.xlsform.reading import form_sheets
from serai.base.xlsform.sheets import markdown_sheets
from serai.calc.xforms import ENGLISH_NAMES, Env, Ref, compile_form, lint, open_form

OWN = """
| survey |
| | type | name | label | bind::serai:weight | bind::serai:was | bind::serai:audience | bind::serai:widget |
| | begin_group | test_1 | A test | | | | test |
| | decimal | down | Down | 3 | /data/speed | security | |
| | select_one known | q | Q | | | | |
| | end_group | | | | | | |
| choices |
| | list_name | name | label | no_information |
| | known | yes | Yes | |
| | known | unknown | Not known | yes |
| settings |
| | form_id | form_title | version | namespaces |
| | f | A form | 1 | serai="urn:serai:form:1" |
"""


def env() -> Env:
    from datetime import UTC, datetime
    from random import Random

    return Env(
        now=datetime(2026, 11, 27, tzinfo=UTC), zone=UTC, language="", random=Random(1).random,
        new_uuid=lambda: "u", user={}, names=ENGLISH_NAMES,
    )  # fmt: skip


def test_own_columns_reach_the_compiled_form():
    compiled = compile_form(read_xlsform(OWN).xform)

    down = compiled.spec("/data/test_1/down")

    assert (down.type, down.weight) == ("decimal", 3.0)
    assert down.binds["serai:was"] == "/data/speed"
    assert down.binds["serai:audience"] == "security"
    assert compiled.spec("/data/test_1").binds["serai:widget"] == "test"
    assert lint(compiled) == []


def test_a_choice_without_information_reaches_the_compiled_form():
    compiled = compile_form(read_xlsform(OWN).xform)

    state = open_form(compiled, {}, [], env(), first=True)

    choices = state.choices(Ref("/data/test_1/q", ""))
    assert [(one.value, one.label, one.is_no_information) for one in choices] == [
        ("yes", "Yes", False),
        ("unknown", "Not known", True),
    ]


def test_a_missing_translation_is_missing_and_not_a_dash():
    read = read_xlsform(
        """
        | survey |
        | | type | name | label::English (en) | label::Русский (ru) | hint::English (en) |
        | | text | a | A | | Say it. |
        | | note | b | - | - | |
        | settings |
        | | form_id | form_title | version |
        | | f | A form | 1 |
        """
    )

    compiled = compile_form(read.xform)

    assert sorted(compiled.texts["Русский (ru)"]) == ["/data/b:label"]
    assert [(one.path, one.name) for one in lint(compiled, ["Русский (ru)"])] == [
        ("/data/a", "language"),
        ("/data/a", "language"),
    ]


def test_a_dash_that_stands_beside_other_values_is_kept():
    itext = (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        '<itext><translation lang="en"><text id="a"><value>A</value></text></translation>'
        '<translation lang="ru"><text id="a"><value>-</value><value form="image">p.png</value>'
        "</text></translation></itext></h:html>"
    )

    assert without_fillers(itext) == itext


def test_rows_of_the_converters_sentences_are_the_sheets_own():
    text = f"""
| survey |
| | type | name | label | parameters | _note |
| | | | | | a note |
| | text | q | Q | | |
| | text | r | R | lines=2 | |
{SETTINGS}"""
    sheets, _problems = form_sheets(markdown_sheets(text))

    _xform, refused, _warnings = to_xform(sheets)

    assert list(map(str, refused)) == [
        "survey, row 4, parameters: The converter says: The accepted parameter keys for this "
        "question type are 'rows'. The following are invalid parameter key(s): 'lines'. "
        "Mend the row and try again."
    ]


def test_a_whole_form_of_many_rows_is_read_quickly():
    from time import process_time

    rows = "\n".join(
        f"| integer | q{number} | Question {number} of many? | ${{q{max(number - 1, 0)}}} > 1 |"
        for number in range(1, 601)
    )
    text = form(f"| integer | q0 | Q | |\n{rows}", head=" relevant |", choices=YES_NO)

    began = process_time()
    read = make_form(form_sheets(markdown_sheets(text))[0])
    took = process_time() - began

    assert len(read.rows_by_path) == 601
    assert took < 10


def test_a_sheet_that_breaks_the_converter_is_still_answered(monkeypatch):
    import pyxform.xls2xform

    def breaks(*_given, **_named):
        raise KeyError("child")

    monkeypatch.setattr(pyxform.xls2xform, "convert", breaks)
    sheets, _problems = form_sheets(markdown_sheets(form("| text | q | Q |")))

    xform, refused, _warnings = to_xform(sheets)

    assert xform == ""
    assert list(map(str, refused)) == [
        "The converter stopped without a reason (KeyError: 'child'). "
        "Send the file to whoever looks after this installation."
    ]


def test_what_the_converter_warns_of_is_said_once_and_at_its_row():
    read = read_xlsform(
        """
        | survey |
        | | type | name | label::English | hint::Russian |
        | | begin_group | page | Page | |
        | | begin_group | inner | | |
        | | image | p | P | H |
        | | text | P | P | |
        | | end_group | | | |
        | | end_group | | | |
        | settings |
        | | form_id | form_title | version |
        | | f | A form | 1 |
        """
    )

    assert [(one.code, one.row, one.column) for one in read.warnings] == [
        ("language_code", 1, "label::English"),
        ("language_code", 1, "label::Russian"),
        ("untranslated", 2, "label::Russian"),
        ("untranslated", 4, "label::Russian"),
        ("untranslated", 4, "hint::English"),
        ("converter", 4, ""),
        ("name_case", 5, "name"),
        ("untranslated", 5, "label::Russian"),
    ]
    assert str(read.warnings[5]) == (
        "survey, row 4: The converter says: Use the max-pixels parameter to speed up submission "
        "sending and save storage space. Mend the row and try again."
    )
