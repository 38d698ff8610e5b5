"""A form as respondents read it, in each of its languages."""

import pytest
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.members.queries import viewer_of

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
