"""The forecast of an event for each of its delegations, and the warnings that come of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from serai.base.access import Viewer, require
from serai.base.mail import send
from serai.calc.readiness.forecast import (
    DAY_MINUTES,
    Chance,
    Colour,
    Forecast,
    PlanB,
    better_hour,
    chance_at,
    forecast,
    plan_b,
)
from serai.readiness import access, emails
from serai.readiness.actions.acts import note_audit
from serai.readiness.models import EventPlan
from serai.readiness.queries.forecasts import Known, known_of
from serai.readiness.states import DelegationState

AHEAD_DAYS = (10, 3, 1)
HOUR_MINUTES = 60
BEFORE = frozenset(
    {DelegationState.DRAFT, DelegationState.FORECAST, DelegationState.REHEARSED}
)
"""States in which a delegation may still be forecast."""


@dataclass(frozen=True)
class Made:
    """One delegation's forecast with what to do instead."""

    known: Known
    found: Forecast
    instead: tuple[PlanB, ...]


@transaction.atomic
def forecast_event(*, plan: EventPlan, by: Viewer | None, now: datetime) -> EventPlan:
    """Forecast each delegation from what is known now; a rehearsed one stays rehearsed."""
    if by is not None:
        require(access.may_keep_event, by, plan)
    known = [one for one in known_of(plan) if one.delegation.state in BEFORE]
    hour = _better(plan, known)
    for one in known:
        _keep(plan, _made(plan, one, hour), hour, now)
    note_audit("forecast_event", plan, by=by, now=now, after={"delegations": len(known)})
    return plan


def _chance(plan: EventPlan, one: Known, utc_minute: int) -> Chance:
    return chance_at(one.runs, one.need, (utc_minute + one.utc_offset) % DAY_MINUTES)


def _utc_minute(plan: EventPlan) -> int:
    at = plan.starts_at
    offset = at.utcoffset() or timedelta(0)
    utc = at - offset
    return utc.hour * HOUR_MINUTES + utc.minute


def _better(plan: EventPlan, known: Sequence[Known]) -> int | None:
    """Return a start that suits all better than the one planned, in minutes of UTC; None if none."""
    if not known:
        return None
    starts = range(0, DAY_MINUTES, HOUR_MINUTES)
    chances = {start: [_chance(plan, one, start).p for one in known] for start in starts}
    minutes = int((plan.ends_at - plan.starts_at).total_seconds()) // HOUR_MINUTES
    found = better_hour(chances, [one.capital_offset for one in known], minutes)
    now = sum(_chance(plan, one, _utc_minute(plan)).p for one in known)
    return found if found is not None and sum(chances[found]) < now else None


def _made(plan: EventPlan, one: Known, hour: int | None) -> Made:
    found = forecast(one.facts, _chance(plan, one, _utc_minute(plan)))
    instead = plan_b({**one.feasible, PlanB.BETTER_HOUR: hour is not None})
    return Made(one, found, instead)


def _keep(plan: EventPlan, made: Made, hour: int | None, now: datetime) -> None:
    delegation, chance = made.known.delegation, made.found.chance
    delegation.verdict = {
        "colour": made.found.colour.value,
        "reasons": [one.value for one in made.found.reasons],
        "p": chance.p, "low": chance.low, "high": chance.high,
        "runs": chance.run_count, "short": chance.short_count,
        "down_mbps": made.known.need.down_mbps, "up_mbps": made.known.need.up_mbps,
        "r": made.known.need.r, "better_utc_minute": hour,
    }  # fmt: skip
    delegation.plan_b = [one.value for one in made.instead]
    delegation.forecast_at = now
    if delegation.state == DelegationState.DRAFT:
        delegation.state = DelegationState.FORECAST.value
    delegation.save(update_fields=["verdict", "plan_b", "forecast_at", "state"])


@transaction.atomic
def forecast_coming(*, now: datetime) -> int:
    """Forecast the events of the next ten days; warn of those that do not look green.

    Returns:
        How many delegations were warned of.
    """
    coming = EventPlan.objects.filter(
        starts_at__gt=now, starts_at__lte=now + timedelta(days=max(AHEAD_DAYS))
    ).exclude(meeting__state="cancelled")
    warned = 0
    for plan in coming.select_related("framework__initiative", "meeting").order_by("id"):
        forecast_event(plan=plan, by=None, now=now)
        warned += _warn(plan, now)
    return warned


def _warn(plan: EventPlan, now: datetime) -> int:
    """Write once a delegation at each of 10, 3 and 1 days ahead, at the nearest that is due."""
    left = (plan.starts_at - now) / timedelta(days=1)
    due = [days for days in AHEAD_DAYS if left <= days]
    count = 0
    rows = plan.delegations.select_related("office__organisation", "office__initiative")
    for one in rows.order_by("id"):
        if one.state not in BEFORE or one.verdict.get("colour") == Colour.GREEN.value:
            continue
        if not due or due[-1] in one.warned_days:
            continue
        one.warned_days = sorted({*one.warned_days, *due}, reverse=True)
        one.save(update_fields=["warned_days"])
        for message in emails.forecast_warning(one, days=due[-1], now=now):
            send(message)
        count += 1
    return count
