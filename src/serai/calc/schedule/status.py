"""Where a milestone stands on a day; never stored, always computed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from serai.calc.schedule.windows import Window

SOON_DAYS = 30


class Status(StrEnum):
    """Where a milestone stands."""

    DONE = "done"
    OVERDUE = "overdue"
    DUE = "due"
    DUE_SOON = "due_soon"
    RUNNING = "running"
    PLANNED = "planned"
    NO_DATE = "no_date"


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with its days: past the latest day if overdue, left if due soon, else None."""

    status: Status
    days: int | None = None


_DONE, _DUE = Standing(Status.DONE), Standing(Status.DUE)
_RUNNING, _PLANNED = Standing(Status.RUNNING), Standing(Status.PLANNED)
_NO_DATE = Standing(Status.NO_DATE)


def standing(plan: Window | None, completion: Window | None, day: date) -> Standing:
    """Say where a milestone stands on a day; the first rule that fits holds.

    done (a completion is known) → overdue (day after the latest end) → due (day within the end
    window) → due soon (latest end within 30 days) → running (begun) → planned.

    Args:
        plan: the plan that holds on that day; None if no date is set.
        completion: the completion known on that day; None if none is recorded.
        day: the day asked for.
    Returns:
        The status; days past for overdue, days left for due soon.
    Source: docs/methods/schedule.md, "Status".
    """
    if completion is not None:
        return _DONE
    if plan is None:
        return _NO_DATE
    left = (plan.end_latest - day).days
    if left < 0:
        return Standing(Status.OVERDUE, -left)
    if day >= (plan.end_earliest or plan.end_latest):
        return _DUE
    if left <= SOON_DAYS:
        return Standing(Status.DUE_SOON, left)
    return _RUNNING if _has_begun(plan, day) else _PLANNED


def _has_begun(plan: Window, day: date) -> bool:
    """Tell whether a lasting thing has begun; an ongoing one without a start always has."""
    if plan.start_earliest is None:
        return plan.is_ongoing
    return day >= plan.start_earliest
