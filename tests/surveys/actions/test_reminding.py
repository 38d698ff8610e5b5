"""Reminders in the morning of each country, once a day; waves whose time is over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.models import Message as Letter
from serai.surveys import actions
from serai.surveys.actions import Refused
from serai.surveys.models import AnswerRequest, Delegation, Response
from serai.surveys.states import InvitationState, WaveState

pytestmark = pytest.mark.django_db
# 26 March, five days before the due day: 9 o'clock in Tbilisi (UTC+4), noon in Ulaanbaatar (+8).
FIVE_BEFORE = datetime(2021, 3, 26, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def manila():
    programme()


def kinds():
    return sorted((one.key.split(":")[0], one.person_id) for one in Letter.objects.all())


def test_remind_writes_where_it_is_morning_once_a_day():
    wave = make.wave()
    georgia = make.invitation(wave)
    kazakhstan = make.invitation(wave, organisation=people.organisation(country="KAZ"))

    # 4:30 UTC: 8:30 in Tbilisi, 10:30 in Almaty (UTC+6).
    early = actions.remind(now=FIVE_BEFORE - timedelta(minutes=30))
    first = actions.remind(now=FIVE_BEFORE)
    again = actions.remind(now=FIVE_BEFORE + timedelta(hours=1))
    evening = actions.remind(now=FIVE_BEFORE + timedelta(hours=9))

    assert (early, first, again, evening) == (1, 1, 0, 0)
    assert kinds() == sorted(
        ("surveys.reminder_before", one.lead_id) for one in (georgia, kazakhstan)
    )
    georgia.refresh_from_db()
    assert georgia.reminded_at == FIVE_BEFORE


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2021, 3, 17), "surveys.reminder_before"),
        (date(2021, 3, 30), "surveys.reminder_due"),
        (date(2021, 4, 3), "surveys.reminder_overdue"),
        (date(2021, 3, 18), ""),
        (date(2021, 3, 31), ""),
    ],
)
def test_the_days_of_the_wave_choose_the_letter(day, kind):
    make.invitation()

    actions.remind(now=datetime(day.year, day.month, day.day, 5, tzinfo=UTC))

    assert [found for found, _person in kinds()] == ([kind] if kind else [])


def test_who_is_done_or_was_written_to_this_day_is_not_reminded():
    wave = make.wave()
    make.invitation(wave, state=InvitationState.DONE.value)
    make.invitation(wave, sent_at=FIVE_BEFORE - timedelta(hours=2))
    handed = make.invitation(wave, state=InvitationState.OPENED.value)
    Response.objects.create(wave=wave, invitation=handed, version=wave.version, state="handed_in")
    make.invitation(make.wave(state=WaveState.CLOSED.value))

    assert actions.remind(now=FIVE_BEFORE) == 0


def test_a_body_with_its_own_day_is_reminded_by_it():
    make.invitation(due_on=date(2021, 4, 9))

    found = [
        actions.remind(now=FIVE_BEFORE),
        actions.remind(now=datetime(2021, 4, 4, 5, tzinfo=UTC)),
    ]

    assert found == [1, 1]  # 14 and 5 days before its own day


def test_remind_chosen_writes_to_the_silent_among_them():
    officer = people.viewer_with("officer")
    wave = make.wave()
    chosen, done = make.invitation(wave), make.invitation(wave, state="done")
    make.invitation(wave)
    numbers = [chosen.public_id, done.public_id]

    counts = [
        actions.remind_chosen(wave=wave, invitations=numbers, by=officer, now=make.NOON)
        for _time in range(2)
    ]

    assert counts == [1, 0]
    assert kinds() == [("surveys.reminder_before", chosen.lead_id)]


@pytest.mark.parametrize(
    ("state", "numbers", "sentence"),
    [
        ("closed", ["x"], "The wave is not open: nobody is reminded."),
        ("open", [], "Choose whom to remind."),
    ],
)
def test_remind_chosen_refuses(state, numbers, sentence):
    with pytest.raises(Refused) as found:
        actions.remind_chosen(
            wave=make.wave(state=state), invitations=numbers, by=people.viewer_with("officer"),
            now=make.NOON,
        )  # fmt: skip

    assert str(found.value) == sentence


def test_close_due_waits_for_the_last_clock_and_grace_and_closes_once():
    wave = make.wave(grace_days=1)
    make.invitation(wave, organisation=people.organisation(country="MNG"))
    georgia = make.invitation(wave)
    # 31 March and a day of grace end in Tbilisi at 20:00 UTC, in Ulaanbaatar at 16:00.
    moments = [
        datetime(2021, 4, 1, hour, minute, tzinfo=UTC) for hour, minute in ((19, 59), (20, 0))
    ]

    counts = [actions.close_due(now=moment) for moment in (*moments, moments[-1])]

    wave.refresh_from_db()
    assert (counts, wave.state) == ([0, 1, 0], "closed")
    assert ("surveys.closed", georgia.lead_id) in kinds()


def test_a_body_given_more_time_keeps_the_wave_open():
    wave = make.wave()
    make.invitation(wave, due_on=date(2021, 4, 10))

    found = [actions.close_due(now=datetime(2021, 4, day, 20, tzinfo=UTC)) for day in (1, 9, 10)]

    assert found == [0, 0, 1]


def test_a_wave_in_which_everybody_is_done_closes_on_the_programmes_clock():
    wave = make.wave()
    make.invitation(wave, state=InvitationState.DONE.value)

    # 31 March ends in Manila (UTC+8) at 16:00 UTC.
    found = [actions.close_due(now=datetime(2021, 3, 31, hour, tzinfo=UTC)) for hour in (15, 16)]

    assert found == [0, 1]


def at(day):
    """9 o'clock in Tbilisi."""
    return datetime(day.year, day.month, day.day, 5, tzinfo=UTC)


def correcting(*dues):
    response = make.cleared(make.wave(), {}, organisation=people.organisation())
    Response.objects.filter(pk=response.pk).update(state="correcting")
    for number, due in enumerate(dues):
        AnswerRequest.objects.create(
            response=response, path=f"/data/{number}", reason="unclear", due_on=due, state="asked",
            made_at=make.NOON, asked_at=make.NOON,
        )  # fmt: skip
    return response


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (date(2021, 5, 5), 1),
        (date(2021, 5, 6), 0),
        (date(2021, 5, 9), 1),
        (date(2021, 5, 10), 1),
        (date(2021, 5, 13), 1),
    ],
)
def test_what_is_asked_back_is_told_again_before_and_after_its_day(day, told):
    response = correcting(date(2021, 5, 10), date(2021, 5, 10), None)

    actions.remind_requests(now=at(day) - timedelta(hours=1))
    early = Letter.objects.count()
    actions.remind_requests(now=at(day))
    actions.remind_requests(now=at(day) + timedelta(hours=2))

    letters = Letter.objects.filter(key__startswith="surveys.request_reminder:")
    assert (early, letters.count()) == (0, told)
    assert {one.person_id for one in letters} <= {response.invitation.lead_id}
    assert all("2 answers" in one.text for one in letters)


def test_what_is_answered_or_asked_today_is_not_told_again():
    response = correcting(date(2021, 3, 2))

    asked_yesterday = actions.remind_requests(now=at(date(2021, 3, 2)))
    AnswerRequest.objects.update(asked_at=at(date(2021, 3, 5)))
    asked_today = actions.remind_requests(now=at(date(2021, 3, 5)))
    AnswerRequest.objects.update(asked_at=make.NOON, state="answered")
    answered = actions.remind_requests(now=at(date(2021, 3, 5)))

    assert response.requests.count() == 1
    assert (asked_yesterday, asked_today, answered) == (1, 0, 0)


@pytest.mark.parametrize(
    ("day", "state", "told"),
    [
        (date(2021, 3, 15), "accepted", 1),
        (date(2021, 3, 16), "accepted", 0),
        (date(2021, 3, 19), "offered", 1),
        (date(2021, 3, 20), "accepted", 1),
        (date(2021, 3, 23), "accepted", 0),
        (date(2021, 3, 20), "returned", 0),
    ],
)
def test_a_part_is_told_of_before_its_last_day_and_on_it(day, state, told):
    response = correcting()
    Response.objects.filter(pk=response.pk).update(state="filling")
    holder = people.person_with("contributor", response.invitation.organisation)
    Delegation.objects.create(
        response=response, section="office", person=holder, scope="edit", state=state,
        given_at=make.NOON, due_on=date(2021, 3, 20),
    )  # fmt: skip

    for _time in (1, 2):
        actions.remind_parts(now=at(day))

    assert kinds() == [("surveys.delegation_due", holder.pk)] * told
