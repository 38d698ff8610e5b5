"""Reminders by day, Monday letters, warnings that ended."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.factories.members import member, person, viewer_with
from tests.factories.programme import NOON, STAFF, initiative, milestone

from serai.base.models import Message as Letter
from serai.programme import actions
from serai.programme.actions import Due
from serai.programme.models import ManualFlag

pytestmark = pytest.mark.django_db
MONDAY = datetime(2021, 7, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        (8, False),
        (7, True),
        (6, False),
        (1, True),
        (0, False),
        (-1, False),
        (-7, True),
        (-14, True),
    ],
)
def test_an_action_is_reminded_seven_days_and_one_day_before_and_weekly_after(left, reminded):
    day = date(2021, 7, 5)

    assert actions.is_reminded(day + timedelta(days=left), day) is reminded


def test_mondays_letter_goes_to_the_keeper_once_a_day():
    keeper = person()
    one = initiative(keeper=keeper)
    milestone(one, words="22 June 2021")

    actions.send_digests(now=MONDAY)
    actions.send_digests(now=MONDAY)

    letter = Letter.objects.get()
    assert (letter.topic, letter.person_id) == ("milestone_due", keeper.pk)
    assert "1. Milestone 1: 22 June 2021, Overdue by 13 days" in letter.text


def test_an_action_due_tomorrow_is_reminded_of():
    member("GEO")
    georgia = viewer_with("focal_point", "GEO")
    initiative()
    actions.add_action(
        text="Name a contact", countries=("GEO",), due=Due(date(2021, 7, 7)), by=STAFF, now=NOON
    )

    actions.send_digests(now=datetime(2021, 7, 6, 1, tzinfo=UTC))

    assert [
        m.person_id for m in Letter.objects.filter(key__startswith="programme.action_due:")
    ] == [georgia.person_id]


def test_a_keeper_is_told_once_that_a_warning_ended():
    one = initiative(keeper=person())
    row = milestone(one, words="22 July 2021")
    actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 7, 1), by=STAFF,
        now=NOON,
    )  # fmt: skip

    assert actions.expire_flags(now=MONDAY) == 1
    assert actions.expire_flags(now=MONDAY) == 0

    assert Letter.objects.get().key.startswith("programme.flag_ended:")
    assert ManualFlag.objects.get().told_at == MONDAY


def test_a_keeper_of_two_initiatives_gets_one_letter_on_a_monday():
    keeper = person()
    for code in ("one", "two"):
        milestone(initiative(code, keeper=keeper), words="22 June 2021")

    assert actions.send_digests(now=MONDAY) == 1

    assert [m.person_id for m in Letter.objects.all()] == [keeper.pk]


def test_reviews_are_asked_for_on_mondays_alone():
    one = initiative(keeper=person())
    actions.record_risk(
        initiative=one, words=actions.RiskText("risk", "Late"), probability=1, impact=1,
        review_on=date(2021, 7, 1), by=STAFF, now=NOON,
    )  # fmt: skip

    assert actions.send_digests(now=MONDAY + timedelta(days=1)) == 0
    assert actions.send_digests(now=MONDAY) == 1
    assert Letter.objects.get().topic == "risk_review_due"


def test_without_a_warning_that_ended_nobody_is_told():
    assert actions.expire_flags(now=MONDAY) == 0
    assert Letter.objects.count() == 0


def test_an_action_due_in_six_days_is_not_reminded_of():
    member("GEO")
    viewer_with("focal_point", "GEO")
    initiative()
    actions.add_action(
        text="Name a contact", countries=("GEO",), due=Due(date(2021, 7, 12)), by=STAFF, now=NOON
    )

    assert actions.send_digests(now=datetime(2021, 7, 6, 1, tzinfo=UTC)) == 0
