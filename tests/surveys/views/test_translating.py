"""How far each language is, who translates, and texts that go into the form."""

import pytest
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import members as members_make
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.members.queries import viewer_of
from serai.surveys.models import Translator

pytestmark = pytest.mark.django_db
QUERIES = 12
A = form.row("text", "a", "Name", ru="Имя")
B = form.row("text", "b", "City", ru="")


@pytest.fixture
def by(people):
    return viewer_of(people["officer"], make.NOON)


@pytest.fixture
def officer(people, signed_in):
    return signed_in(people["officer"])


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices", languages=["en", "ru"])


def overview(client, survey) -> str:
    answer = client.get(reverse("surveys:translations", args=[survey.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_a_form_the_page_says_who_acts(officer, survey):
    said = overview(officer, survey)

    assert "There is no form to translate yet. An officer hands one in first." in said


def test_a_survey_of_one_language_has_nothing_to_translate(officer, by):
    survey = make.survey(state="draft", code="offices", languages=["en"])
    form.handed_in(survey, form.markdown(A, choices=""), by)

    said = overview(officer, survey)

    assert "This survey offers no other language than the one its form is written in." in said


def test_each_language_stands_with_picture_numbers_and_people(officer, survey, by):
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    row = Translator.objects.create(
        survey=survey, person=members_make.person(full_name="Aida Bekova"), language="ru"
    )

    said = overview(officer, survey)

    assert "(<bdi>1</bdi> of <bdi>2</bdi> texts)" in said
    assert "<bdi>50 %</bdi>" in said
    assert "<svg" in said
    assert "Aida Bekova" in said
    assert reverse("surveys:remove_translator", args=[row.pk]) in said


def test_what_is_missing_is_named_and_leads_to_its_box(officer, survey, by):
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    row = survey.phrases.get(source="City")

    said = overview(officer, survey)
    box = officer.get(reverse("surveys:translate", args=[survey.public_id, "ru"])).content.decode()

    address = reverse("surveys:translate", args=[survey.public_id, "ru"])
    assert f'<a href="{address}?state=missing#text-{row.source_hash}">' in said
    assert '<code class="muted">/data/b label</code>' in said
    assert f'id="text-{row.source_hash}"' in box


def test_the_page_of_a_language_leads_to_putting_its_texts_in(officer, survey, by):
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    address = reverse("surveys:translate", args=[survey.public_id, "ru"])
    before = officer.get(address).content.decode()
    survey.phrases.filter(source="City").update(text="Город", state="checked")

    after = officer.get(address).content.decode()

    put = f'action="{reverse("surveys:put_phrases", args=[survey.public_id])}"'
    assert (put in before, put in after) == (False, True)


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_language_and_three(
    officer, by, count, django_assert_num_queries
):
    codes = ["ru", "ky", "tg"][:count]
    survey = make.survey(state="draft", code="offices", languages=["en", *codes])
    form.handed_in(survey, form.markdown(A, choices=""), by)
    for code in codes:
        Translator.objects.create(survey=survey, person=members_make.person(), language=code)
    overview(officer, survey)

    with django_assert_num_queries(QUERIES):
        said = overview(officer, survey)

    assert said.count("Bring a table back") == count


def test_waiting_texts_are_put_into_the_form_in_the_background(officer, survey, by):
    form.handed_in(survey, form.markdown(A, B, choices=""), by)
    survey.phrases.filter(source="City").update(text="Город", state="checked")
    assert "<bdi>1</bdi> translated text is not in the form yet." in overview(officer, survey)

    asked = officer.post(reverse("surveys:put_phrases", args=[survey.public_id]))
    waiting = officer.get(asked["Location"]).content.decode()
    run_ready(now=make.NOON)
    done = officer.get(asked["Location"])

    assert "Waiting to begin" in waiting
    version = survey.versions.get()
    assert done["Location"] == reverse("surveys:version", args=[version.public_id])
    assert "not in the form yet" not in overview(officer, survey)


def test_where_nothing_waits_it_is_said(officer, survey, by):
    form.handed_in(survey, form.markdown(A, choices=""), by)

    answer = officer.post(reverse("surveys:put_phrases", args=[survey.public_id]), follow=True)

    assert "The form says all of these texts already." in answer.content.decode()


def test_a_translator_is_added_and_removed(officer, survey, by):
    form.handed_in(survey, form.markdown(A, choices=""), by)
    someone = members_make.person_with("lead", full_name="Aida Bekova")
    given = {"person": someone.public_id, "language": "ru"}
    address = reverse("surveys:add_translator", args=[survey.public_id])

    added = officer.post(address, given)
    twice = officer.post(address, given)

    assert (added.status_code, twice.status_code) == (303, 422)
    assert "This person translates it already." in twice.content.decode()
    row = Translator.objects.get()
    remove = reverse("surveys:remove_translator", args=[row.pk])
    assert "Aida Bekova" in officer.get(remove).content.decode()
    assert officer.post(remove, {}).status_code == 303
    assert Translator.objects.count() == 0


def test_a_translator_sees_only_their_languages_and_no_officers_buttons(survey, by, signed_in):
    survey.languages = ["en", "ru", "ky"]
    survey.save()
    form.handed_in(survey, form.markdown(A, choices=""), by)
    someone = members_make.person()
    row = Translator.objects.create(survey=survey, person=someone, language="ky")
    client = signed_in(someone)

    said = overview(client, survey)

    assert ("Kyrgyz" in said, "Russian" in said) == (True, False)
    assert "Add a translator" not in said
    for name, arguments in (
        ("add_translator", [survey.public_id]), ("putting_phrases", [survey.public_id]),
        ("remove_translator", [row.pk]),
    ):  # fmt: skip
        assert client.get(reverse(f"surveys:{name}", args=arguments)).status_code == 404
    assert client.post(reverse("surveys:put_phrases", args=[survey.public_id])).status_code == 404


@pytest.mark.parametrize("pk", ["0", "x", "99999999999"])
def test_a_right_that_is_not_there_is_not_found(officer, pk):
    assert officer.get(reverse("surveys:remove_translator", args=[pk])).status_code == 404
