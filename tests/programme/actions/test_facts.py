"""Stamping facts, taking steps, refusing in words."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import ANONYMOUS, Viewer
from serai.programme.actions import facts
from serai.programme.actions.facts import Refused, Told
from serai.programme.models import Step
from serai.programme.states import MeetingState

pytestmark = pytest.mark.django_db
NOON = make.NOON
LATE = datetime(2021, 6, 30, 17, tzinfo=UTC)  # 1 July in Manila


def test_today_is_the_programme_s_own_day():
    make.programme()

    assert facts.today(NOON) == date(2021, 6, 30)
    assert facts.today(LATE) == date(2021, 7, 1)


def test_today_is_utc_s_before_there_is_a_programme():
    assert facts.today(LATE) == date(2021, 6, 30)


def test_stamp_of_today_needs_no_source():
    make.programme()
    author = people.viewer_with("officer")

    assert facts.stamp(by=author, now=NOON) == {
        "known_from": date(2021, 6, 30),
        "recorded_at": NOON,
        "recorded_by_id": author.person_id,
        "source_note": "",
        "sample": False,
    }


def test_stamp_of_an_earlier_day_keeps_its_source():
    make.programme()

    stamped = facts.stamp(by=ANONYMOUS, now=NOON, told=Told(date(2021, 5, 1), " Letter of May "))

    assert (stamped["known_from"], stamped["source_note"]) == (date(2021, 5, 1), "Letter of May")


@pytest.mark.parametrize("note", ["", "  "])
def test_stamp_of_an_earlier_day_without_source_is_refused(note):
    make.programme()

    with pytest.raises(Refused) as refused:
        facts.stamp(by=ANONYMOUS, now=NOON, told=Told(date(2021, 6, 29), note))

    assert str(refused.value) == (
        "Known from 29 June 2021 is before today: say where this is written, as a source note."
    )


def test_stamp_of_tomorrow_is_refused():
    make.programme()

    with pytest.raises(Refused) as refused:
        facts.stamp(by=ANONYMOUS, now=NOON, told=Told(date(2021, 7, 1), "Letter"))

    assert str(refused.value) == (
        "Known from 1 July 2021 is after today, 30 June 2021. Give today or an earlier day."
    )


@pytest.mark.parametrize(("told", "viewer"), [(True, False), (False, True)])
def test_stamp_is_sample_when_told_so_or_made_by_a_sample_person(told, viewer):
    make.programme()

    stamped = facts.stamp(by=Viewer(is_sample=viewer), now=NOON, told=Told(sample=told))

    assert stamped["sample"] is True


def test_take_step_writes_a_row_and_the_state():
    meeting = make.meeting()

    before = facts.take_step(
        "meeting", meeting, MeetingState.CALLED, by=make.STAFF, now=NOON, reason="Agreed"
    )

    meeting.refresh_from_db()
    step = Step.objects.filter(meeting=meeting).latest("id")
    assert (before, meeting.state) == ("planned", "called")
    assert (step.state, step.reason, step.known_from) == ("called", "Agreed", date(2021, 6, 30))


def test_a_step_of_a_real_thing_is_sample_when_told_so():
    meeting = make.meeting()

    facts.take_step(
        "meeting", meeting, MeetingState.CALLED, by=make.STAFF, now=NOON, told=Told(sample=True)
    )

    steps = Step.objects.filter(meeting=meeting).order_by("id")
    assert list(steps.values_list("state", "sample")) == [("planned", False), ("called", True)]


def test_take_step_reads_the_state_anew_and_refuses_what_cannot_follow():
    meeting = make.meeting()
    stale = type(meeting).objects.get(pk=meeting.pk)
    facts.take_step("meeting", meeting, MeetingState.CANCELLED, by=make.STAFF, now=NOON)

    with pytest.raises(Refused) as refused:
        facts.take_step("meeting", stale, MeetingState.PAPERS_OUT, by=make.STAFF, now=NOON)

    assert str(refused.value) == (
        "It is now “Cancelled”; “Papers out” cannot follow. Reload the page to see it."
    )
    assert Step.objects.filter(meeting=meeting).count() == 2


def test_steps_of_a_sample_are_sample():
    meeting = make.meeting()
    type(meeting).objects.update(sample=True)
    meeting.refresh_from_db()

    facts.take_step("meeting", meeting, MeetingState.CALLED, by=make.STAFF, now=NOON)

    assert Step.objects.filter(meeting=meeting).latest("id").sample is True


def test_required_names_what_is_empty():
    with pytest.raises(Refused) as refused:
        facts.required("  ", "The note")

    assert str(refused.value) == "The note is empty. Write it and save again."


def test_label_names_a_thing_for_the_audit():
    row = make.initiative()

    assert facts.label(row) == f"programme.initiative:{row.pk}"
