"""What rooms above offer: a job is chosen for an event of a survey, and hears of each response once."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, STAFF, give
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in

from serai.base import audit
from serai.base.jobs import Context, job, run_ready
from serai.base.models import AuditEntry, Job
from serai.base.text import TranslatedText
from serai.surveys import actions
from serai.surveys.actions import Refused, SurveyFacts
from serai.surveys.queries.plugs import PLUGS
from serai.surveys.states import SurveyEvent

pytestmark = pytest.mark.django_db
HEARD = "tests.heard_of_a_response"
FIELDS = ("on_signed", "on_cleared", "on_changed")


@job(HEARD)
def hear(context: Context, response: int) -> None:
    with context.commit():
        audit.record(by=None, verb="hear", thing=f"response:{response}", at=make.NOON)


@pytest.fixture
def heard(monkeypatch):
    """A job that a room offers; it leaves a line for each response it hears of."""
    monkeypatch.setitem(PLUGS.event_jobs, HEARD, "Note it in the score sheet")


@pytest.fixture
def officer(client):
    programme()
    person = people.person_with("officer")
    sign_in(client, person)
    return person


def edit_of(survey):
    return f"/en/surveys/{survey.public_id}/edit/"


def posted(**fields):
    return {
        "title_en": "Offices", "languages": ["en", "ru"], "has_signature": "on",
        "has_clearance": "on",
    } | fields  # fmt: skip


def test_where_no_room_offers_a_job_nothing_is_asked_and_what_stands_stays(client, officer):
    survey = make.survey(on_event={"signed": "gone.job"})

    page = client.get(edit_of(survey)).content.decode()
    saved = client.post(edit_of(survey), posted())

    survey.refresh_from_db()
    assert [name for name in FIELDS if f'name="{name}"' in page] == []
    assert (saved.status_code, survey.on_event) == (303, {"signed": "gone.job"})


def test_an_officer_chooses_what_runs_at_an_event(client, officer, heard):
    survey = make.survey()

    page = client.get(edit_of(survey)).content.decode()
    wrong = client.post(edit_of(survey), posted(on_signed="surveys.expire"))
    saved = client.post(edit_of(survey), posted(on_signed=HEARD))

    survey.refresh_from_db()
    assert [name for name in FIELDS if f'name="{name}"' in page] == list(FIELDS)
    assert page.count("Note it in the score sheet") == len(FIELDS)
    assert (wrong.status_code, saved.status_code) == (422, 303)
    assert survey.on_event == {"signed": HEARD}
    assert f'value="{HEARD}" selected' in client.get(edit_of(survey)).content.decode()


@pytest.mark.parametrize(
    ("changed", "job_name", "sentence"),
    [
        ({}, "surveys.expire", "This is not offered here any more. Choose another."),
        (
            {"is_anonymous": True, "has_signature": False, "has_clearance": False}, HEARD,
            "A job notes its hour: of answers without a name nothing is run.",
        ),
    ],
)  # fmt: skip
def test_what_is_not_offered_or_would_note_an_hour_is_refused(heard, changed, job_name, sentence):
    facts = {
        "title": TranslatedText.of("Offices"), "languages": ["en"], "reasons": [],
        "has_signature": True, "has_clearance": True, "is_anonymous": False,
    }  # fmt: skip

    with pytest.raises(Refused) as refused:
        actions.edit_survey(
            survey=make.survey(),
            facts=SurveyFacts(**(facts | changed), on_event={SurveyEvent.CLEARED: job_name}),
            by=people.viewer_with("officer"), now=make.NOON,
        )  # fmt: skip

    assert (str(refused.value), refused.value.field) == (sentence, "on_cleared")


def test_the_chosen_job_hears_of_each_signature_clearance_and_change_once(heard):
    version = offices.published(on_event=dict.fromkeys(SurveyEvent, HEARD))
    response, lead = offices.begun(version)
    begun = Job.objects.filter(name=HEARD).count()
    for ref, text in ((NAME, "Agency"), (STAFF, "2")):
        give(response, lead, ref, text)
    offices.signed(response, lead)
    focal = people.viewer_with("focal_point", "GEO")
    actions.clear(response=response, by=focal, now=make.NOON)

    events = [one.key.split(":")[2] for one in Job.objects.filter(name=HEARD).order_by("pk")]
    run_ready()

    assert events[begun:] == ["changed", "changed", "signed", "cleared"]
    lines = AuditEntry.objects.filter(verb="hear")
    assert [one.thing for one in lines] == [f"response:{response.pk}"] * len(events)
