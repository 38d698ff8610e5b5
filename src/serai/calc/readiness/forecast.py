"""Will an event go well for a delegation: chance of falling short, colour, plan B, better hour."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import betaincinv

FEW_RUNS = 5
RED_FROM = 0.5
AMBER_FROM = 0.15
TAIL = 0.05
WINDOW_MINUTES = 120
DAY_MINUTES = 1440
OPENS, CLOSES = 8 * 60, 18 * 60


class Colour(StrEnum):
    """How an event looks for one delegation."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Permission(StrEnum):
    """What the delegation's organisation lets it use."""

    PERMITTED = "permitted"
    APPROVAL = "approval"
    FORBIDDEN = "forbidden"


class Reason(StrEnum):
    """What gives a forecast its colour."""

    PLATFORM = "platform"
    ROOM = "room"
    MICROPHONE = "microphone"
    GATE = "gate"
    LIKELY_SHORT = "likely_short"
    MAY_FALL_SHORT = "may_fall_short"
    FEW_RUNS = "few_runs"
    DECLARED = "declared"
    NOT_KNOWN = "not_known"


class PlanB(StrEnum):
    """What a delegation may do when its line fails, in the order to try."""

    HOTSPOT = "hotspot"
    GREEN_OFFICE = "green_office"
    LOAN_KIT = "loan_kit"
    AUDIO_ONLY = "audio_only"
    DIAL_IN = "dial_in"
    STATEMENT = "statement"
    BETTER_HOUR = "better_hour"


@dataclass(frozen=True, slots=True)
class Run:
    """One test run.

    Attributes:
        local_minute: when it began, minutes after the office's midnight, 0 to 1439.
        r: voice quality R; None where the run gives none.
        udp_open: None where UDP could not be measured.
    """

    local_minute: int
    down_mbps: float
    up_mbps: float
    r: float | None = None
    udp_open: bool | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """What an event asks of a line."""

    down_mbps: float
    up_mbps: float
    r: float = 0.0
    is_udp_needed: bool = False


@dataclass(frozen=True, slots=True)
class Chance:
    """The chance of falling short.

    Attributes:
        p: (k + 1/2) / (n + 1).
        low: 5 % quantile of Beta(k + 1/2, n - k + 1/2).
        high: its 95 % quantile.
    """

    run_count: int
    short_count: int
    p: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Delegation:
    """What is known of one delegation beside its runs; None is not known."""

    platform: Permission | None
    has_room: bool | None
    has_microphone: bool | None
    gates_pass: bool | None
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class Forecast:
    """Colour and all reasons for it."""

    colour: Colour
    reasons: tuple[Reason, ...]
    chance: Chance


def chance(short_count: int, run_count: int) -> Chance:
    """Estimate the chance of falling short, by Jeffreys' prior.

    Args:
        short_count: k, runs that fell short.
        run_count: n, all runs; 0 is allowed.
    Raises:
        ValueError: if not 0 <= k <= n.
    Source: docs/methods/event-forecast.md, "Chance".
    """
    if not 0 <= short_count <= run_count:
        raise ValueError(f"{short_count} short runs of {run_count} cannot be.")
    a, b = short_count + 0.5, run_count - short_count + 0.5
    low, high = float(betaincinv(a, b, TAIL)), float(betaincinv(a, b, 1 - TAIL))
    return Chance(run_count, short_count, a / (run_count + 1), low, high)


def is_short(run: Run, need: Need) -> bool | None:
    """Tell whether a run falls short; None where a figure is missing and no other decides."""
    if run.down_mbps < need.down_mbps or run.up_mbps < need.up_mbps:
        return True
    checks: list[bool | None] = []
    if need.r > 0:
        checks.append(None if run.r is None else run.r < need.r)
    if need.is_udp_needed:
        checks.append(None if run.udp_open is None else not run.udp_open)
    return True if True in checks else None if None in checks else False


def chance_at(runs: Iterable[Run], need: Need, local_minute: int) -> Chance:
    """Estimate the chance from the runs within two hours of a local start.

    The clock is a circle: 23:00 and 01:00 are two hours apart. Runs that lack a needed figure
    are not counted.

    Args:
        runs: of the delegation's office.
        need: what the event asks of the line.
        local_minute: the start, minutes after the office's midnight.
    """
    found = [is_short(run, need) for run in runs if _apart(run.local_minute, local_minute)]
    counted = [one for one in found if one is not None]
    return chance(sum(counted), len(counted))


def _apart(minute: int, other: int) -> bool:
    distance = abs(minute - other) % DAY_MINUTES
    return min(distance, DAY_MINUTES - distance) <= WINDOW_MINUTES


def forecast(delegation: Delegation, found: Chance) -> Forecast:
    """Colour an event for one delegation.

    Red: platform forbidden, no fit room or microphone, a gate fails, or p >= 1/2 of 5 runs or
    more. Amber: p >= 0.15, fewer than 5 runs, declared only, or something of the first list is
    not known or wants an approval. Else green.

    Source: docs/methods/event-forecast.md, "Colour".
    """
    red = _red(delegation, found)
    if red:
        return Forecast(Colour.RED, red, found)
    amber = _amber(delegation, found)
    return Forecast(Colour.AMBER if amber else Colour.GREEN, amber, found)


def _red(delegation: Delegation, found: Chance) -> tuple[Reason, ...]:
    checks = (
        (Reason.PLATFORM, delegation.platform is Permission.FORBIDDEN),
        (Reason.ROOM, delegation.has_room is False),
        (Reason.MICROPHONE, delegation.has_microphone is False),
        (Reason.GATE, delegation.gates_pass is False),
        (Reason.LIKELY_SHORT, found.p >= RED_FROM and found.run_count >= FEW_RUNS),
    )
    return tuple(reason for reason, holds in checks if holds)


def _amber(delegation: Delegation, found: Chance) -> tuple[Reason, ...]:
    known = (
        delegation.platform, delegation.has_room, delegation.has_microphone, delegation.gates_pass,
    )  # fmt: skip
    checks = (
        (Reason.PLATFORM, delegation.platform is Permission.APPROVAL),
        (Reason.NOT_KNOWN, None in known),
        (Reason.MAY_FALL_SHORT, found.p >= AMBER_FROM),
        (Reason.FEW_RUNS, found.run_count < FEW_RUNS),
        (Reason.DECLARED, delegation.is_declared),
    )
    return tuple(reason for reason, holds in checks if holds)


def plan_b(feasible: Mapping[PlanB, bool]) -> tuple[PlanB, ...]:
    """Put what is feasible in the order to try; the first is the plan.

    Args:
        feasible: what the delegation can do; what is not named it cannot.
    Returns:
        Tested hotspot, green office in the city, loan kit, audio with slides sent ahead, dial-in,
        recorded statement, better hour: those that are feasible, in this order.
    """
    return tuple(one for one in PlanB if feasible.get(one, False))


def better_hour(
    chances: Mapping[int, Sequence[float]], offsets: Iterable[int], duration_minutes: int
) -> int | None:
    """Find the start with the least sum of chances, within 08:00-18:00 in every capital.

    Args:
        chances: UTC minute of the day to every delegation's p at that start.
        offsets: each capital's minutes ahead of UTC on the day.
        duration_minutes: of the event, above 0.
    Returns:
        The UTC minute; of equals the earliest; None where no start suits every capital.
    """
    away = tuple(offsets)
    fit = [
        (sum(found), minute)
        for minute, found in chances.items()
        if all(_in_hours(minute + offset, duration_minutes) for offset in away)
    ]
    return min(fit)[1] if fit else None


def _in_hours(local_minute: int, duration_minutes: int) -> bool:
    start = local_minute % DAY_MINUTES
    return start >= OPENS and start + duration_minutes <= CLOSES


def capitals_outside_hours(utc_minute: int, offsets: Iterable[int], duration_minutes: int) -> int:
    """Count the capitals in which an event is not within 08:00-18:00."""
    return sum(not _in_hours(utc_minute + offset, duration_minutes) for offset in offsets)
