"""Meetings through all their states, with decisions, letters and calendar files."""

import base64
from datetime import date, timedelta

import icalendar
import pytest
from tests.factories.members import member, person, viewer_with
from tests.factories.programme import NOON, STAFF, programme

from serai.base.models import Message as Letter
from serai.programme import actions, queries
from serai.programme.actions import MeetingFacts, Refused
from serai.programme.models import Decision

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
FACTS = MeetingFacts(
    title="Virtual Senior Officials' Meeting", kind="senior_officials", zone="Asia/Tashkent",
    starts_at=NOON, ends_at=NOON + timedelta(hours=2), join_link="https://meet.example/som",
)  # fmt: skip


def _planned(**fields):
    programme()
    return actions.plan_meeting(initiative=None, facts=FACTS, by=STAFF, now=NOON, **fields)


def _moved(meeting, *states):
    for state in states:
        actions.move_meeting(meeting=meeting, state=state, by=STAFF, now=NOON)


def test_decisions_are_numbered_by_the_meeting():
    member("GEO")
    meeting = _planned()
    _moved(meeting, "called")

    numbers = [
        actions.record_decision(
            meeting=meeting, text=f"Decision {n}", addressees=("GEO",), by=STAFF, now=NOON
        ).number
        for n in range(3)
    ]

    assert numbers == ["SOM-2021-06/D1", "SOM-2021-06/D2", "SOM-2021-06/D3"]
    assert _planned().code == "SOM-2021-06-2"


def test_decisions_are_adopted_with_the_minutes():
    meeting = _planned()
    _moved(meeting, "called", "held")
    first = actions.record_decision(meeting=meeting, text="Begin", by=STAFF, now=NOON)
    actions.write_minutes(meeting=meeting, text="All agreed.", by=STAFF, now=NOON)
    _moved(meeting, "minutes_draft", "minutes_agreed")
    later = _planned()
    _moved(later, "called", "held")
    actions.record_decision(
        meeting=later, text="Begin again", supersedes=Decision.objects.get(pk=first.pk),
        by=STAFF, now=NOON,
    )  # fmt: skip
    actions.write_minutes(meeting=later, text="All agreed.", by=STAFF, now=NOON)
    _moved(later, "minutes_draft", "minutes_agreed")

    states = {row.number: row.state for row in queries.decisions(STAFF, D)}

    assert states == {"SOM-2021-06/D1": "superseded", "SOM-2021-06-2/D1": "adopted"}


def test_states_follow_their_order():
    meeting = _planned()

    with pytest.raises(Refused, match="cannot follow"):
        _moved(meeting, "minutes_agreed" if False else "held")


def test_papers_go_out_only_with_a_paper():
    meeting = _planned()
    _moved(meeting, "called")

    with pytest.raises(Refused, match="No paper"):
        _moved(meeting, "papers_out")


def test_the_invitation_carries_a_calendar_file():
    someone = person()
    meeting = _planned()
    actions.invite(meeting=meeting, person_id=someone.pk, by=STAFF, now=NOON)

    _moved(meeting, "called")

    letter = Letter.objects.get()
    assert (letter.topic, letter.person_id) == ("meeting_called", someone.pk)
    file = base64.b64decode(letter.attachments[0]["content"])
    event = icalendar.Calendar.from_ical(file).walk("VEVENT")[0]
    assert event["DTSTART"].dt == NOON
    assert str(event["DTSTART"].params["TZID"]) == "Asia/Tashkent"
    assert icalendar.Calendar.from_ical(file)["METHOD"] == "REQUEST"


def test_the_link_and_the_names_are_for_participants():
    guest = viewer_with("committee", "GEO")
    other = viewer_with("committee", "UZB")
    meeting = _planned()
    actions.invite(meeting=meeting, person_id=guest.person_id, by=STAFF, now=NOON)

    seen = queries.meeting_page(guest, queries.meeting(guest, meeting.public_id))
    hidden = queries.meeting_page(other, queries.meeting(other, meeting.public_id))

    assert (seen.join_link, len(seen.participants)) == ("https://meet.example/som", 1)
    assert (hidden.join_link, hidden.participants) == ("", ())


def test_a_meeting_ends_after_it_begins():
    from dataclasses import replace

    programme()
    with pytest.raises(Refused, match="ends before it begins"):
        actions.plan_meeting(
            initiative=None, facts=replace(FACTS, ends_at=NOON), by=STAFF, now=NOON
        )


def test_an_answer_can_be_changed_while_called():
    guest = viewer_with("committee", "GEO")
    meeting = _planned()
    actions.invite(meeting=meeting, person_id=guest.person_id, by=STAFF, now=NOON)
    with pytest.raises(Refused, match="takes no answers"):
        actions.answer_invitation(meeting=meeting, answer="comes", by=guest, now=NOON)
    _moved(meeting, "called")

    found = actions.answer_invitation(meeting=meeting, answer="comes", by=guest, now=NOON)

    assert found.answer == "comes"


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    for _ in range(count):
        _planned()

    with django_assert_num_queries(4):
        assert len(queries.meetings(STAFF)) == count
