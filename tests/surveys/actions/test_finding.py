"""What is found of surveys, by whom, and what is found no more."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import programme as plan
from tests.factories import surveys as make
from tests.surveys.queries.test_figures import frozen

from serai.base import search
from serai.base.access import ANONYMOUS, Viewer
from serai.base.text import TranslatedText
from serai.members.queries import release_proposal, releases_to_answer, viewer_of
from serai.members.states import Audience
from serai.surveys import actions
from serai.surveys.actions.finding import (
    findable,
    forget_form,
    index_figure,
    index_form,
    index_response,
    index_survey,
    index_wave,
)
from serai.surveys.models import Release
from serai.surveys.queries.figures import thing_of
from serai.surveys.queries.released import basis_of, seal_of

pytestmark = pytest.mark.django_db
NAME, LINE = "/data/office/name", {"/data/link/has": "no"}


def things(viewer: Viewer, word: str, language: str = "en") -> list[str]:
    """Return the kinds of what somebody finds by a word."""
    return sorted(hit.thing.partition(":")[0] for hit in search.search(viewer, word, language))


@pytest.fixture
def home():
    return plan.initiative("roads")


@pytest.fixture
def staff(home):
    return people.viewer_with("coordinator", "roads")


@pytest.fixture
def wave(home):
    survey = make.survey(initiative=home, title=TranslatedText.of("Zephyr"))
    return make.wave(make.version(survey), title=TranslatedText.of("Quokka"))


@pytest.fixture
def everybody(staff):
    return {
        "visitor": ANONYMOUS,
        "Georgia": people.viewer_with("focal_point", "GEO"),
        "Uzbekistan": people.viewer_with("focal_point", "UZB"),
        "committee": people.viewer_with("committee", "GEO"),
        "expert": people.viewer_with("expert", "roads:GEO"),
        "officer elsewhere": people.viewer_with("officer", "other"),
        "officer": people.viewer_with("officer", "roads"),
        "programme": people.viewer_with("officer"),
    }


def finders(everybody, word: str, kind: str) -> set[str]:
    return {who for who, viewer in everybody.items() if kind in things(viewer, word)}


def test_a_survey_and_its_waves_are_found_by_its_officers_and_translators(wave, everybody, staff):
    translator = people.person()
    index_survey(wave.survey, make.NOON)
    index_wave(wave, make.NOON)

    before = things(viewer_of(translator, make.NOON), "zephyr")
    row = actions.add_translator(
        survey=wave.survey, person_id=translator.pk, language="ru", by=staff, now=make.NOON
    )
    during = things(viewer_of(translator, make.NOON), "zephyr")
    actions.remove_translator(translator=row, by=staff, now=make.NOON)

    assert finders(everybody, "zephyr", "surveys.survey") == {"officer", "programme"}
    assert finders(everybody, "quokka", "surveys.wave") == {"officer", "programme"}
    assert before == []
    assert during == [*["surveys.section"] * 3, "surveys.survey", "surveys.wave"]
    assert things(viewer_of(translator, make.NOON), "zephyr") == []


def test_a_new_title_is_found_and_the_old_one_is_not(wave, staff):
    asked = make.invitation(wave)
    lead = viewer_of(asked.lead, make.NOON)
    actions.start_response(invitation=asked, by=lead, now=make.NOON)
    facts = actions.SurveyFacts(
        title=TranslatedText.of("Sirocco"), languages=["en"], reasons=[], has_signature=True,
        has_clearance=True, is_anonymous=False,
    )  # fmt: skip

    actions.edit_survey(survey=wave.survey, facts=facts, by=staff, now=make.NOON)

    assert things(staff, "zephyr") == things(lead, "zephyr") == []
    assert things(staff, "sirocco") == [
        *["surveys.section"] * 3, "surveys.survey", "surveys.wave",
    ]  # fmt: skip
    assert things(lead, "sirocco") == ["surveys.response"]


def test_questions_are_found_in_the_form_of_today_in_each_of_its_languages(home, staff):
    former = make.version(make.survey(initiative=home))
    index_form(former, make.NOON)
    (hit,) = search.search(staff, "leased", "en")
    (russian,) = search.search(staff, "выделенная", "ru")

    forget_form(former)

    page = f"/surveys/forms/{former.public_id}/preview/?in="
    assert (hit.title, hit.address) == ("The line (Offices)", f"/en{page}en#link")
    assert (russian.title, russian.address) == ("Линия (Offices)", f"/ru{page}ru#link")
    assert things(staff, "leased") == []


def test_a_narrow_question_is_found_by_those_who_keep_the_form_alone(home, staff):
    response, lead = offices.begun(offices.published(initiative=home))
    index_form(response.version, make.NOON)

    assert things(lead, "speed") == ["surveys.response"]
    assert things(lead, "direct") == []
    assert things(staff, "direct") == ["surveys.section"]


def test_a_response_is_found_by_its_own_then_its_country_then_the_secretariat(wave, everybody):
    response = make.cleared(wave, {NAME: "Xanadu", **LINE})
    lead = viewer_of(response.invitation.lead, make.NOON)

    steps = []
    for signed, cleared, state in (
        (0, 0, "filling"), (1, 0, "signed"), (1, 1, "cleared"), (1, 1, "withdrawn"),
    ):  # fmt: skip
        response.signed_through, response.cleared_through = signed, cleared
        response.state = state
        index_response(response, make.NOON)
        steps.append(finders(everybody, "quokka", "surveys.response"))
        assert things(lead, "quokka") == things(lead, "seats") == ["surveys.response"]
        assert things(lead, "xanadu") == []

    assert steps == [
        set(), {"Georgia"}, {"Georgia", "expert", "officer", "programme"}, set(),
    ]  # fmt: skip


def test_another_lead_finds_it_and_the_former_does_not(wave, staff):
    asked = make.invitation(wave)
    lead, other = viewer_of(asked.lead, make.NOON), people.person_with("lead", asked.organisation)
    actions.start_response(invitation=asked, by=lead, now=make.NOON)

    actions.change_invitation(
        invitation=asked, named=actions.People(other, None, "en"), by=staff, now=make.NOON
    )

    assert things(lead, "zephyr") == []
    assert things(viewer_of(other, make.NOON), "zephyr") == ["surveys.response"]


def let_out(response, staff, everybody) -> Release:
    asked = actions.ask_answers(
        wave=response.wave, paths=[NAME], countries=[response.invitation.country_id],
        to=Audience.MEMBERS, reason="They asked.", by=staff, now=make.NOON,
    )  # fmt: skip
    (release,) = asked.releases
    focal = everybody["Georgia"]
    (found,) = (one for one in releases_to_answer(focal) if one.thing == thing_of(release))
    assert finders(everybody, "xanadu", "surveys.release") == set()
    return actions.consent_to_release(
        proposal=release_proposal(focal, found.public_id), seen=seal_of(basis_of(release)),
        by=focal, now=make.NOON,
    )  # fmt: skip


def test_an_answer_is_found_from_the_consent_until_it_is_taken_back(wave, everybody, staff):
    release = let_out(make.cleared(wave, {NAME: "Xanadu", **LINE}), staff, everybody)
    given = finders(everybody, "xanadu", "surveys.release")

    actions.take_back_release(
        release=release, reason="Again ours.", by=everybody["Georgia"], now=make.NOON
    )

    assert given == {
        "Georgia", "Uzbekistan", "committee", "officer elsewhere", "officer", "programme",
    }  # fmt: skip
    assert finders(everybody, "xanadu", "surveys.release") == set()


@pytest.mark.parametrize("how", ["withdrawn", "erased"])
def test_a_released_answer_that_is_gone_is_not_found(wave, everybody, staff, how):
    response = make.cleared(wave, {NAME: "Xanadu", **LINE})
    let_out(response, staff, everybody)

    if how == "withdrawn":
        lead = viewer_of(response.invitation.lead, make.NOON)
        actions.withdraw(response=response, reason="Wrong.", by=lead, now=make.NOON)
    else:
        actions.erase_answer(number=response.answers.get(path=NAME).pk, now=make.NOON)

    assert finders(everybody, "xanadu", "surveys.release") == set()


def test_a_figure_is_found_by_its_audience_and_a_sample_by_no_visitor(wave, everybody):
    for audience, fields in (("public", {}), ("public", {"sample": True}), ("members", {})):
        index_figure(frozen(wave, audience, **fields), make.NOON)

    found = {who: search.search(viewer, "leased", "en") for who, viewer in everybody.items()}

    assert [hit.title for hit in found["visitor"]] == ["Is there a leased line? (Zephyr: Quokka)"]
    assert sorted(hit.is_sample for hit in found["Uzbekistan"]) == [False, False, True]


def test_of_answers_without_a_name_nothing_is_found(home):
    wave = make.wave(make.version(make.survey(initiative=home, has_signature=False,
                                              has_clearance=False, is_anonymous=True)))  # fmt: skip
    actions.begin_for_wave(wave=wave, person_id=None, now=make.NOON)

    assert [one.thing.partition(":")[0] for one in findable()] == [
        "surveys.survey", *["surveys.section"] * 3, "surveys.wave",
    ]  # fmt: skip


def test_the_index_made_anew_is_the_one_written_act_by_act(wave, everybody, staff):
    index_survey(wave.survey, make.NOON)
    index_wave(wave, make.NOON)
    index_form(wave.version, make.NOON)
    response = make.cleared(wave, {NAME: "Xanadu", **LINE})
    response.refresh_from_db()
    index_response(response, make.NOON)
    let_out(response, staff, everybody)
    index_figure(frozen(wave), make.NOON)

    def entries():
        return [
            (one.thing, one.language, one.title, one.tokens, one.address, one.key_tokens)
            for one in search.SearchEntry.objects.filter(thing__startswith="surveys.").order_by(
                "thing", "language"
            )
        ]

    before = entries()
    search.rebuild(now=make.NOON)

    assert entries() == before
    assert {one[0].partition(":")[0] for one in before} == {
        "surveys.survey", "surveys.wave", "surveys.section", "surveys.response",
        "surveys.release", "surveys.figure",
    }  # fmt: skip
