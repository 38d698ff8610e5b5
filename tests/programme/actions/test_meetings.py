"""Meetings through all their states, with decisions, letters and calendar files."""

import base64
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from tests.factories.members import member, person, viewer_with
from tests.factories.programme import NOON, STAFF, initiative, paper, programme

from serai.base.access import Denied
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


def kinds() -> list[str]:
    keys = Letter.objects.order_by("id").values_list("key", flat=True)
    return [key.partition(":")[0] for key in keys]


def _planned(**fields):
    programme()
    fields = {"audience": "members"} | fields
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
        _moved(meeting, "held")


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
    assert (kinds(), letter.person_id) == (["programme.meeting_called"], someone.pk)
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


def _refused(call, **fields):
    with pytest.raises(Refused) as error:
        call(by=STAFF, now=NOON, **fields)
    return str(error.value)


def test_a_changed_meeting_is_told_once_it_was_called():
    someone = person()
    meeting = _planned()
    actions.invite(meeting=meeting, person_id=someone.pk, by=STAFF, now=NOON)
    changed = replace(FACTS, place="Baku", mode="hybrid")

    actions.change_meeting(meeting=meeting, facts=changed, by=STAFF, now=NOON)
    assert Letter.objects.count() == 0
    _moved(meeting, "called")
    actions.change_meeting(meeting=meeting, facts=changed, by=STAFF, now=NOON)

    meeting.refresh_from_db()
    assert (meeting.place, meeting.mode, meeting.sequence) == ("Baku", "hybrid", 2)
    assert kinds() == ["programme.meeting_called", "programme.meeting_changed"]


def test_a_meeting_that_is_over_or_cancelled_keeps_its_time():
    held, cancelled = _planned(), _planned()
    _moved(held, "called", "held")
    _moved(cancelled, "cancelled")

    for meeting in (held, cancelled):
        assert _refused(actions.change_meeting, meeting=meeting, facts=FACTS) == (
            "This meeting is over or cancelled; its time and place stay as they are."
        )


def test_those_invited_are_told_of_papers_minutes_and_cancelling():
    someone = person()
    meeting, other = _planned(), _planned()
    for one in (meeting, other):
        actions.invite(meeting=one, person_id=someone.pk, by=STAFF, now=NOON)
    item = actions.add_item(
        meeting=meeting, title="Progress", purpose="decision", by=STAFF, now=NOON
    )
    paper(item)

    _moved(meeting, "called", "papers_out", "held", "minutes_draft")
    _moved(other, "called", "cancelled")

    assert kinds() == [
        "programme.meeting_called", "programme.papers_out", "programme.minutes_for_agreement",
        "programme.meeting_called", "programme.meeting_changed",
    ]  # fmt: skip
    other.refresh_from_db()
    assert other.sequence == 1


def test_a_zone_is_one_that_is_known():
    programme()

    assert (
        _refused(actions.plan_meeting, initiative=None, facts=replace(FACTS, zone="Asia/Nowhere"))
        == "“Asia/Nowhere” is no time zone. Choose one from the list."
    )


def test_a_meeting_is_held_once_it_has_begun_and_its_minutes_are_written():
    programme()
    later = replace(FACTS, starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=2))
    ahead = actions.plan_meeting(initiative=None, facts=later, by=STAFF, now=NOON)
    _moved(ahead, "called")
    meeting = _planned()
    _moved(meeting, "called", "held", "minutes_draft")

    assert _refused(actions.move_meeting, meeting=ahead, state="held") == (
        "The meeting has not begun yet. Mark it as held afterwards."
    )
    assert _refused(actions.move_meeting, meeting=meeting, state="minutes_agreed") == (
        "The minutes are empty. Write them before they are agreed."
    )


def test_items_of_an_agenda_are_numbered():
    meeting = _planned()
    items = [
        actions.add_item(meeting=meeting, title=title, purpose="guidance", by=STAFF, now=NOON)
        for title in ("One", "Two")
    ]

    assert [one.number for one in items] == [1, 2]


def test_an_officer_plans_for_participants_and_the_secretariat():
    programme()
    officer = viewer_with("officer")

    meeting = actions.plan_meeting(initiative=None, facts=FACTS, by=officer, now=NOON)
    with pytest.raises(Denied):
        actions.plan_meeting(initiative=None, facts=FACTS, audience="members", by=officer, now=NOON)
    actions.change_meeting(
        meeting=meeting, facts=replace(FACTS, place="Baku"), by=officer, now=NOON
    )

    meeting.refresh_from_db()
    assert (meeting.place, meeting.audience) == ("Baku", "secretariat")


def test_a_person_is_invited_once_and_told_at_once_when_it_is_called():
    meeting, first, late = _planned(), person(), person()
    actions.invite(meeting=meeting, person_id=first.pk, by=STAFF, now=NOON)
    _moved(meeting, "called")

    actions.invite(meeting=meeting, person_id=late.pk, by=STAFF, now=NOON)

    assert _refused(actions.invite, meeting=meeting, person_id=late.pk) == (
        "This person is on the list already."
    )
    assert list(Letter.objects.order_by("id").values_list("person_id", flat=True)) == [
        first.pk, late.pk,
    ]  # fmt: skip


def test_an_answer_says_something():
    guest = viewer_with()
    meeting = _planned()
    actions.invite(meeting=meeting, person_id=guest.person_id, by=STAFF, now=NOON)
    _moved(meeting, "called")

    with pytest.raises(Refused) as error:
        actions.answer_invitation(meeting=meeting, answer="waiting", by=guest, now=NOON)

    assert str(error.value) == "Choose whether you come."


def test_who_was_there_is_recorded_by_person():
    meeting, here, away, other = _planned(), person(), person(), person()
    for one in (here, away, other):
        actions.invite(meeting=meeting, person_id=one.pk, by=STAFF, now=NOON)

    count = actions.mark_attended(
        meeting=meeting, present={here.pk: True, away.pk: False}, by=STAFF, now=NOON
    )

    assert count == 1
    assert list(meeting.attendances.order_by("id").values_list("attended", flat=True)) == [
        True, False, None,
    ]  # fmt: skip


def test_minutes_are_written_after_the_meeting_each_in_the_writer_s_language():
    meeting = _planned()
    assert _refused(actions.write_minutes, meeting=meeting, text="Early") == (
        "Minutes are written after the meeting is held and until they are agreed."
    )
    _moved(meeting, "called", "held")
    russian = replace(STAFF, language="ru")

    actions.write_minutes(meeting=meeting, text="First", by=STAFF, now=NOON)
    actions.write_minutes(meeting=meeting, text="Первое", by=russian, now=NOON)
    actions.write_minutes(meeting=meeting, text="Second", by=STAFF, now=NOON)

    meeting.refresh_from_db()
    assert {code: text for code, text, _state in meeting.minutes.texts} == {
        "ru": "Первое", "en": "Second",
    }  # fmt: skip
    _moved(meeting, "minutes_draft", "minutes_agreed")
    assert _refused(actions.write_minutes, meeting=meeting, text="Late") == (
        "Minutes are written after the meeting is held and until they are agreed."
    )


def test_officers_of_the_initiative_call_its_meetings():
    home = initiative("home")
    meeting = actions.plan_meeting(initiative=home, facts=FACTS, by=STAFF, now=NOON)
    for viewer in (viewer_with("officer", "elsewhere"), viewer_with("focal_point", "GEO")):
        with pytest.raises(Denied):
            actions.plan_meeting(initiative=home, facts=FACTS, by=viewer, now=NOON)
        with pytest.raises(Denied):
            actions.move_meeting(meeting=meeting, state="called", by=viewer, now=NOON)

    actions.move_meeting(
        meeting=meeting, state="called", by=viewer_with("officer", "home"), now=NOON
    )

    assert meeting.state == "called"
