"""Waves: planned, sent once, given more time, closed, opened again."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import initiative, programme

from serai.base.access import Denied
from serai.base.models import AuditEntry, Job
from serai.base.models import Message as Letter
from serai.base.text import TranslatedText
from serai.surveys import actions
from serai.surveys.actions import Refused, WaveFacts
from serai.surveys.models import Wave
from serai.surveys.states import InvitationState, SurveyState, VersionState, WaveState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.fixture
def officer():
    programme()
    return people.viewer_with("officer")


def facts(version, **fields):
    defaults = {
        "title": TranslatedText.of("First round"), "opens_on": date(2021, 3, 1),
        "due_on": date(2021, 3, 31), "grace_days": 3, "remind_days": (1, 14, 5, -3, 14),
        "reply_to": "desk@secretariat.example",
    }  # fmt: skip
    return WaveFacts(version=version, **(defaults | fields))


def planned(**fields):
    return make.wave(state=WaveState.PLANNED.value, **fields)


def drafted(wave, **fields):
    return make.invitation(wave, state=InvitationState.DRAFTED.value, sent_at=None, **fields)


def refusal(**given):
    act = given.pop("act")
    with pytest.raises(Refused) as refused:
        act(**given)
    return str(refused.value), refused.value.field


# ---------------------------------------------------------------- planning
def test_plan_wave_keeps_what_is_said_and_writes_to_nobody(officer):
    version = make.version()

    wave = actions.plan_wave(survey=version.survey, facts=facts(version), by=officer, now=NOON)

    wave.refresh_from_db()
    assert (wave.state, wave.grace_days, wave.remind_days) == ("planned", 3, [14, 5, 1, -3])
    assert (wave.reply_to, wave.made_by_id) == ("desk@secretariat.example", officer.person_id)
    assert Letter.objects.count() == 0
    assert AuditEntry.objects.filter(verb="plan_wave").count() == 1


@pytest.mark.parametrize(
    ("changed", "sentence", "field"),
    [
        ({"title": TranslatedText()}, "Write the title in at least one language.", "title_en"),
        ({"due_on": date(2021, 2, 28)}, "It is due before it opens. Choose a later day.", "due_on"),
        ({"grace_days": 61}, "Give at most 60 days of grace.", "grace_days"),
        ({"remind_days": tuple(range(9))}, "Remind on at most eight days.", "remind_days"),
    ],
)
def test_plan_wave_refuses_what_does_not_fit(officer, changed, sentence, field):
    version = make.version()

    said = refusal(
        act=actions.plan_wave, survey=version.survey, facts=facts(version, **changed), by=officer,
        now=NOON,
    )  # fmt: skip

    assert said == (sentence, field)
    assert Wave.objects.count() == 0


def test_plan_wave_refuses_an_unpublished_version_and_a_closed_survey(officer):
    unpublished = make.version(state=VersionState.CHECKED.value)
    closed = make.version(make.survey(state=SurveyState.CLOSED.value))

    first = refusal(
        act=actions.plan_wave, survey=unpublished.survey, facts=facts(unpublished), by=officer,
        now=NOON,
    )  # fmt: skip
    second = refusal(
        act=actions.plan_wave, survey=closed.survey, facts=facts(closed), by=officer, now=NOON
    )

    assert first == ("This version is not published. Choose another.", "version")
    assert second == ("This survey is closed. Open it again first.", "")


def test_only_the_surveys_officers_plan(officer):
    version = make.version(make.survey(initiative=initiative("home")))
    others = people.viewer_with("officer", "elsewhere")

    with pytest.raises(Denied):
        actions.plan_wave(survey=version.survey, facts=facts(version), by=others, now=NOON)


def test_edit_wave_changes_words_and_reminders_but_no_days_once_sent(officer):
    wave = make.wave(reply_to="")

    actions.edit_wave(
        wave=wave, by=officer, now=NOON,
        facts=facts(wave.version, title=TranslatedText.of("Round"), grace_days=5),
    )  # fmt: skip
    said = refusal(
        act=actions.edit_wave, wave=wave, facts=facts(wave.version, due_on=date(2021, 4, 2)),
        by=officer, now=NOON,
    )  # fmt: skip

    wave.refresh_from_db()
    assert (str(wave.title), wave.grace_days, wave.due_on) == ("Round", 5, date(2021, 3, 31))
    assert said == (
        "It is sent already: this stays. More time is given under “Give more time”.", "due_on",
    )  # fmt: skip


# ---------------------------------------------------------------- sending
def test_send_wave_asks_for_one_job_and_opens_with_the_last_letter(officer):
    wave = planned()
    first, second = drafted(wave), drafted(wave)

    actions.send_wave(wave=wave, by=officer, now=NOON)

    wave.refresh_from_db()
    assert wave.state == "sending"
    assert [row.name for row in Job.objects.filter(name__startswith="surveys.")] == [
        "surveys.send_wave"
    ]
    assert actions.waiting_letters(wave_id=wave.pk) == [first.pk, second.pk]
    assert actions.send_invitation(invitation_id=first.pk, now=NOON) is True
    wave.refresh_from_db()
    assert wave.state == "sending"
    assert actions.send_invitation(invitation_id=second.pk, now=NOON) is True
    wave.refresh_from_db()
    assert wave.state == "open"
    assert actions.open_when_sent(wave_id=wave.pk, now=NOON) is False


@pytest.mark.parametrize(
    ("fields", "survey", "sentence"),
    [
        ({}, {"state": "draft"}, "Open the survey first: what is not open cannot be answered."),
        ({"state": "closed"}, {}, "This wave is closed. Open it again first."),
        ({"state": "open"}, {}, "Every letter is written already."),
        ({}, {}, "Nobody is asked yet. Choose whom to ask first."),
        (
            {"opens_on": date(2021, 3, 5)}, {},
            "It opens on 5 March 2021. Send it then, or set an earlier day.",
        ),
    ],
)  # fmt: skip
def test_send_wave_refuses(officer, fields, survey, sentence):
    version = make.version(make.survey(**survey))
    wave = make.wave(version, **({"state": "planned"} | fields))

    said = refusal(act=actions.send_wave, wave=wave, by=officer, now=NOON)

    assert said == (sentence, "")
    assert Job.objects.filter(name="surveys.send_wave").count() == 0


def test_send_wave_names_each_body_without_a_person(officer):
    wave = planned()
    drafted(wave, organisation=people.organisation("Agency of Roads"))
    lone = drafted(wave, organisation=people.organisation("Agency of Rails"))
    lone.lead = None
    lone.save()

    said = refusal(act=actions.send_wave, wave=wave, by=officer, now=NOON)

    assert said == (
        "Agency of Rails: nobody is named to answer. Choose a person or write an e-mail address.",
        "",
    )


# ---------------------------------------------------------------- time
def test_extend_wave_tells_those_who_are_not_done(officer):
    wave = make.wave()
    waiting = make.invitation(wave)
    make.invitation(wave, state=InvitationState.DONE.value)
    with_own_day = make.invitation(wave, due_on=date(2021, 5, 1))

    told = actions.extend_wave(wave=wave, due_on=date(2021, 4, 10), by=officer, now=NOON)

    wave.refresh_from_db()
    with_own_day.refresh_from_db()
    waiting.refresh_from_db()
    assert (told, wave.due_on, with_own_day.due_on) == (1, date(2021, 4, 10), date(2021, 5, 1))
    assert [row.person_id for row in Letter.objects.all()] == [waiting.lead_id]
    # 10 April ends in Tbilisi at 20:00 UTC; 30 days more.
    assert waiting.expires_at == datetime(2021, 5, 10, 20, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2021, 3, 31), date(2021, 2, 1)])
def test_extend_wave_refuses_a_day_that_is_not_later(officer, day):
    wave = make.wave()

    said = refusal(act=actions.extend_wave, wave=wave, due_on=day, by=officer, now=NOON)

    assert said == (
        "Now it is due on 31 March 2021. Choose a later day that has not passed.", "due_on",
    )  # fmt: skip


def test_close_wave_tells_the_silent_and_reopening_sets_a_day(officer):
    wave = make.wave()
    silent = make.invitation(wave)
    make.invitation(wave, state=InvitationState.DONE.value)

    actions.close_wave(wave=wave, by=officer, now=NOON)
    again = refusal(act=actions.close_wave, wave=wave, by=officer, now=NOON)
    past = refusal(
        act=actions.reopen_wave, wave=wave, due_on=date(2021, 2, 1), by=officer, now=NOON
    )
    actions.reopen_wave(wave=wave, due_on=date(2021, 4, 1), by=officer, now=NOON)

    wave.refresh_from_db()
    assert [(row.person_id, row.key.partition(":")[0]) for row in Letter.objects.all()] == [
        (silent.lead_id, "surveys.closed")
    ]
    assert again == ("It is now “Closed”; “Closed” cannot follow. Reload the page to see it.", "")
    assert past == ("This day has passed. Choose a later one.", "due_on")
    assert (wave.state, wave.due_on) == ("open", date(2021, 4, 1))


def test_a_wave_of_a_closed_survey_is_not_opened_again(officer):
    wave = make.wave(
        make.version(make.survey(state=SurveyState.CLOSED.value)), state=WaveState.CLOSED.value
    )

    said = refusal(
        act=actions.reopen_wave, wave=wave, due_on=date(2021, 4, 1), by=officer, now=NOON
    )

    assert said == ("Open the survey first: what is not open cannot be answered.", "")
