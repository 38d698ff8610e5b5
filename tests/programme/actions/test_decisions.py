"""Action items and their states."""

from datetime import date, timedelta

import pytest
from tests.factories.members import member, viewer_with
from tests.factories.programme import NOON, STAFF, programme

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.programme import actions, queries
from serai.programme.actions import Due, Evidence, MeetingFacts, Refused

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)


def _action(**fields):
    programme()
    member("GEO")
    fields.setdefault("countries", ("GEO",))
    return actions.add_action(
        text="Name a contact", due=Due(date(2021, 6, 20)), by=STAFF, now=NOON, **fields
    )


def test_the_owners_are_told_and_do_it_and_an_officer_verifies():
    georgia = viewer_with("focal_point", "GEO")
    action = _action()

    assert [m.person_id for m in Letter.objects.filter(topic="action_assigned")] == [
        georgia.person_id
    ]
    row = queries.actions(georgia, D)[0]
    assert (row.is_own, row.is_overdue) == (True, True)
    actions.finish_action(
        action=action, evidence=Evidence(link="https://a.example/"), by=georgia, now=NOON
    )
    with pytest.raises(Denied):
        actions.verify_action(action=action, is_done=True, by=georgia, now=NOON)
    actions.verify_action(action=action, is_done=True, by=STAFF, now=NOON)

    assert queries.actions(STAFF, D)[0].state == "verified"


def test_another_country_sees_and_does_nothing():
    uzbekistan = viewer_with("focal_point", "UZB")
    action = _action()

    assert queries.actions(uzbekistan, D) == []
    with pytest.raises(Denied):
        actions.finish_action(action=action, by=uzbekistan, now=NOON)


def test_dropping_needs_a_reason():
    with pytest.raises(Refused, match="The reason is empty"):
        actions.drop_action(action=_action(), reason="", by=STAFF, now=NOON)


def test_an_action_names_somebody():
    with pytest.raises(Refused, match="Nobody is named"):
        _action(countries=())


def test_a_note_is_kept():
    action = _action()
    actions.note_action(action=action, text="Asked again", by=STAFF, now=NOON)

    assert queries.actions(STAFF, D)[0].notes == ("Asked again",)


def test_no_decision_before_the_meeting_is_called():
    programme()
    facts = MeetingFacts(
        title="Steering", kind="steering", starts_at=NOON, ends_at=NOON + timedelta(hours=1),
        zone="Asia/Manila",
    )  # fmt: skip
    meeting = actions.plan_meeting(initiative=None, facts=facts, by=STAFF, now=NOON)

    with pytest.raises(Refused, match="Call the meeting first"):
        actions.record_decision(meeting=meeting, text="Begin", by=STAFF, now=NOON)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    for _ in range(count):
        _action()

    with django_assert_num_queries(4):
        assert len(queries.actions(STAFF, D)) == count
