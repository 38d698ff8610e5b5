"""Texts go out to a translator as a table, and come back into the sheets."""

import pytest
from tests.factories.xlsforms import YES_NO, form

from serai.base.tables import SheetFault, read_sheet
from serai.base.xlsform import (
    FormLanguage,
    Phrase,
    make_form,
    read_xlsform,
    translation_sheet,
    translation_table,
    translations_in,
    with_translations,
)

RUSSIAN = FormLanguage("Русский (ru)", "ru")
KAZAKH = FormLanguage("Қазақша (kk)", "kk")
TEXT = """
| survey |
| | type | name | label::English (en) | label::Русский (ru) | hint::English (en) |
| | begin_group | office | The office | Офис | |
| | select_one yes_no | open | Is it open? | | Today. |
| | end_group | | | | |
| choices |
| | list_name | name | label::English (en) | label::Русский (ru) |
| | yes_no | yes | Yes | Да |
| settings |
| | form_id | form_title | version |
| | f | A form | 1 |
"""


def test_every_text_is_listed_with_its_translation():
    sheets = read_xlsform(TEXT).sheets

    assert translation_sheet(sheets, RUSSIAN) == (
        Phrase("/data/office label", "The office", "Офис"),
        Phrase("/data/office/open label", "Is it open?", ""),
        Phrase("/data/office/open hint", "Today.", ""),
        Phrase("choices yes_no/yes label", "Yes", "Да"),
    )
    assert [one.text for one in translation_sheet(sheets, KAZAKH)] == ["", "", "", ""]


def test_a_text_that_the_default_language_lacks_is_nobodys_to_translate():
    text = TEXT.replace("| hint::English (en) |", "| hint::Русский (ru) |")

    phrases = translation_sheet(read_xlsform(text).sheets, RUSSIAN)

    assert [one.key for one in phrases if one.key.endswith("hint")] == []


def test_texts_come_back_as_xlsx_and_fill_the_gaps():
    sheets = read_xlsform(TEXT).sheets
    given = translations_in(read_sheet(translation_table(sheets, RUSSIAN).to_xlsx(), "ru.xlsx"))

    given |= {"/data/office/open label": "Открыт?", "/data/office/open hint": "Сегодня."}
    filled, unknown = with_translations(sheets, RUSSIAN, given)

    read = make_form(filled)
    assert given["/data/office label"] == "Офис"
    assert unknown == ()
    assert read.warnings == ()
    assert [one.text for one in translation_sheet(filled, RUSSIAN)] == [
        "Офис", "Открыт?", "Сегодня.", "Да",
    ]  # fmt: skip


def test_a_new_language_gets_columns_beside_the_others():
    sheets = read_xlsform(TEXT).sheets

    filled, unknown = with_translations(
        sheets, KAZAKH, {"/data/office label": "Кеңсе", "/data/gone label": "Жоқ"}
    )

    assert unknown == ("/data/gone label",)
    assert filled.survey.columns == (
        "type", "name", "label::English (en)", "label::Русский (ru)", "label::Қазақша (kk)",
        "hint::English (en)",
    )  # fmt: skip
    assert filled.choices.columns == sheets.choices.columns
    assert [one.code for one in make_form(filled).languages] == ["en", "ru", "kk"]


def test_a_form_of_one_language_gets_a_second():
    text = form("| select_one yes_no | q | Really? |", choices=YES_NO)
    named = text.replace("version |", "version | default_language |").replace(
        "| 1 |", "| 1 | English (en) |"
    )
    sheets = read_xlsform(named).sheets

    filled, _unknown = with_translations(sheets, RUSSIAN, {"/data/q label": "Правда?"})

    read = make_form(filled)
    assert [one.code for one in read.languages] == ["en", "ru"]
    assert [str(one) for one in read.warnings] == [
        f"choices, row {row}, label::Русский (ru): The text in Русский (ru) is missing. "
        "Write it, or translate it later."
        for row in (2, 3)
    ]


def test_a_reference_lost_in_translation_is_named_at_its_cell():
    text = TEXT.replace("Is it open?", "Is ${office} open?")
    filled, _unknown = with_translations(
        read_xlsform(text).sheets, RUSSIAN, {"/data/office/open label": "Открыт ли ${ofis}?"}
    )

    with pytest.raises(ValueError, match=r"survey, row 3, label::Русский \(ru\): \$\{ofis\}"):
        make_form(filled)


def test_another_table_is_refused():
    from serai.base.tables import Column, Table

    other = Table("Other", [Column("a", "a"), Column("b", "b")], [("1", "2")]).to_xlsx()

    with pytest.raises(SheetFault, match="This is no table of translations"):
        translations_in(read_sheet(other, "ru.xlsx"))
