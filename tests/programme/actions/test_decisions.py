"""Action items and their states."""

from datetime import date, timedelta

import pytest
from tests.factories import programme as make
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

    assert [
        m.person_id for m in Letter.objects.filter(key__startswith="programme.action_assigned:")
    ] == [georgia.person_id]
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

    with django_assert_num_queries(1):
        assert len(queries.actions(STAFF, D)) == count


def _refused(call, **fields):
    with pytest.raises(Refused) as error:
        call(by=STAFF, now=NOON, **fields)
    return str(error.value)


def test_a_decision_says_something_of_its_own_meeting_before_the_minutes_are_agreed():
    held, other = make.meeting(state="held"), make.meeting(state="held")
    foreign = make.item(other)

    assert _refused(actions.record_decision, meeting=held, text=" ") == (
        "The decision is empty. Write it and save again."
    )
    assert _refused(actions.record_decision, meeting=held, text="Begin", item=foreign) == (
        "This agenda item belongs to another meeting."
    )
    make.agree(held)
    assert _refused(actions.record_decision, meeting=held, text="Begin") == (
        "The minutes are agreed: no decision can be added."
    )
    assert queries.decisions(STAFF, D) == []


def test_a_decision_keeps_its_item_its_addressees_and_what_it_replaces():
    member("GEO")
    meeting = make.meeting(state="held")
    item, old = make.item(meeting), make.decision(meeting)

    row = actions.record_decision(
        meeting=meeting, text="Begin", item=item, addressees=("GEO",), to_secretariat=True,
        due=Due(D), supersedes=old, by=STAFF, now=NOON,
    )  # fmt: skip

    row.refresh_from_db()
    assert (row.number, row.item, row.supersedes, row.to_secretariat, row.due_on, row.state) == (
        "SOM-2021-06/D2", item, old, True, D, "proposed",
    )  # fmt: skip
    assert [one.iso3 for one in row.addressees.all()] == ["GEO"]


def test_an_action_done_is_opened_again_when_it_is_not():
    action = _action()
    actions.finish_action(action=action, by=STAFF, now=NOON)

    actions.verify_action(action=action, is_done=False, by=STAFF, now=NOON)

    assert queries.actions(STAFF, D)[0].state == "open"
    assert _refused(actions.verify_action, action=action, is_done=True) == (
        "It is now “Open”; “Verified” cannot follow. Reload the page to see it."
    )


def test_a_dropped_action_keeps_its_reason():
    action = _action()

    actions.drop_action(action=action, reason="Not needed", by=STAFF, now=NOON)

    assert queries.actions(STAFF, D)[0].state == "dropped"
    assert action.steps.latest("id").reason == "Not needed"


def test_an_action_of_a_sample_decision_is_sample_and_of_its_meeting_s_initiative():
    member("GEO")
    meeting = make.meeting(make.initiative("home"), state="held")
    decision = make.decision(meeting, told=actions.Told(sample=True))

    action = make.action_item(decision=decision, countries=("GEO",))

    assert (action.sample, action.initiative.code) == (True, "home")


def test_officers_of_the_initiative_give_and_verify_actions():
    member("GEO")
    home = make.initiative("home")
    officer, elsewhere = viewer_with("officer", "home"), viewer_with("officer", "elsewhere")
    action = actions.add_action(
        text="Do", initiative=home, countries=("GEO",), by=officer, now=NOON
    )
    actions.finish_action(action=action, by=officer, now=NOON)

    for call in (
        lambda: actions.add_action(
            text="Do", initiative=home, countries=("GEO",), by=elsewhere, now=NOON
        ),
        lambda: actions.verify_action(action=action, is_done=True, by=elsewhere, now=NOON),
        lambda: actions.note_action(action=action, text="Seen", by=elsewhere, now=NOON),
    ):
        with pytest.raises(Denied):
            call()
