"""Versions in order, their languages in percent, and the next version's name."""

import pytest
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.surveys import queries
from serai.surveys.queries.versions import LanguageRow, checked_version, next_version
from serai.surveys.states import VersionState

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "following"),
    [("7", "8"), ("099", "100"), ("2021063001", "2021063002"), ("2021a", "2021a-2"),
     ("2021a-2", "2021a-3"), ("a-b", "a-b-2"), ("-3", "-3-2"), ("٣", "٣-2")],
)  # fmt: skip
def test_the_next_version_has_a_name_of_its_own(written, following):
    assert next_version(written) == following


def test_the_latest_version_comes_first():
    survey = make.survey()
    make.version(survey, state=VersionState.SUPERSEDED.value)
    make.version(survey)

    rows = queries.versions(form.officer(), survey)

    assert [(one.number, one.state) for one in rows] == [(2, "published"), (1, "superseded")]


def test_the_version_in_use_is_the_one_published_last():
    survey = make.survey()
    first = make.version(survey, state=VersionState.SUPERSEDED.value)
    second = make.version(survey)
    third = make.version(survey, state=VersionState.CHECKED.value, published_at=None)

    assert queries.version_in_use(survey) == second
    assert queries.version_in_use(survey, before=third) == second
    assert queries.version_in_use(survey, before=second) == first
    assert queries.version_in_use(survey, before=first) is None
    assert checked_version(survey) == third


def test_a_checked_version_older_than_the_one_in_use_no_longer_waits():
    survey = make.survey()
    make.version(survey, state=VersionState.CHECKED.value, published_at=None)
    make.version(survey)

    assert checked_version(survey) is None


def test_languages_are_counted_text_by_text():
    survey = make.survey(code="offices", languages=["en", "ru", "ky"])
    rows = (form.row("text", "a", "A", ru="А"), form.row("text", "b", "B", ru=""),
            form.row("text", "c", "C", ru="В"))  # fmt: skip
    version = form.handed_in(survey, form.markdown(*rows, choices=""))

    found = queries.language_rows(version, queries.compiled(version))

    assert found == [
        LanguageRow("en", "English (en)", True, True, 3, 3),
        LanguageRow("ru", "Русский (ru)", True, False, 3, 2),
        LanguageRow("ky", "", True, False, 3, 0),
    ]
    assert [one.percent for one in found] == [100, 66, 0]


def test_a_form_kept_as_xform_alone_is_counted_by_its_own_texts():
    version = make.version(make.survey(languages=["en", "ru"]))

    found = queries.language_rows(version, queries.compiled(version))

    assert [(one.code, one.total, one.done) for one in found] == [("en", 9, 9), ("ru", 9, 9)]


def test_a_form_of_one_language_speaks_the_surveys_first():
    survey = make.survey(code="offices", languages=["ru", "en"])
    text = (
        "| survey |\n| | type | name | label |\n| | text | a | Имя |\n"
        "| settings |\n| | form_id | form_title | version |\n| | offices | О | 1 |\n"
    )
    version = form.handed_in(survey, text)

    found = queries.language_rows(version, queries.compiled(version))

    assert [(one.code, one.is_default, one.percent) for one in found] == [
        ("ru", True, 100), ("en", False, 0),
    ]  # fmt: skip
    assert [one.name for one in queries.findings(version, queries.compiled(version))] == [
        "language"
    ]


def test_what_is_not_there_is_not_found():
    for ask in (
        queries.survey_of_forms, queries.form_version, queries.sheeted_version,
        queries.read_version, queries.handed_form,
    ):  # fmt: skip
        with pytest.raises(NotFound):
            ask(form.officer(), "nothing")
    with pytest.raises(NotFound):
        queries.survey_by_pk(0)


def test_the_same_compiled_form_serves_a_published_version_each_time():
    version = make.version()

    assert queries.compiled(version) is queries.compiled(version)
