"""The forecast of an event for each of its delegations, and the letters that come of it."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from django.db import transaction

from serai.base.access import Viewer, require
from serai.base.mail import send
from serai.calc.readiness.forecast import (
    DAY_MINUTES,
    Chance,
    Colour,
    PlanB,
    better_hour,
    capitals_outside_hours,
    chance_at,
    counted_at,
    forecast,
    plan_b,
)
from serai.programme.states import MeetingState
from serai.readiness import access, emails
from serai.readiness.actions.acts import note_audit
from serai.readiness.models import Delegation, EventPlan
from serai.readiness.queries.forecasts import KnownDelegation, known_delegations
from serai.readiness.queries.verdicts import Asked, BetterHour, Kept
from serai.readiness.states import DelegationState

AHEAD_DAYS = (10, 3, 1)
"""How many days before an event its forecasts are made anew, and letters written."""
HOUR_MINUTES = 60
STEP_MINUTES = 30
"""Starts are tried each half hour: some capitals are half an hour off the full ones."""


@transaction.atomic
def forecast_event(*, plan: EventPlan, by: Viewer | None, now: datetime) -> EventPlan:
    """Forecast each delegation from what is known now; a rehearsed one stays rehearsed.

    The hours are those of the meeting, wherever it was moved to since.
    """
    if by is not None:
        require(access.may_keep_event, by, plan)
    take_hours(plan)
    known = [one for one in known_delegations(plan) if one.delegation.state in access.BEFORE]
    better = _better(plan, known)
    for one in known:
        _keep(plan, one, better, now)
    note_audit("forecast_event", plan, by=by, now=now, after={"delegations": len(known)})
    return plan


def take_hours(plan: EventPlan) -> None:
    """Take the hours of the meeting over; of other hours letters are written anew."""
    if not _is_moved(plan):
        return
    plan.starts_at, plan.ends_at = plan.meeting.starts_at, plan.meeting.ends_at
    plan.save(update_fields=["starts_at", "ends_at"])
    plan.delegations.filter(state__in=access.BEFORE).update(warned_days=[])


def _is_moved(plan: EventPlan) -> bool:
    return (plan.starts_at, plan.ends_at) != (plan.meeting.starts_at, plan.meeting.ends_at)


def _chance(one: KnownDelegation, utc_minute: int) -> Chance:
    return chance_at(one.runs, one.need, (utc_minute + one.utc_offset) % DAY_MINUTES)


def _utc_minute(plan: EventPlan) -> int:
    utc = plan.starts_at.astimezone(UTC)
    return utc.hour * HOUR_MINUTES + utc.minute


def _better(plan: EventPlan, known: Sequence[KnownDelegation]) -> BetterHour:
    """Find the start that suits all delegations best, beside the one planned."""
    planned = _utc_minute(plan)
    minutes = int((plan.ends_at - plan.starts_at).total_seconds()) // HOUR_MINUTES
    capitals = [one.capital_offset for one in known]
    starts = range(0, DAY_MINUTES, STEP_MINUTES)
    chances = {start: [_chance(one, start).p for one in known] for start in starts}
    found = better_hour(chances, capitals, minutes) if known else None
    total = sum(_chance(one, planned).p for one in known)
    return BetterHour(
        utc_minute=found,
        total=sum(chances[found]) if found is not None else total,
        planned_total=total,
        outside_count=capitals_outside_hours(planned, set(capitals), minutes),
    )


def _keep(plan: EventPlan, one: KnownDelegation, better: BetterHour, now: datetime) -> None:
    start = _utc_minute(plan)
    found = forecast(one.facts, _chance(one, start))
    counted = counted_at(one.runs, one.need, (start + one.utc_offset) % DAY_MINUTES)
    rated = [run.r for run in counted if run.r is not None]
    delegation = one.delegation
    delegation.verdict = Kept(
        colour=found.colour,
        reasons=found.reasons,
        chance=found.chance,
        asked=Asked(one.need.down_mbps, one.need.up_mbps, one.need.r, one.need.is_udp_needed),
        checks=one.checks,
        is_r_at_best=any(run.is_r_at_best for run in counted),
        r_lowest=min(rated, default=None),
        better=better,
        reach=one.reach,
    ).to_json()
    feasible = {**one.feasible, PlanB.BETTER_HOUR: better.has_better_line}
    delegation.plan_b = [way.value for way in plan_b(feasible)]
    delegation.forecast_at = now
    if delegation.state == DelegationState.DRAFT:
        delegation.state = DelegationState.FORECAST.value
    delegation.save(update_fields=["verdict", "plan_b", "forecast_at", "state"])


# ---------------------------------------------------------------- ten, three and one day ahead
@transaction.atomic
def forecast_coming(*, now: datetime) -> int:
    """Forecast again the events that have come within 10, 3 or 1 days, and write letters.

    Returns:
        How many events were forecast.
    """
    coming = EventPlan.objects.filter(
        meeting__starts_at__gt=now,
        meeting__starts_at__lte=now + timedelta(days=max(AHEAD_DAYS)),
    ).exclude(meeting__state=MeetingState.CANCELLED)
    plans = coming.select_related("framework__initiative", "meeting").order_by("id")
    return sum(_forecast_ahead(plan, now) for plan in plans)


def _forecast_ahead(plan: EventPlan, now: datetime) -> bool:
    """Forecast an event and write its letters, once at each of the days ahead."""
    left = (plan.meeting.starts_at - now) / timedelta(days=1)
    due = [days for days in AHEAD_DAYS if left <= days]
    if not (_unwarned(plan, due[-1]) or _is_moved(plan)):
        return False
    forecast_event(plan=plan, by=None, now=now)
    warned = _unwarned(plan, due[-1])
    for one in warned:
        one.warned_days = sorted({*one.warned_days, *due}, reverse=True)
        one.save(update_fields=["warned_days"])
    _write(plan, warned, due[-1], now)
    return True


def _unwarned(plan: EventPlan, days: int) -> list[Delegation]:
    """Return the delegations of which no letter was written so many days ahead."""
    rows = plan.delegations.filter(state__in=access.BEFORE).select_related(
        "office__organisation", "office__initiative"
    )
    return [one for one in rows.order_by("id") if days not in one.warned_days]


def _write(plan: EventPlan, warned: Sequence[Delegation], days: int, now: datetime) -> None:
    """Write to delegations that do not look green, to each its plan B, to officers once."""
    worried = [one for one in warned if one.verdict.get("colour") != Colour.GREEN.value]
    for one in worried:
        for message in emails.forecast_warning(one, days=days, now=now):
            send(message)
    for one in warned:
        for message in emails.plan_b_card(one, now=now):
            send(message)
    if worried:
        for message in emails.event_warning(plan, days=days, now=now):
            send(message)
