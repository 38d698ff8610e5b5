"""What a wave says to the programme: requests of members, a milestone reached."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as plan
from tests.factories import surveys as make

from serai.base.models import AuditEntry
from serai.programme.models import Completion, Request, RequestAddressee
from serai.surveys import actions
from serai.surveys.actions.upward import about, ask_more, open_requests
from serai.surveys.models import Response, SignOff
from serai.surveys.states import InvitationState, SurveyKind, WaveState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.fixture(autouse=True)
def house():
    plan.programme()


@pytest.fixture
def sent():
    """A wave that asks two agencies of Georgia and one of Uzbekistan, its requests open."""
    wave = make.wave()
    rows = [make.invitation(wave), make.invitation(wave)]
    rows.append(make.invitation(wave, organisation=people.organisation(country="UZB")))
    open_requests(wave, by=people.viewer_with("officer"), now=NOON)
    return wave, rows


def respond(row, **fields):
    defaults = {"wave": row.wave, "invitation": row, "version": row.wave.version}
    return Response.objects.create(**(defaults | fields))


def states():
    rows = RequestAddressee.objects.order_by("country__iso3")
    return [(one.country.iso3, one.state) for one in rows]


def test_each_member_asked_stands_as_an_open_request(sent):
    wave, _rows = sent

    (request,) = Request.objects.all()

    assert (str(request.text), request.due_on) == ("First round", date(2021, 3, 31))
    assert (request.about_room, request.about_kind, request.about_number) == (
        "surveys", "wave", wave.public_id,
    )  # fmt: skip
    assert states() == [("GEO", "open"), ("UZB", "open")]


def test_other_kinds_and_people_without_a_country_open_no_request():
    officer = people.viewer_with("officer")
    judged = make.wave(make.version(make.survey(kind=SurveyKind.JUDGING.value)))
    make.invitation(judged)
    alone = make.wave()
    make.invitation(alone, organisation=people.organisation(country=None))

    for wave in (judged, alone):
        open_requests(wave, by=officer, now=NOON)

    assert Request.objects.count() == 0


def test_a_members_request_is_answered_with_its_last_cleared_response(sent):
    _wave, (first, second, _uzbek) = sent
    one = respond(first, state="cleared", cleared_through=5)
    lead = people.viewer_with("lead")

    early = actions.note_answered(response=one, by=lead, now=NOON)
    two = respond(second, state="accepted", cleared_through=9)
    done = [actions.note_answered(response=two, by=lead, now=NOON) for _time in range(2)]

    assert (early, done) == (False, [True, True])
    assert states() == [("GEO", "answered"), ("UZB", "open")]
    assert AuditEntry.objects.filter(verb="answer_request").count() == 1


def test_clearing_the_last_response_answers_the_members_request(sent):
    _wave, (_first, _second, uzbek) = sent
    response = respond(uzbek, state="signed", signed_through=5)
    SignOff.objects.create(
        response=response, round=1, by=uzbek.lead, name="A", position="B", at=NOON,
        answers_hash="0" * 64,
    )  # fmt: skip

    actions.clear(response=response, by=people.viewer_with("focal_point", "UZB"), now=NOON)

    assert states() == [("GEO", "open"), ("UZB", "answered")]


def test_a_member_asked_later_stands_as_an_open_request_too(sent):
    wave, _rows = sent
    make.invitation(wave, organisation=people.organisation(country="KAZ"), state="drafted")
    officer = people.viewer_with("officer")

    actions.send_wave(wave=wave, by=officer, now=NOON)
    again = ask_more(wave, by=officer, now=NOON)

    assert states() == [("GEO", "open"), ("KAZ", "open"), ("UZB", "open")]
    assert again == 0


def test_who_declined_or_was_cancelled_is_not_waited_for(sent):
    _wave, (first, second, _uzbek) = sent
    second.state = InvitationState.DECLINED.value
    second.save()
    response = respond(first, state="correcting", cleared_through=5)

    assert actions.note_answered(response=response, by=None, now=NOON) is True
    assert states() == [("GEO", "answered"), ("UZB", "open")]


def test_a_response_of_nobody_invited_answers_nothing(sent):
    wave, _rows = sent
    response = Response.objects.create(wave=wave, version=wave.version, state="cleared")

    assert actions.note_answered(response=response, by=None, now=NOON) is False


def test_closing_a_wave_records_its_milestone_as_reached():
    row = plan.milestone(plan.initiative(), "30 June 2021")
    wave = make.wave(milestone=row)
    officer = people.viewer_with("officer")

    actions.close_wave(wave=wave, by=officer, now=NOON)

    (completion,) = Completion.objects.all()
    assert (completion.milestone, str(completion.words)) == (row, "1 March 2021")
    assert completion.recorded_by_id == officer.person_id


def test_a_milestone_reached_already_keeps_no_wave_open():
    row = plan.milestone(plan.initiative(), "30 June 2021")
    plan.completion(row, "2021-02-01")
    wave = make.wave(milestone=row)

    actions.close_wave(wave=wave, by=None, now=NOON)

    wave.refresh_from_db()
    assert (wave.state, Completion.objects.count()) == (WaveState.CLOSED, 1)
    assert AuditEntry.objects.filter(verb="keep_milestone").count() == 1


def test_a_wave_is_named_by_its_public_number():
    wave = make.wave()

    found = about(wave)

    assert (found.room, found.kind, found.number) == ("surveys", "wave", wave.public_id)
