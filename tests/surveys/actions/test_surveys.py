"""Surveys: made with the kind's defaults, changed while nothing is promised, opened, closed."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme

from serai.base.access import Denied
from serai.base.text import TranslatedText
from serai.surveys import actions
from serai.surveys.actions import Refused, SurveyFacts
from serai.surveys.models import Survey
from serai.surveys.states import SurveyState, WaveState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.fixture
def officer():
    programme()
    return people.viewer_with("officer")


def facts(**fields):
    defaults = {
        "title": TranslatedText.of("Readiness"), "languages": ["en", "ru"], "reasons": ["later"],
        "has_signature": True, "has_clearance": True, "is_anonymous": False,
    }  # fmt: skip
    return SurveyFacts(**(defaults | fields))


def refused(act, **given):
    with pytest.raises(Refused) as found:
        act(**given)
    return str(found.value), found.value.field


def make_one(by, **fields):
    given = {"code": "readiness", "kind": "questionnaire", "initiative": None, "facts": facts()}
    return actions.make_survey(**(given | fields), by=by, now=NOON)


def test_make_survey_keeps_what_is_said_as_a_draft(officer):
    survey = make_one(officer)

    survey.refresh_from_db()
    assert (survey.code, survey.kind, survey.state) == ("readiness", "questionnaire", "draft")
    assert (survey.languages, survey.reasons) == (["en", "ru"], ["later"])
    assert (survey.has_signature, survey.has_clearance) == (True, True)
    assert survey.made_by_id == officer.person_id


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"title": TranslatedText()}, "Write the title in at least one language.", "title_en"),
        ({"languages": []}, "Choose at least one language.", "languages"),
        (
            {"has_signature": False},
            "What a country clears is signed first. Choose the signature too.",
            "has_clearance",
        ),
        (
            {"is_anonymous": True},
            "Who signs is known by name: choose either the signature or no names.",
            "is_anonymous",
        ),
    ],
)
def test_make_survey_refuses_what_does_not_fit(officer, changed, sentence, field):
    said = refused(make_one, by=officer, facts=facts(**changed))

    assert said == (sentence, field)
    assert Survey.objects.count() == 0


def test_a_code_is_taken_once(officer):
    make_one(officer)

    said = refused(make_one, by=officer)

    assert said == ("“readiness” is taken. Choose another code.", "code")


def test_officers_of_an_initiative_make_its_surveys_alone():
    home = initiative("home")
    mine = people.viewer_with("officer", "home")

    made = make_one(mine, initiative=home)
    with pytest.raises(Denied):
        make_one(mine, code="whole")
    with pytest.raises(Denied):
        make_one(people.viewer_with("lead"), code="other", initiative=home)

    assert made.initiative == home


def test_edit_survey_keeps_what_letters_have_promised(officer):
    survey = make.survey()
    make.wave(make.version(survey))

    actions.edit_survey(
        survey=survey, facts=facts(title=TranslatedText.of("Readiness 2021")), by=officer, now=NOON
    )
    said = refused(
        actions.edit_survey, survey=survey, facts=facts(has_clearance=False), by=officer, now=NOON
    )

    survey.refresh_from_db()
    assert (str(survey.title), survey.reasons) == ("Readiness 2021", ["later"])
    assert said == (
        "Its letters already said who signs, clears and reads. Make a new survey.",
        "has_clearance",
    )


def test_before_any_letter_everything_may_change(officer):
    survey = make.survey()
    make.wave(make.version(survey), state=WaveState.PLANNED.value)

    actions.edit_survey(
        survey=survey, facts=facts(has_clearance=False, has_signature=False), by=officer, now=NOON
    )

    survey.refresh_from_db()
    assert (survey.has_signature, survey.has_clearance) == (False, False)


def test_move_survey_from_draft_to_archive(officer):
    survey = make.survey(state=SurveyState.DRAFT.value)

    formless = refused(actions.move_survey, survey=survey, state="open", by=officer, now=NOON)
    version = make.version(survey)
    states = []
    for state in ("open", "closed", "open", "closed", "archived"):
        actions.move_survey(survey=survey, state=state, by=officer, now=NOON)
        states.append(Survey.objects.get(pk=survey.pk).state)
    ended = refused(actions.move_survey, survey=survey, state="open", by=officer, now=NOON)

    assert formless == ("It has no form yet. Publish a version first.", "")
    assert states == ["open", "closed", "open", "closed", "archived"]
    assert ended == ("It is now “Archived”; “Open” cannot follow. Reload the page to see it.", "")
    assert version.survey_id == survey.pk


def test_a_survey_with_an_open_wave_stays_open(officer):
    survey = make.wave().survey

    said = refused(actions.move_survey, survey=survey, state="closed", by=officer, now=NOON)

    assert said == ("A wave is still open. Close it first.", "")
