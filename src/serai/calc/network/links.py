"""What several tests say of one office's line, and whether that is enough."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum

from serai.calc.network.quantiles import Spread, spread

FEWEST_RUNS = 3
FEWEST_DAYS = 2
MONDAY_TO_FRIDAY = frozenset(range(5))
BUSY_HOURS = ((time(9), time(12)), (time(14), time(17)))


class LinkThin(StrEnum):
    """Why the facts of a link are thin."""

    FEW_RUNS = "few_runs"
    FEW_DAYS = "few_days"
    NO_BUSY_HOUR = "no_busy_hour"
    THIN_RUNS = "thin_runs"


@dataclass(frozen=True, slots=True)
class LinkRun:
    """One test of the link.

    Attributes:
        at: when, by the office's own clock.
        down_mbps, up_mbps: its tails; None where missing.
        r: rating of a voice; None where missing.
        is_thin: whether the test is thin by itself.
    """

    at: datetime
    down_mbps: float | None
    up_mbps: float | None
    r: float | None
    is_thin: bool = False


@dataclass(frozen=True, slots=True)
class LinkFigures:
    """The link in its busy hours.

    Attributes:
        down_mbps, up_mbps, r: spread over runs in busy hours; over all runs where none was made
            in a busy hour; None where nothing was measured. The office's R is `r.p5`.
        runs, busy_runs, days: how many runs, in busy hours, and on how many days.
        thin: why it is thin evidence; empty where it is not.
    """

    down_mbps: Spread | None
    up_mbps: Spread | None
    r: Spread | None
    runs: int
    busy_runs: int
    days: int
    thin: tuple[LinkThin, ...]


def is_busy_hour(at: datetime, workdays: frozenset[int] = MONDAY_TO_FRIDAY) -> bool:
    """Tell whether a moment is in a busy hour: workdays 09-12 and 14-17, ends left out.

    Args:
        at: by the office's own clock.
        workdays: 0 for Monday to 6 for Sunday.
    Returns:
        Whether it is.
    Source: docs/methods/line-sizing.md, "Busy hours"; a convention of this method.
    """
    return at.weekday() in workdays and any(start <= at.time() < end for start, end in BUSY_HOURS)


def link_figures(
    runs: Sequence[LinkRun], workdays: frozenset[int] = MONDAY_TO_FRIDAY
) -> LinkFigures:
    """Sum up the tests of a link.

    Args:
        runs: those that count, in any order; void ones left out.
        workdays: 0 for Monday to 6 for Sunday.
    Returns:
        Spreads over the busy hours and why they may be thin: below 3 runs or 2 days, without a
        run in a busy hour, or where every run is thin by itself.
    Raises:
        NotMeasured: if a figure is not a finite number.
    Source: docs/methods/line-sizing.md, "Busy hours".
    """
    busy = [run for run in runs if is_busy_hour(run.at, workdays)]
    days = {run.at.date() for run in runs}
    told = busy or list(runs)
    reasons = (
        (LinkThin.FEW_RUNS, len(runs) < FEWEST_RUNS),
        (LinkThin.FEW_DAYS, len(days) < FEWEST_DAYS),
        (LinkThin.NO_BUSY_HOUR, not busy),
        (LinkThin.THIN_RUNS, bool(runs) and all(run.is_thin for run in told)),
    )
    return LinkFigures(
        down_mbps=_spread(told, lambda run: run.down_mbps),
        up_mbps=_spread(told, lambda run: run.up_mbps),
        r=_spread(told, lambda run: run.r),
        runs=len(runs),
        busy_runs=len(busy),
        days=len(days),
        thin=tuple(reason for reason, holds in reasons if holds),
    )


def _spread(runs: Sequence[LinkRun], read: Callable[[LinkRun], float | None]) -> Spread | None:
    found = [value for run in runs if (value := read(run)) is not None]
    return spread(found) if found else None
