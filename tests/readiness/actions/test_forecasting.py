"""Forecasts: the colour with its reasons, the better hour, letters ten, three and one day ahead."""

from datetime import timedelta

import pytest
from tests.factories import readiness as make
from tests.factories.members import grant, person, viewer_with

from serai.base.access import Denied
from serai.base.models import Message as Letter
from serai.calc.readiness.forecast import Colour, PlanB, Reason
from serai.readiness.actions import forecast_coming, forecast_event
from serai.readiness.models import Delegation, EventPlan
from serai.readiness.queries.verdicts import kept

pytestmark = pytest.mark.django_db
NOON = make.NOON


def forecast_of(made: Delegation):
    forecast_event(plan=made.plan, by=None, now=NOON)
    made.refresh_from_db()
    return kept(made.verdict)


def test_a_tested_line_on_a_permitted_platform_is_green():
    made = make.ready_delegation()

    found = forecast_of(made)

    assert (found.colour, found.reasons) == (Colour.GREEN, ())
    assert (found.chance.run_count, found.chance.short_count) == (6, 0)
    assert round(found.chance.p, 4) == 0.0714
    assert (made.state, made.forecast_at) == ("forecast", NOON)


def test_three_of_fourteen_tests_are_the_worked_example():
    found = forecast_of(make.ready_delegation(good=11, bad=3))

    rounded = [round(one, 4) for one in (found.chance.p, found.chance.low, found.chance.high)]
    assert rounded == [0.2333, 0.0818, 0.4264]
    assert (found.colour, found.reasons) == (Colour.AMBER, (Reason.MAY_FALL_SHORT,))


def test_a_line_that_mostly_fell_short_is_red():
    found = forecast_of(make.ready_delegation(good=1, bad=5))

    assert (found.colour, found.reasons) == (Colour.RED, (Reason.LIKELY_SHORT,))


def test_tests_at_another_hour_count_for_nothing():
    made = make.delegation()
    make.policy(made.office.organisation)
    make.runs_at_ten(made.office, 6, before=make.EVENT_AT + timedelta(hours=6))

    found = forecast_of(made)

    assert (found.chance.run_count, found.reasons) == (
        0, (Reason.MAY_FALL_SHORT, Reason.FEW_RUNS)
    )  # fmt: skip


def test_a_forbidden_platform_is_red_whatever_the_line():
    made = make.ready_delegation()
    make.policy(made.office.organisation, "forbidden")

    found = forecast_of(made)

    assert (found.colour, found.reasons) == (Colour.RED, (Reason.PLATFORM,))
    assert found.checks.platform == "forbidden"


def test_voice_without_loss_and_jitter_is_at_best():
    place = make.probed_office(initiative=make.home())
    hall = make.probed_room(place, seats=10)
    made = make.ready_delegation(place=place, room=hall, role="room")

    found = forecast_of(made)

    assert (found.asked.r, found.is_r_at_best) == (70, True)
    assert found.r_lowest > 80


def test_a_room_that_is_too_small_and_no_room_are_red():
    plan = make.event_plan()
    place = make.probed_office(initiative=make.home())
    small = make.ready_delegation(
        plan, place=place, room=make.probed_room(place, seats=2), role="room", seats=3
    )
    without = make.ready_delegation(plan, role="room")

    assert forecast_of(small).reasons[0] is Reason.ROOM
    assert forecast_of(without).reasons == (Reason.ROOM,)


def test_an_office_that_is_not_scored_leaves_its_gates_unknown():
    made = make.delegation(role="host", room=None)
    make.assessment(made.office, {"security.update_days": 90, "plan.last_mile_months": 3})

    found = forecast_of(made)

    assert (found.checks.security, found.checks.contingency) == ("unknown", "unknown")
    assert "90" not in str(made.verdict)


def test_a_scored_office_fails_its_security_gate():
    made = make.delegation(role="host")
    make.assessment(
        made.office, {"security.update_days": 90, "plan.last_mile_months": 3}, state="scored"
    )

    found = forecast_of(made)

    assert (found.checks.security, found.checks.contingency) == ("fail", "pass")
    assert Reason.GATE in found.reasons
    assert "90" not in str(made.verdict)


def test_the_first_feasible_way_is_the_plan():
    plan = make.event_plan()
    tried = make.ready_delegation(plan)
    make.assessment(
        tried.office, {"continuity.second_line": "hotspot", "continuity.failover_months": 3},
        state="scored",
    )  # fmt: skip
    tested = make.ready_delegation(plan)
    plain = make.delegation(plan)

    forecast_event(plan=plan, by=None, now=NOON)

    for one in (tried, tested, plain):
        one.refresh_from_db()
    assert tried.plan_b[0] == PlanB.HOTSPOT
    assert tested.plan_b[0] == PlanB.AUDIO_ONLY
    assert PlanB.STATEMENT in plain.plan_b
    assert PlanB.AUDIO_ONLY not in plain.plan_b


def test_kit_on_loan_serves_its_country_alone():
    from tests.factories import planning
    from tests.factories.members import member

    made = make.delegation()
    planning.provided(country=member("GEO"), package="LOAN", state="installed")
    planning.provided(country=member("UZB"), package="LOAN", state="ordered")

    forecast_of(made)

    assert made.plan_b[0] == PlanB.LOAN_KIT


def test_a_better_hour_is_found_within_the_working_day():
    made = make.ready_delegation(good=1, bad=5)
    make.runs_at_ten(made.office, 9, before=make.EVENT_AT + timedelta(hours=5))

    found = forecast_of(made)

    assert found.better.is_better is True
    assert found.better.total < found.better.planned_total
    # Three o'clock in Tbilisi: two hours still end by six, and only good tests are near.
    assert 8 * 60 <= found.better.utc_minute + 240 <= 16 * 60
    assert PlanB.BETTER_HOUR in made.plan_b


def test_the_meeting_moves_and_its_event_with_it():
    made = make.ready_delegation()
    meeting = made.plan.meeting
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    meeting.save()

    forecast_event(plan=EventPlan.objects.get(), by=None, now=NOON)

    assert EventPlan.objects.get().starts_at == make.EVENT_AT + timedelta(days=1)


def test_who_forecasts_at_once():
    made = make.delegation()

    forecast_event(plan=made.plan, by=viewer_with("officer"), now=NOON)
    for role in ("lead", "focal_point", "participant"):
        with pytest.raises(Denied):
            forecast_event(plan=made.plan, by=viewer_with(role), now=NOON)


def test_what_is_live_keeps_its_forecast():
    made = make.ready_delegation()
    forecast_of(made)
    Delegation.objects.update(state="live")
    make.policy(made.office.organisation, "forbidden")

    assert forecast_of(made).colour is Colour.GREEN


def test_known_facts_ask_as_much_of_three_as_of_one(django_assert_num_queries):
    from serai.readiness.queries.forecasts import known_delegations

    plan = make.event_plan()
    make.ready_delegation(plan)
    known_delegations(plan)
    with django_assert_num_queries(6):
        known_delegations(plan)
    make.ready_delegation(plan)
    make.ready_delegation(plan)
    with django_assert_num_queries(6):
        assert len(known_delegations(plan)) == 3


# ---------------------------------------------------------------- ahead
def letters(kind: str) -> list[tuple[int, str]]:
    found = Letter.objects.filter(key__startswith=f"readiness.{kind}:").order_by("id")
    return [(one.person_id, one.key.rpartition(":")[2]) for one in found]


def with_people(made: Delegation):
    lead, officer = person(), person()
    grant("lead", to=lead, organisation=made.office.organisation)
    grant("officer", to=officer)
    return lead, officer


def test_letters_are_written_ten_three_and_one_day_ahead_and_once():
    made = make.delegation()
    lead, officer = with_people(made)

    for days in (11, 9.9, 9.5, 3, 2, 1, 0.5):
        forecast_coming(now=make.EVENT_AT - timedelta(days=days))

    assert letters("forecast_warning") == [(lead.pk, "10"), (lead.pk, "3"), (lead.pk, "1")]
    assert letters("event_warning") == [(officer.pk, "10"), (officer.pk, "3"), (officer.pk, "1")]
    assert letters("plan_b_card") == [(lead.pk, "statement")]
    made.refresh_from_db()
    assert made.warned_days == [10, 3, 1]


def test_letters_are_written_again_for_another_day():
    made = make.delegation()
    lead, _officer = with_people(made)
    forecast_coming(now=NOON)
    meeting = made.plan.meeting
    meeting.starts_at += timedelta(days=1)
    meeting.ends_at += timedelta(days=1)
    meeting.save()

    for hours in (1, 2, 25):
        forecast_coming(now=NOON + timedelta(hours=hours))

    assert letters("forecast_warning") == [(lead.pk, "10"), (lead.pk, "10")]
    assert letters("plan_b_card") == [(lead.pk, "statement"), (lead.pk, "statement")]
    made.refresh_from_db()
    assert made.plan.starts_at == meeting.starts_at


def test_green_delegations_get_their_card_and_no_warning():
    made = make.ready_delegation()
    lead, _officer = with_people(made)

    assert forecast_coming(now=NOON) == 1

    assert (letters("forecast_warning"), letters("event_warning")) == ([], [])
    assert letters("plan_b_card") == [(lead.pk, "audio_only")]


def test_who_is_entered_late_is_forecast_and_written_to_by_itself():
    plan = make.event_plan()
    first = make.delegation(plan)
    early, _officer = with_people(first)
    forecast_coming(now=NOON)
    late = make.delegation(plan)
    lead = person()
    grant("lead", to=lead, organisation=late.office.organisation)

    forecast_coming(now=NOON + timedelta(hours=1))

    assert letters("forecast_warning") == [(early.pk, "10"), (lead.pk, "10")]


def test_past_far_and_cancelled_events_are_left_alone():
    make.delegation(make.event_plan(starts_at=NOON - timedelta(days=1)))
    make.delegation(make.event_plan(starts_at=NOON + timedelta(days=11)))
    cancelled = make.event_plan()
    make.delegation(cancelled)
    cancelled.meeting.state = "cancelled"
    cancelled.meeting.save()

    assert forecast_coming(now=NOON) == 0
    assert Letter.objects.count() == 0
