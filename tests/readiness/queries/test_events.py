"""Events: who sees which, what of them; a host's count; what may be chosen."""

from datetime import timedelta

import pytest
from tests.factories import programme as meetings
from tests.factories import readiness as make
from tests.factories.members import organisation, viewer_with
from tests.readiness.access.test_events import CASES, viewer
from tests.readiness.access.test_providing import with_duty

from serai.base.access import NotFound
from serai.calc.readiness.forecast import Colour
from serai.readiness import queries
from serai.readiness.actions import forecast_event
from serai.readiness.states import DelegationState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize(("who", "expected"), CASES.items())
def test_the_list_holds_what_the_rule_lets_see(who, expected):
    made = make.delegation()
    found = viewer(who, made)

    rows = queries.events(found)

    assert [row.public_id for row in rows] == ([made.plan.public_id] if expected[1] else [])
    assert sum(row.unforecast for row in rows) == int(expected[3])
    if expected[1]:
        assert queries.event(found, made.plan.public_id) == made.plan
    else:
        with pytest.raises(NotFound):
            queries.event(found, made.plan.public_id)


def test_the_list_asks_as_much_of_three_as_of_one(django_assert_num_queries):
    officer = viewer_with("officer")
    make.ready_delegation()
    queries.events(officer)
    with django_assert_num_queries(6):
        assert len(queries.events(officer)) == 1
    for day in (1, 2):
        plan = make.event_plan(starts_at=make.EVENT_AT + timedelta(days=day))
        make.delegation(plan)
        make.delegation(plan)
    with django_assert_num_queries(6):
        assert [row.total for row in queries.events(officer)] == [2, 2, 1]


def test_forecasts_of_others_are_not_counted_for_a_lead():
    plan = make.event_plan()
    own = make.ready_delegation(plan)
    make.ready_delegation(plan, good=0, bad=6)
    forecast_event(plan=plan, by=None, now=NOON)

    (row,) = queries.events(viewer_with("lead", own.office.organisation))
    (whole,) = queries.events(viewer_with("officer"))

    assert (row.counts[Colour.GREEN], row.counts[Colour.RED], row.total) == (1, 0, 2)
    assert (whole.counts[Colour.GREEN], whole.counts[Colour.RED]) == (1, 1)


def test_an_event_is_as_far_as_the_delegation_furthest_behind():
    plan = make.event_plan()
    make.delegation(plan, state="rehearsed")
    make.delegation(plan, state="forecast")

    page = queries.event_page(viewer_with("officer"), plan)

    assert page.row.state is DelegationState.FORECAST
    assert queries.event_page(viewer_with("officer"), make.event_plan()).row.state == "draft"


def hosted(others: int):
    """An event held by one office, with some green others and one red."""
    plan = make.event_plan()
    host = make.ready_delegation(plan, role="host")
    for number in range(others):
        make.ready_delegation(plan, good=6 if number else 0, bad=0 if number else 6)
    forecast_event(plan=plan, by=None, now=NOON)
    return plan, host


def test_a_host_is_told_a_count_and_never_whose():
    plan, host = hosted(5)
    page = queries.event_page(viewer_with("lead", host.office.organisation), plan)

    assert page.host_count == queries.HostCount(others=5, worried=1)
    assert [row.public_id for row in page.delegations] == [host.public_id]


def test_a_count_of_too_few_is_not_told():
    plan, host = hosted(4)
    page = queries.event_page(viewer_with("lead", host.office.organisation), plan)

    assert page.host_count == queries.HostCount(others=4, worried=None)


def test_who_holds_nothing_and_who_sees_all_get_no_count():
    plan = make.event_plan()
    made = make.ready_delegation(plan)
    make.delegation(plan, role="host")

    for found in (
        viewer_with("lead", made.office.organisation), viewer_with("officer"),
        with_duty("technician"), viewer_with("expert", f"{make.HOME}:GEO"),
    ):  # fmt: skip
        assert queries.event_page(found, plan).host_count is None


def test_numbers_to_call_are_for_those_who_take_part():
    plan = make.event_plan(contacts="Sam, +995 1")
    made = make.delegation(plan)

    told = {
        who: queries.event_page(found, plan).contacts
        for who, found in (
            ("lead", viewer_with("lead", made.office.organisation)),
            ("other lead", viewer_with("lead")), ("officer", viewer_with("officer")),
            ("technician", with_duty("technician")),
        )
    }  # fmt: skip

    assert told == {
        "lead": "Sam, +995 1", "other lead": "", "officer": "Sam, +995 1",
        "technician": "Sam, +995 1",
    }  # fmt: skip


def test_an_event_is_open_until_somebody_is_live():
    plan = make.event_plan()
    own = make.delegation(plan)
    lead = viewer_with("lead", own.office.organisation)
    before = queries.event_page(lead, plan)
    make.delegation(plan, state="live")
    after = queries.event_page(lead, queries.event(lead, plan.public_id))

    assert (before.is_open, before.may_enter, before.may_keep) == (True, True, False)
    assert (after.is_open, after.may_enter) == (False, False)


def test_a_meeting_that_was_moved_is_told_until_it_is_forecast_again():
    made = make.ready_delegation()
    officer = viewer_with("officer")
    moved = [queries.event_page(officer, made.plan).is_moved]
    forecast_event(plan=made.plan, by=None, now=NOON)
    made.plan.meeting.starts_at -= timedelta(hours=1)
    made.plan.meeting.save()
    moved.append(queries.event_page(officer, queries.event(officer, made.plan.public_id)).is_moved)
    forecast_event(plan=queries.event(officer, made.plan.public_id), by=None, now=NOON)
    moved.append(queries.event_page(officer, queries.event(officer, made.plan.public_id)).is_moved)

    assert moved == [False, True, False]


def test_a_delegation_is_found_by_its_readers_alone():
    made = make.delegation()

    assert queries.delegation(viewer_with("focal_point", "GEO"), made.public_id) == made
    for found, number in (
        (viewer_with("lead"), made.public_id), (viewer_with("officer"), "nowhere"),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            queries.delegation(found, number)


def test_meetings_to_plan_are_to_come_and_not_planned_or_cancelled():
    plan = make.event_plan()
    coming = meetings.meeting(
        starts_at=make.EVENT_AT, ends_at=make.EVENT_AT + timedelta(hours=1), title="Coming"
    )
    meetings.meeting(title="Past")
    late = make.EVENT_AT + timedelta(days=9)
    meetings.meeting(state="cancelled", starts_at=late, ends_at=late + timedelta(hours=1))

    found = queries.meetings_to_plan(viewer_with("officer"), NOON)

    assert [row.public_id for row in found] == [coming.public_id]
    assert plan.meeting.public_id not in {row.public_id for row in found}


def test_places_to_enter_are_ones_own_and_open():
    plan, place = make.event_plan(), make.office()
    make.office(organisation=place.organisation, unit_key="closed", is_closed=True)
    make.office()

    own = queries.places_to_enter(viewer_with("lead", place.organisation), plan)

    assert own == [place]
    assert len(queries.places_to_enter(viewer_with("officer"), plan)) == 2
    assert queries.places_to_enter(viewer_with("contributor", place.organisation), plan) == []


def test_events_are_planned_in_the_edition_in_use():
    with pytest.raises(NotFound):
        queries.framework_of_events(viewer_with("officer"))
    made = make.framework()

    assert queries.framework_of_events(viewer_with("officer")) == made
    assert [code for code, _name in queries.event_types(made)] == ["E1", "E2", "E3", "E4", "E5"]
    with pytest.raises(NotFound):
        queries.framework_of_events(viewer_with("lead"))


def test_other_offices_of_the_city_are_named_to_officers_alone():
    made = make.delegation()
    near = make.probed_office(name="Near", organisation=organisation())
    make.probed_office(name="Far", city="Batumi")
    made.refresh_from_db()

    assert queries.offices_in_city(viewer_with("officer"), made) == [near.name]
    assert queries.offices_in_city(viewer_with("lead", made.office.organisation), made) == []


SEES_GATE = {"officer", "coordinator", "lead", "focal_point", "deputy", "contributor"}


@pytest.mark.parametrize("who", [name for name, rights in CASES.items() if rights[3]])
def test_whether_the_security_gate_is_passed_is_told_to_few(who):
    made = make.ready_delegation()
    forecast_event(plan=made.plan, by=None, now=NOON)
    made.refresh_from_db()
    made.verdict["checks"]["security"] = "fail"

    row = queries.delegation_row(viewer(who, made), made)

    assert row.forecast.checks.security == ("fail" if who in SEES_GATE else "")


def test_a_technician_is_told_that_an_event_is_over():
    made = make.delegation(state="reviewed")
    technician = with_duty("technician")

    page = queries.event_page(technician, made.plan)

    assert (page.delegations, page.is_over) == ((), True)
    assert queries.event_page(viewer_with("officer"), made.plan).is_over is False
    assert queries.event_page(technician, make.event_plan(starts_at=NOON)).is_over is False


def test_the_meeting_is_linked_for_those_who_see_it():
    plan = make.event_plan()
    number = plan.meeting.public_id

    assert queries.event_page(viewer_with("officer"), plan).meeting_public_id == number
    assert queries.event_page(with_duty("technician"), plan).meeting_public_id == ""
