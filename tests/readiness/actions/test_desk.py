"""The desk: rehearsal, live, notes, review; each state follows the one before."""

from datetime import timedelta

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with
from tests.readiness.access.test_providing import with_duty

from serai.base.access import Denied
from serai.readiness.actions import (
    Refused,
    SeenAtDesk,
    forecast_event,
    note_at_desk,
    record_rehearsal,
    review_event,
    start_event,
)
from serai.readiness.models import Delegation, DeskNote
from serai.readiness.queries.verdicts import kept

pytestmark = pytest.mark.django_db
NOON, DAY = make.NOON, make.EVENT_AT


@pytest.fixture
def technician():
    return with_duty("technician")


def forecast():
    made = make.ready_delegation()
    forecast_event(plan=made.plan, by=None, now=NOON)
    made.refresh_from_db()
    return made


def test_an_event_goes_from_draft_to_reviewed(technician):
    made = make.ready_delegation()
    states = [made.state]

    def now_at():
        made.refresh_from_db()
        states.append(made.state)

    forecast_event(plan=made.plan, by=None, now=NOON)
    now_at()
    record_rehearsal(
        delegation=made, seen=SeenAtDesk(trouble="sound", text=" Echo. "), by=technician, now=NOON
    )
    now_at()
    start_event(plan=made.plan, by=technician, now=DAY)
    now_at()
    review_event(
        plan=made.plan, outcomes={made.public_id: ("fell_short", " Power cut. ")},
        by=technician, now=DAY + timedelta(hours=3),
    )  # fmt: skip
    now_at()

    assert states == ["draft", "forecast", "rehearsed", "live", "reviewed"]
    assert made.outcome == {"word": "fell_short", "note": "Power cut."}
    note = DeskNote.objects.get()
    assert (note.kind, note.trouble, note.text, note.by_id) == (
        "rehearsal", "sound", "Echo.", technician.person_id
    )  # fmt: skip


def test_a_delegation_rehearses_again_and_not_before_its_forecast(technician):
    made = forecast()

    for _ in range(2):
        record_rehearsal(delegation=made, seen=SeenAtDesk(), by=technician, now=NOON)
    with pytest.raises(Refused, match="Forecast the event first"):
        record_rehearsal(
            delegation=make.delegation(make.event_plan()), seen=SeenAtDesk(), by=technician,
            now=NOON,
        )  # fmt: skip

    assert made.notes.count() == 2


def test_a_live_delegation_does_not_rehearse(technician):
    with pytest.raises(Refused, match="moved meanwhile"):
        record_rehearsal(
            delegation=make.delegation(state="live"), seen=SeenAtDesk(), by=technician, now=NOON
        )


def test_the_desk_opens_a_day_before_and_not_for_nobody(technician):
    made = forecast()

    with pytest.raises(Refused, match="too early"):
        start_event(plan=made.plan, by=technician, now=DAY - timedelta(hours=25))
    with pytest.raises(Refused, match="Enter who takes part"):
        start_event(plan=make.event_plan(), by=technician, now=DAY)

    assert start_event(plan=made.plan, by=technician, now=DAY - timedelta(hours=24)) == 1


def test_a_cancelled_meeting_does_not_begin(technician):
    made = forecast()
    made.plan.meeting.state = "cancelled"
    made.plan.meeting.save()

    with pytest.raises(Refused, match="nothing to begin"):
        start_event(plan=made.plan, by=technician, now=DAY)


def test_who_has_no_forecast_gets_one_when_the_event_begins(technician):
    made = make.ready_delegation()

    start_event(plan=made.plan, by=technician, now=DAY)

    made.refresh_from_db()
    assert made.state == "live"
    assert kept(made.verdict).chance.run_count == 6


def test_notes_of_the_desk_stay_as_written(technician):
    made = make.delegation(state="live")
    seen = SeenAtDesk(is_in=True, on_plan="hotspot", trouble="line", text="Line fell.")

    note_at_desk(plan=made.plan, delegation=made, seen=seen, by=technician, now=DAY)
    note_at_desk(
        plan=made.plan, delegation=None, seen=SeenAtDesk(text="Break."), by=technician, now=DAY
    )

    rows = [
        (one.delegation_id, one.is_in, one.on_plan, one.trouble, one.text)
        for one in DeskNote.objects.order_by("id")
    ]
    assert rows == [
        (made.pk, True, "hotspot", "line", "Line fell."), (None, None, "", "", "Break.")
    ]  # fmt: skip


def test_notes_that_are_refused(technician):
    made = make.delegation(state="live")
    done = make.delegation(made.plan, state="reviewed")

    for plan, delegation, seen, says in (
        (make.event_plan(), None, SeenAtDesk(text="x"), "not live"),
        (made.plan, done, SeenAtDesk(text="x"), "not live any more"),
        (made.plan, None, SeenAtDesk(is_in=True), "Choose the delegation"),
        (made.plan, made, SeenAtDesk(on_plan="pigeon"), "Choose a way"),
    ):
        with pytest.raises(Refused, match=says):
            note_at_desk(plan=plan, delegation=delegation, seen=seen, by=technician, now=DAY)


def test_a_review_needs_the_hours_and_a_delegation(technician):
    made = make.delegation(state="live")
    outcome = {made.public_id: ("went_well", "")}

    with pytest.raises(Refused, match="has not begun"):
        review_event(plan=made.plan, outcomes=outcome, by=technician, now=NOON)
    with pytest.raises(Refused, match="at least one"):
        review_event(plan=made.plan, outcomes={}, by=technician, now=DAY)

    assert review_event(plan=made.plan, outcomes=outcome, by=technician, now=DAY) == 1
    with pytest.raises(Refused, match="at least one"):
        review_event(plan=made.plan, outcomes=outcome, by=technician, now=DAY)


@pytest.mark.parametrize("role", ["lead", "focal_point", "expert", "participant"])
def test_others_do_not_work_at_the_desk(role):
    made = make.delegation(state="live")
    by = viewer_with(role)

    for act in (
        lambda: record_rehearsal(delegation=made, seen=SeenAtDesk(), by=by, now=DAY),
        lambda: start_event(plan=made.plan, by=by, now=DAY),
        lambda: note_at_desk(
            plan=made.plan, delegation=made, seen=SeenAtDesk(text="x"), by=by, now=DAY
        ),
        lambda: review_event(
            plan=made.plan, outcomes={made.public_id: ("absent", "")}, by=by, now=DAY
        ),
    ):
        with pytest.raises(Denied):
            act()
    assert Delegation.objects.get().state == "live"
