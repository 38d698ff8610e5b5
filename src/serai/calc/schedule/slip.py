"""How far dates moved from the baseline, and how often they were kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from serai.calc.schedule.windows import Window

FEWEST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Slip:
    """Days from baseline to plan or completion; positive is later.

    Attributes:
        days: latest day minus latest baseline day; None where it is not established.
        low: the least it can be; None where there is no lower bound.
        high: the most it can be; None where there is no upper bound.
        is_about: a window on either side is wider than a day.
    """

    days: int | None
    low: int | None
    high: int | None
    is_about: bool

    @property
    def is_established(self) -> bool:
        """Whether more than a bound is known."""
        return self.days is not None


def slip(plan: Window, baseline: Window) -> Slip:
    """Compare a plan with its baseline.

    Args:
        plan: end window [E, L].
        baseline: end window [E₀, L₀].
    Returns:
        L - L₀ days, within [E - L₀, L - E₀].
    Source: docs/methods/schedule.md, "Slip".
    """
    return Slip(
        days=(plan.end_latest - baseline.end_latest).days,
        low=_days(plan.end_earliest, baseline.end_latest),
        high=_days(plan.end_latest, baseline.end_earliest),
        is_about=not (plan.is_day and baseline.is_day),
    )


def completion_slip(completion: Window, baseline: Window) -> Slip:
    """Compare a completion with its baseline; "by x" gives a bound, not a figure.

    Args:
        completion: when it was reached; without an earliest day only "at most" is known.
        baseline: end window [E₀, L₀].
    Returns:
        As `slip`; for "by x" no days and no lower bound, at most x - E₀.
    Source: docs/methods/schedule.md, "Slip".
    """
    found = slip(completion, baseline)
    if completion.end_earliest is not None:
        return found
    return Slip(days=None, low=None, high=found.high, is_about=True)


def _days(day: date | None, origin: date | None) -> int | None:
    return None if day is None or origin is None else (day - origin).days


@dataclass(frozen=True, slots=True)
class Punctuality:
    """How many completions kept their baseline.

    Attributes:
        on_time: completions on a known day, not after the baseline's latest day.
        known: completions on a known day that have a baseline.
        unknown: completions without a known day or without a baseline.
    """

    on_time: int
    known: int
    unknown: int

    @property
    def share(self) -> float | None:
        """Share on time, 0 to 1; None (hidden) below five known ones."""
        return None if self.known < FEWEST_SHOWN else self.on_time / self.known


def punctuality(completions: Iterable[tuple[Window, Window | None]]) -> Punctuality:
    """Count the completions that kept their baseline.

    Args:
        completions: each completion with its baseline, None where it has none.
    Returns:
        Counts; the share is hidden below five completions with a known day.
    Source: docs/methods/schedule.md, "Punctuality".
    """
    on_time = known = unknown = 0
    for completion, baseline in completions:
        if baseline is None or not completion.is_day:
            unknown += 1
            continue
        known += 1
        on_time += completion.end_latest <= baseline.end_latest
    return Punctuality(on_time, known, unknown)
