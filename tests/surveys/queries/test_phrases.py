"""Texts of the form at work with what is remembered of them, in the form's order."""

import pytest
from tests.factories import forms as form
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.members.queries import viewer_of
from serai.surveys import queries
from serai.surveys.models import Translator
from serai.surveys.queries.phrases import LanguageOf, quotes, texts_to_put

pytestmark = pytest.mark.django_db
A = form.row("text", "a", "Name", ru="Имя")
B = form.row("text", "b", "City", ru="")


@pytest.fixture
def by():
    return form.officer()


@pytest.fixture
def survey(by):
    survey = make.survey(state="draft", code="offices", languages=["en", "ru", "ky"])
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    return survey


def test_texts_stand_in_the_forms_order_with_state_and_writer(survey, by):
    someone = people.person(full_name="Aida Bekova")
    survey.phrases.filter(source="City", language="ru").update(
        text="Город", state="checked", changed_by=someone
    )

    found = queries.phrases(by, LanguageOf(survey, "ru"))

    assert [(one.source, one.text, one.state, one.is_in_form) for one in found] == [
        ("Name", "Имя", "draft", True), ("City", "Город", "checked", False),
    ]  # fmt: skip
    assert found[1].changed_by == "Aida Bekova"
    assert [one.source for one in queries.phrases(by, LanguageOf(survey, "ru"), state="draft")] == [
        "Name"
    ]


def test_progress_counts_each_state_and_what_waits(survey, by):
    survey.phrases.filter(source="City", language="ru").update(text="Город", state="checked")

    found = {one.language: one for one in queries.progress(by, survey)}

    assert dict(found["ru"].counts) == {"missing": 0, "memory": 0, "draft": 1, "checked": 1}
    assert (found["ru"].percent, found["ru"].waiting) == (100, 1)
    assert (found["ky"].done, found["ky"].total, found["ky"].waiting) == (0, 2, 0)


def test_progress_names_what_is_missing_and_where_it_stands(survey, by):
    found = {one.language: one for one in queries.progress(by, survey)}

    assert [(one.key, one.source) for one in found["ru"].missing] == [("/data/b label", "City")]
    assert [one.source for one in found["ky"].missing] == ["Name", "City"]


def test_a_translator_sees_only_their_languages(survey):
    someone = people.person()
    Translator.objects.create(survey=survey, person=someone, language="ky")

    found = queries.progress(viewer_of(someone, make.NOON), survey)

    assert [one.language for one in found] == ["ky"]


def test_texts_that_a_form_no_longer_has_are_not_counted(survey, by):
    form.handed_in(survey, form.markdown(A, version="2", choices=""), by)

    assert [one.total for one in queries.progress(by, survey)] == [1, 1]


def test_what_is_to_be_put_is_named_by_its_place(survey):
    survey.phrases.filter(source="City", language="ru").update(text="Город", state="draft")
    version = queries.form_at_work(survey)

    found = {language.code: given for language, given in texts_to_put(version)}

    assert found == {"ru": {"/data/b label": "Город"}}
    assert queries.waiting_count(version) == 1


def test_keys_of_the_table_mean_texts(survey):
    assert queries.sources_by_key(LanguageOf(survey, "ru")) == {
        "/data/a label": "Name", "/data/b label": "City",
    }  # fmt: skip


def test_without_a_form_there_is_nothing(by):
    survey = make.survey(code="none")
    of = LanguageOf(survey, "ru")

    assert queries.form_at_work(survey) is None
    assert queries.phrases(by, of) == []
    assert queries.progress(by, survey) == []
    assert queries.phrases_table(of) is None
    assert queries.sources_by_key(of) == {}
    assert queries.source_language(survey) == "en"


def test_only_languages_on_offer_are_pages(survey, by):
    assert queries.language_of(by, survey.public_id, "ky").name == "Kyrgyz"
    for public_id, language in ((survey.public_id, "fr"), ("nothing", "ru")):
        with pytest.raises(NotFound):
            queries.language_of(by, public_id, language)


@pytest.mark.parametrize(
    ("text", "names"),
    [("", []), ("Where is ${a}?", ["a"]), ("${b}, ${ a }", ["a", "b"]), ("${}", [""])],
)
def test_quotes_are_found_by_name(text, names):
    assert quotes(text) == names
