"""Versions side by side, and moves that an officer confirms."""

import pytest
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import surveys as make

from serai.members.queries import viewer_of

pytestmark = pytest.mark.django_db
QUERIES = 10
A = form.row("text", "a", "Name", ru="Имя")


@pytest.fixture
def by(people):
    return viewer_of(people["officer"], make.NOON)


@pytest.fixture
def officer(people, signed_in):
    return signed_in(people["officer"])


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices", languages=["en", "ru"])


def second(survey, by, *rows: str):
    return form.handed_in(survey, form.markdown(*rows, version="2"), by)


def shown(client, version, **query) -> str:
    answer = client.get(reverse("surveys:compare_version", args=[version.public_id]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_old_and_new_stand_beside_each_other_with_what_it_means(officer, survey, by):
    rows = (A, form.row("integer", "n", "Staff", ru="Люди", constraint=". < 100"))
    form.published(survey, form.markdown(*rows), by)
    changed = form.row("integer", "n", "Your staff", ru="Люди", constraint=". < 50")

    said = shown(officer, second(survey, by, A, changed))

    assert "<code>/data/n</code>" in said
    assert ("Staff</div>" in said, "Your staff</div>" in said) == (True, True)
    assert 'Must hold: \n<bdi class="long">the answer is less than 100</bdi>' in said
    assert 'Must hold: \n<bdi class="long">the answer is less than 50</bdi>' in said
    assert "The answer stays and is checked again." in said
    assert "<code>/data/a</code>" not in said


def test_one_kind_of_change_may_be_looked_at_alone(officer, survey, by):
    form.published(survey, form.markdown(A, form.row("text", "b", "B", ru="Б")), by)
    version = second(survey, by, A, form.row("text", "c", "C", ru="В"))

    assert "<code>/data/c</code>" in shown(officer, version, only="added")
    assert "<code>/data/b</code>" not in shown(officer, version, only="added")
    assert "<code>/data/b</code>" in shown(officer, version, only="removed")


def test_what_shows_no_difference_waits_under_a_tab_of_its_own(officer, survey, by):
    rows = (A, form.row("text", "b", "B", ru="Б"))
    form.published(survey, form.markdown(*rows), by)
    version = second(
        survey,
        by,
        form.row("text", "a", "Name", ru="Название"),
        form.row("text", "b", "BB", ru="Б"),
    )

    first, elsewhere = shown(officer, version), shown(officer, version, only="elsewhere")

    assert ("/data/a<" in first, "/data/b<" in first) == (False, True)
    assert ("/data/a<" in elsewhere, "/data/b<" in elsewhere) == (True, False)
    assert "Only order, look or other languages&nbsp;" in first
    assert ("What differs" in first, "All changes" in first) == (True, False)


def test_where_nothing_shows_a_difference_the_page_says_so(officer, survey, by):
    form.published(survey, form.markdown(A), by)
    version = second(survey, by, form.row("text", "a", "Name", ru="Название"))

    said = shown(officer, version)

    assert "No question differs in this language." in said
    assert "<code>/data/a</code>" not in said


def test_the_same_form_says_that_nothing_changed(officer, survey, by):
    form.published(survey, form.markdown(A), by)

    assert "Nothing that people answer has changed." in shown(officer, second(survey, by, A))


def test_a_first_version_has_nothing_to_compare_with(officer, survey, by):
    version = form.handed_in(survey, form.markdown(A), by)

    answer = officer.get(reverse("surveys:compare_version", args=[version.public_id]))

    assert answer["Location"] == reverse("surveys:version", args=[version.public_id])


def test_a_published_version_is_compared_with_the_one_before_it(officer, survey, by):
    first = form.published(survey, form.markdown(A), by)
    other = form.published(
        survey, form.markdown(A, form.row("text", "b", "B", ru="Б"), version="2"), by
    )

    assert "<code>/data/b</code>" in shown(officer, other)
    answer = officer.get(reverse("surveys:compare_version", args=[first.public_id]))
    assert answer.status_code == 303


def test_moves_are_confirmed_by_hand(officer, survey, by):
    form.published(survey, form.markdown(A), by)
    version = second(survey, by, form.row("text", "b", "Name of the office", ru="Б"))
    address = reverse("surveys:confirm_moves", args=[version.public_id])
    assert address in shown(officer, version)
    asked = officer.get(address).content.decode()
    assert ("Name of the office (/data/b)" in asked, "Name (/data/a)" in asked) == (True, True)

    answer = officer.post(address, {"move_0": "/data/a"})

    assert answer["Location"] == reverse("surveys:compare_version", args=[version.public_id])
    version.refresh_from_db()
    assert version.moves == {"/data/b": "/data/a"}
    assert "was <code>/data/a</code>" in " ".join(shown(officer, version).split())
    again = officer.get(address).content.decode()
    assert '<option value="/data/a" selected>' in again


def test_one_question_cannot_become_two(officer, survey, by):
    form.published(survey, form.markdown(A), by)
    rows = (form.row("text", "b", "B", ru="Б"), form.row("text", "c", "C", ru="В"))
    version = second(survey, by, *rows)

    answer = officer.post(
        reverse("surveys:confirm_moves", args=[version.public_id]),
        {"move_0": "/data/a", "move_1": "/data/a"},
    )

    assert answer.status_code == 422
    assert "One question cannot become two." in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_comparing_costs_the_same_for_one_change_and_three(
    officer, survey, by, count, django_assert_num_queries
):
    form.published(survey, form.markdown(A), by)
    rows = [form.row("text", f"q{n}", "Q", ru="В") for n in range(count)]
    version = second(survey, by, A, *rows)
    shown(officer, version)

    with django_assert_num_queries(QUERIES):
        said = shown(officer, version)

    assert said.count("Empty at first.") == count
