"""After sample rows are gone each thing stands where its remaining steps say."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.models import AuditEntry
from serai.programme import actions
from serai.programme.models import ActionItem, Initiative, Meeting, Request, Step

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_each_thing_stands_where_its_latest_remaining_step_says():
    people.member("GEO")
    meeting = make.meeting(make.initiative("home"))
    untouched = make.meeting(state="called")
    action = make.action_item(initiative=meeting.initiative, countries=("GEO",))
    # What a sample step had done and its removal leaves behind.
    Meeting.objects.filter(pk=meeting.pk).update(state="held")
    ActionItem.objects.update(state="verified")

    changed = actions.renew_states(now=NOON)

    meeting.refresh_from_db()
    action.refresh_from_db()
    untouched.refresh_from_db()
    assert changed == 2
    assert (meeting.state, action.state, untouched.state) == ("planned", "open", "called")
    assert actions.renew_states(now=NOON) == 0


def test_of_steps_of_one_day_the_latest_written_holds_and_an_earlier_day_does_not():
    row = make.initiative("home", known_from=make.EARLY)
    stamped = {"recorded_at": NOON, "source_note": "Records"}
    Step.objects.create(initiative=row, state="paused", known_from=NOON.date(), **stamped)
    Step.objects.create(initiative=row, state="closed", known_from=NOON.date(), **stamped)
    Step.objects.create(initiative=row, state="active", known_from=make.EARLY, **stamped)

    changed = actions.renew_states(now=NOON)

    assert (changed, Initiative.objects.get().state) == (1, "closed")


def test_a_thing_without_steps_stays_as_it_is():
    Request.objects.create(
        state="closed", known_from=make.EARLY, recorded_at=NOON, source_note="Records"
    )

    assert actions.renew_states(now=NOON) == 0
    assert Request.objects.get().state == "closed"


def test_it_leaves_one_line_in_the_audit():
    actions.renew_states(now=NOON)

    line = AuditEntry.objects.get(verb="renew_states")
    assert (line.by, line.thing, line.after, line.at) == (
        None, "programme", {"changed": 0}, NOON,
    )  # fmt: skip
