"""A form as respondents read it, in each of its languages."""

import pytest
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.members.queries import viewer_of
from serai.surveys.models import Translator

pytestmark = pytest.mark.django_db
QUERIES = 9


@pytest.fixture
def version(people):
    by = viewer_of(people["officer"], make.NOON)
    survey = make.survey(state="draft", code="offices", languages=["en", "ru"])
    return form.handed_in(survey, form.markdown(), by)


@pytest.fixture
def officer(people, signed_in):
    return signed_in(people["officer"])


def shown(client, version, **query) -> str:
    answer = client.get(reverse("surveys:preview_version", args=[version.public_id]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_texts_choices_and_rules_stand_in_words(officer, version):
    said = shown(officer, version)

    assert "The office" in said
    assert "the answer is 0 or more and the answer is 500 or less" in said
    assert "From 0 to 500." in said
    assert "“Is there a leased line?” is “Yes”" in said
    assert "Filled in for each entry." in said


def test_another_language_is_marked_as_such(officer, version):
    said = shown(officer, version, **{"in": "ru"})

    assert '<h2 lang="ru" dir="ltr">Отдел</h2>' in said
    assert "<li>Да</li>" in said


def test_a_language_it_does_not_speak_shows_the_readers_own(officer, version):
    assert '<h2 lang="en" dir="ltr">The office</h2>' in shown(officer, version, **{"in": "xx"})


@pytest.mark.parametrize("count", [1, 3])
def test_the_preview_costs_the_same_for_one_question_and_three(
    officer, people, count, django_assert_num_queries
):
    by = viewer_of(people["officer"], make.NOON)
    survey = make.survey(state="draft", code="others")
    rows = [form.row("text", f"q{n}", f"Question {n}", ru="В") for n in range(count)]
    version = form.handed_in(survey, form.markdown(*rows, form_id="others"), by)
    shown(officer, version)

    with django_assert_num_queries(QUERIES):
        said = shown(officer, version)

    assert said.count("Question ") == count


def test_a_question_that_is_not_translated_stands_in_the_forms_own_words(officer, people):
    by = viewer_of(people["officer"], make.NOON)
    survey = make.survey(state="draft", code="others")
    rows = [
        form.row("text", "a", "Who runs it?", ru=""),
        form.row("text", "b", "Where?", ru="Где?"),
    ]
    version = form.handed_in(survey, form.markdown(*rows, form_id="others"), by)

    russian = shown(officer, version, **{"in": "ru"})
    english = shown(officer, version, **{"in": "en"})

    assert '<h3 dir="auto">Who runs it?</h3>' in russian
    assert '<h3 lang="ru" dir="ltr">Где?</h3>' in russian
    assert russian.count("not translated") == 1
    assert "not translated" not in english


@pytest.mark.parametrize(
    ("role", "code"), [("officer", True), ("translator", False)], ids=["author", "translator"]
)
def test_a_rule_without_plain_words_is_told_by_its_message_and_shown_to_its_author_alone(
    people, signed_in, role, code
):
    by = viewer_of(people["officer"], make.NOON)
    survey = make.survey(state="draft", code="others")
    written = "regex(., '^[0-9]{4}$')"
    rows = [
        form.row("text", "a", "Year", ru="Год", constraint=written, message="Four digits."),
        form.row("text", "b", "Postcode", ru="Индекс", constraint=written),
    ]
    version = form.handed_in(survey, form.markdown(*rows, form_id="others"), by)
    reader = people["officer" if code else "partner"]
    if not code:
        Translator.objects.create(survey=survey, person=reader, language="ru")

    said = shown(signed_in(reader), version)

    assert 'Must hold: <span lang="en" dir="auto">Four digits.</span>' in said
    assert "Must hold: a rule of the form, for which it has no words" in said
    assert said.count("<summary>The rule as it is written</summary>") == (2 if code else 0)
    assert ("regex(" in said) is code
