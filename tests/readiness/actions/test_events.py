"""Events planned beside a meeting, delegations entered, changed and taken out."""

from datetime import timedelta

import pytest
from tests.factories import programme as meetings
from tests.factories import readiness as make
from tests.factories.members import viewer_with

from serai.base.access import Denied, NotFound
from serai.calc.readiness.forecast import Colour
from serai.readiness.actions import (
    EventFacts,
    Place,
    Refused,
    add_delegation,
    change_delegation,
    change_event,
    drop_delegation,
    forecast_event,
    plan_event,
)
from serai.readiness.models import Delegation, EventPlan
from serai.readiness.queries.verdicts import kept

pytestmark = pytest.mark.django_db
NOON = make.NOON


def facts(**fields) -> EventFacts:
    defaults = {
        "event": "E2", "platform": "teams", "languages": ["en"], "sensitivity": "medium",
        "contacts": " Sam, +995 1 ",
    }  # fmt: skip
    return EventFacts(**(defaults | fields))


def planned(**fields) -> EventPlan:
    held = meetings.meeting(
        starts_at=make.EVENT_AT, ends_at=make.EVENT_AT + timedelta(hours=2), **fields
    )
    edition = make.framework()
    make.tiers()
    return plan_event(
        framework=edition, meeting=held.public_id, facts=facts(), by=viewer_with("officer"),
        now=NOON,
    )  # fmt: skip


def test_an_event_takes_its_hours_from_its_meeting():
    made = planned()

    assert (made.event, made.platform, made.sensitivity) == ("E2", "teams", "medium")
    assert (made.starts_at, made.contacts) == (make.EVENT_AT, "Sam, +995 1")


def test_a_meeting_is_planned_once_and_not_once_it_is_cancelled():
    made = planned()
    cancelled = meetings.meeting(state="cancelled")

    for number, says in (
        (made.meeting.public_id, "planned as an event already"),
        (cancelled.public_id, "cancelled"),
    ):
        with pytest.raises(Refused, match=says):
            plan_event(
                framework=made.framework, meeting=number, facts=facts(),
                by=viewer_with("officer"), now=NOON,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "field"), [({"event": "E9"}, "event"), ({"platform": "pigeon"}, "platform")]
)
def test_what_the_framework_does_not_know_is_refused_by_its_field(given, field):
    made = planned()

    with pytest.raises(Refused) as error:
        change_event(plan=made, facts=facts(**given), by=viewer_with("officer"), now=NOON)

    assert error.value.field == field


def test_others_plan_nothing():
    edition = make.framework()
    held = meetings.meeting()
    for role in ("lead", "focal_point", "expert"):
        with pytest.raises(Denied):
            plan_event(
                framework=edition, meeting=held.public_id, facts=facts(), by=viewer_with(role),
                now=NOON,
            )  # fmt: skip


def test_a_meeting_nobody_knows_is_not_found():
    with pytest.raises(NotFound):
        plan_event(
            framework=make.framework(), meeting="nowhere", facts=facts(),
            by=viewer_with("officer"), now=NOON,
        )  # fmt: skip


def test_a_changed_event_is_forecast_anew():
    made = make.ready_delegation()
    forecast_event(plan=made.plan, by=None, now=NOON)

    change_event(
        plan=made.plan, facts=facts(sensitivity="low", platform="zoom", event="E1"),
        by=viewer_with("officer"), now=NOON,
    )  # fmt: skip

    made.refresh_from_db()
    assert kept(made.verdict).checks.platform == "unknown"


def test_a_live_event_stays_as_it_was_planned():
    made = make.delegation(state="live")

    with pytest.raises(Refused, match="has begun"):
        change_event(plan=made.plan, facts=facts(), by=viewer_with("officer"), now=NOON)
    with pytest.raises(Refused, match="has begun"):
        add_delegation(
            plan=made.plan, place=Place(make.probed_office(), None, "seat", 1),
            by=viewer_with("officer"), now=NOON,
        )  # fmt: skip


# ---------------------------------------------------------------- delegations
def test_an_officer_enters_any_office_and_a_lead_their_own():
    plan, place, other = make.event_plan(), make.office(), make.office()
    lead = viewer_with("lead", place.organisation)
    hall = make.probed_room(place)

    add_delegation(
        plan=plan, place=Place(other, None, "host", 4), by=viewer_with("officer"), now=NOON
    )
    made = add_delegation(plan=plan, place=Place(place, hall, "room", 8), by=lead, now=NOON)

    assert (made.office, made.room, made.role, made.seats, made.state) == (
        place, hall, "room", 8, "draft"
    )  # fmt: skip
    with pytest.raises(Denied):
        add_delegation(plan=plan, place=Place(make.office(), None, "seat", 1), by=lead, now=NOON)


def test_a_focal_point_enters_the_offices_of_the_country():
    plan, place = make.event_plan(), make.office()

    add_delegation(
        plan=plan, place=Place(place, None, "seat", 1), by=viewer_with("focal_point", "GEO"),
        now=NOON,
    )  # fmt: skip
    with pytest.raises(Denied):
        add_delegation(
            plan=plan, place=Place(make.office(), None, "seat", 1),
            by=viewer_with("focal_point", "UZB"), now=NOON,
        )  # fmt: skip


def test_a_lead_does_not_make_itself_the_host():
    place = make.office()

    with pytest.raises(Refused, match="An officer says who holds"):
        add_delegation(
            plan=make.event_plan(), place=Place(place, None, "host", 1),
            by=viewer_with("lead", place.organisation), now=NOON,
        )  # fmt: skip


def test_a_room_of_another_office_and_a_place_taken_are_refused():
    plan, place = make.event_plan(), make.office()
    make.delegation(plan, place)
    foreign = make.probed_room(make.office())

    for room, says in ((foreign, "another office"), (None, "from there already")):
        with pytest.raises(Refused, match=says):
            add_delegation(
                plan=plan, place=Place(place, room, "room", 1), by=viewer_with("officer"),
                now=NOON,
            )  # fmt: skip


def test_who_joins_a_forecast_event_is_forecast_at_once():
    first = make.ready_delegation()
    forecast_event(plan=first.plan, by=None, now=NOON)

    made = add_delegation(
        plan=first.plan, place=Place(make.office(), None, "seat", 1),
        by=viewer_with("officer"), now=NOON,
    )  # fmt: skip

    assert (made.state, kept(made.verdict).colour) == ("forecast", Colour.AMBER)


def test_a_delegation_that_moves_has_to_rehearse_again():
    made = make.ready_delegation()
    forecast_event(plan=made.plan, by=None, now=NOON)
    Delegation.objects.update(state="rehearsed", rehearsed_at=NOON)
    made.refresh_from_db()
    hall = make.probed_room(made.office, seats=9)

    change_delegation(
        delegation=made, place=Place(made.office, hall, "room", 9),
        by=viewer_with("lead", made.office.organisation), now=NOON,
    )  # fmt: skip

    assert (made.state, made.rehearsed_at, made.room) == ("forecast", None, hall)


def test_a_delegation_is_taken_out_until_it_is_live():
    plan = make.event_plan()
    made, live = make.delegation(plan), make.delegation(plan, state="live")
    officer = viewer_with("officer")

    drop_delegation(delegation=made, by=officer, now=NOON)
    with pytest.raises(Denied):
        drop_delegation(delegation=live, by=officer, now=NOON)

    assert list(plan.delegations.all()) == [live]


def test_others_take_nothing_out():
    made = make.delegation()

    for viewer in (viewer_with("lead"), viewer_with("contributor", made.office.organisation)):
        with pytest.raises(Denied):
            drop_delegation(delegation=made, by=viewer, now=NOON)
