"""Whether a line became better: tests before and after, compared by resampled hours."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum
from statistics import median

import numpy as np

from serai.calc.network.maths import Array

FEWEST_RUNS = 5
FEWEST_DAYS = 2
DRAWS = 2000
INTERVAL_SHARE = 0.9


class Better(IntEnum):
    """Which way is better."""

    MORE = 1
    LESS = -1


class Verdict(StrEnum):
    """What the comparison says."""

    IMPROVED = "improved"
    NO_CLEAR_CHANGE = "no_clear_change"
    WORSE = "worse"
    TOO_FEW = "too_few"


class NotComparable(ValueError):
    """Readings that say nothing of a change; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What must be the same before and after, or the comparison is one of settings."""

    point: str
    room: str
    is_wired: bool
    browser: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one run.

    Attributes:
        value: in any unit, the same for all.
        at: when, by the office's own clock.
        setting: how it was measured.
    """

    value: float
    at: datetime
    setting: Setting


@dataclass(frozen=True, slots=True)
class Side:
    """How much stands on one side: runs and days."""

    runs: int
    days: int

    @property
    def is_enough(self) -> bool:
        """Tell whether something may be said."""
        return self.runs >= FEWEST_RUNS and self.days >= FEWEST_DAYS


@dataclass(frozen=True, slots=True)
class Change:
    """The comparison.

    Attributes:
        verdict: improved, no clear change, worse, or too few.
        difference: median after - median before; None where too few.
        low, high: its 90 % interval; None where too few.
        before, after: what it rests on.
    """

    verdict: Verdict
    difference: float | None
    low: float | None
    high: float | None
    before: Side
    after: Side


def change(
    before: Sequence[Reading], after: Sequence[Reading], *, better: Better, seed: int
) -> Change:
    """Compare the medians before and after.

    Args:
        before: readings of one figure, in any order.
        after: the same figure later.
        better: which way is better.
        seed: of the draws; the same seed and readings give the same interval.
    Returns:
        The verdict with the difference of medians and its 90 % interval: 2,000 draws of whole
        hours, each side with replacement, since runs of one hour resemble each other. Clear is
        what keeps 0 outside the interval. Below 5 runs or 2 days on a side: too few.
    Raises:
        NotComparable: if settings differ or a value is not a finite number.
    Source: Efron and Tibshirani (1993), percentile interval; docs/methods/line-change.md.
    """
    _check(before, after)
    sides = _side(before), _side(after)
    if not all(side.is_enough for side in sides):
        return Change(Verdict.TOO_FEW, None, None, None, *sides)
    rng = np.random.default_rng(seed)
    drawn_before = _medians(before, rng)
    drawn = _medians(after, rng) - drawn_before
    outside = (1 - INTERVAL_SHARE) / 2
    low, high = (float(edge) for edge in np.quantile(drawn, (outside, 1 - outside)))
    difference = median(one.value for one in after) - median(one.value for one in before)
    return Change(_verdict(low, high, better), difference, low, high, *sides)


def _verdict(low: float, high: float, better: Better) -> Verdict:
    if low <= 0 <= high:
        return Verdict.NO_CLEAR_CHANGE
    return Verdict.IMPROVED if (low > 0) == (better == Better.MORE) else Verdict.WORSE


def _side(readings: Sequence[Reading]) -> Side:
    return Side(len(readings), len({one.at.date() for one in readings}))


def _medians(readings: Sequence[Reading], rng: np.random.Generator) -> Array:
    """Draw hours with replacement and return the median of each draw, `DRAWS` values.

    Hours hold unequal numbers of runs, so rows are filled up with NaN, which sorts behind.
    """
    hours: defaultdict[tuple[date, int], list[float]] = defaultdict(list)
    for one in sorted(readings, key=lambda one: (one.at.replace(tzinfo=None), one.value)):
        hours[one.at.date(), one.at.hour].append(one.value)
    blocks = np.full((len(hours), max(map(len, hours.values()))), np.nan)
    for row, found in zip(blocks, hours.values(), strict=True):
        row[: len(found)] = found
    chosen = rng.integers(len(blocks), size=(DRAWS, len(blocks)))
    values = np.sort(blocks[chosen].reshape(DRAWS, -1), axis=1)
    counts = np.count_nonzero(~np.isnan(values), axis=1)
    rows = np.arange(DRAWS)
    middle: Array = (values[rows, (counts - 1) // 2] + values[rows, counts // 2]) / 2
    return middle


def _check(before: Sequence[Reading], after: Sequence[Reading]) -> None:
    readings = (*before, *after)
    for one in readings:
        if not math.isfinite(one.value):
            raise NotComparable(f"The reading {one.value} is not a finite number.")
    if len({one.setting for one in readings}) > 1:
        raise NotComparable(
            "Readings were taken at different points, rooms, wirings or browsers. "
            "Compare those of one setting."
        )
