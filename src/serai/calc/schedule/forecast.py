"""When milestones will be reached, given those they wait for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic

from serai.calc.schedule.order import Key, Link, LinkKind, topological_order
from serai.calc.schedule.windows import Window


@dataclass(frozen=True, slots=True)
class Task(Generic[Key]):
    """A milestone with the plan and the completion known on the day of the forecast."""

    key: Key
    plan: Window | None
    completion: Window | None = None


@dataclass(frozen=True, slots=True)
class Forecast(Generic[Key]):
    """When one milestone will be reached.

    Attributes:
        low: earliest day; None where nothing bounds it from below.
        high: latest day; None where neither it nor what it waits for has a date.
        late_days: days by which `high` passes the plan's latest day; 0 if it does not.
        chain: the milestones that push `high`, first cause first, this one last.
        undated: milestones without a date on which it depends: the forecast leaves them out.
        is_at_risk: not done, not yet past its own date, and pushed beyond it.
    """

    low: date | None
    high: date | None
    late_days: int
    chain: tuple[Key, ...]
    undated: tuple[Key, ...] = ()
    is_at_risk: bool = False


@dataclass(slots=True)
class _Bound(Generic[Key]):
    """Earliest and latest day of one end, and the chain that sets the latest."""

    low: date | None
    high: date | None
    chain: tuple[Key, ...]

    def push(self, other: "_Bound[Key]", lag_days: int, key: Key) -> None:
        """Move both days so that this end is not before the other plus the lag."""
        lag = timedelta(days=lag_days)
        self.low = _later(self.low, None if other.low is None else other.low + lag)
        if other.high is not None and (self.high is None or other.high + lag > self.high):
            self.high = other.high + lag
            self.chain = other.chain + (key,)


@dataclass(slots=True)
class _Ends(Generic[Key]):
    start: _Bound[Key]
    finish: _Bound[Key]


_HOLDS_START = {LinkKind.FINISH_START, LinkKind.START_START}
_BY_FINISH = {LinkKind.FINISH_START, LinkKind.FINISH_FINISH}


def forecast(
    tasks: Sequence[Task[Key]], links: Sequence[Link[Key]], day: date
) -> dict[Key, Forecast[Key]]:
    """Carry delays forward along the dependencies, in calendar days.

    A finish is at the earliest max(E, predecessors' low + lag), at the latest max(L, predecessors'
    high + lag). What is unfinished and past its date is taken to end on the day asked for; what is
    done keeps its day. A milestone that does not last begins and ends on the same day; one that
    lasts ends no earlier than it begins (its length is not kept).

    Args:
        tasks: milestones with plan and completion as known on the day.
        links: dependencies; those whose ends are not both among the tasks are left out.
        day: the day of the forecast.
    Returns:
        One forecast per task, in topological order.
    Raises:
        Cycle: if milestones wait for each other.
    Source: docs/methods/schedule.md, "Forecast".
    """
    known = {task.key: task for task in tasks}
    used = [link for link in links if link.milestone in known and link.after in known]
    before: dict[Key, list[Link[Key]]] = defaultdict(list)
    for link in used:
        before[link.milestone].append(link)
    ends: dict[Key, _Ends[Key]] = {}
    undated: dict[Key, set[Key]] = {}
    found: dict[Key, Forecast[Key]] = {}
    for key in topological_order(known, used):
        task = known[key]
        ends[key] = _ends(task, [(link, ends[link.after]) for link in before[key]], day)
        undated[key] = _undated(task, [link.after for link in before[key]], undated, ends)
        found[key] = _forecast(task, ends[key].finish, tuple(sorted(undated[key])), day)
    return found


def _ends(task: Task[Key], held: Sequence[tuple[Link[Key], _Ends[Key]]], day: date) -> _Ends[Key]:
    if task.completion is not None:
        return _done(task, task.completion)
    start, finish = _planned(task, day)
    for link, other in held:
        cause = other.finish if link.kind in _BY_FINISH else other.start
        (start if link.kind in _HOLDS_START else finish).push(cause, link.lag_days, task.key)
    if start is not finish:
        _follow(start, finish)
    return _Ends(start, finish)


def _follow(start: _Bound[Key], finish: _Bound[Key]) -> None:
    """Let a lasting thing end no earlier than it begins."""
    finish.low = _later(finish.low, start.low)
    if start.high is not None and (finish.high is None or start.high > finish.high):
        finish.high, finish.chain = start.high, start.chain


def _later(day: date | None, other: date | None) -> date | None:
    """Return the later of two days; a day that is not known bounds nothing."""
    return max((known for known in (day, other) if known is not None), default=None)


def _done(task: Task[Key], completion: Window) -> _Ends[Key]:
    finish = _Bound(completion.end_earliest, completion.end_latest, (task.key,))
    begun = completion if completion.lasts else task.plan
    if begun is None or begun.start_earliest is None or begun.start_latest is None:
        return _Ends(finish, finish)
    latest = min(begun.start_latest, completion.end_latest)
    earliest = min(begun.start_earliest, latest)
    return _Ends(_Bound(earliest, latest, (task.key,)), finish)


def _planned(task: Task[Key], day: date) -> tuple[_Bound[Key], _Bound[Key]]:
    chain, plan = (task.key,), task.plan
    if plan is None:
        point: _Bound[Key] = _Bound(None, None, chain)
        return point, point
    if day > plan.end_latest:
        finish = _Bound[Key](day, day, chain)
    else:
        finish = _Bound(plan.end_earliest, plan.end_latest, chain)
    if plan.start_earliest is None:
        return finish, finish
    return _Bound(plan.start_earliest, plan.start_latest, chain), finish


def _undated(
    task: Task[Key],
    held_by: Sequence[Key],
    undated: dict[Key, set[Key]],
    ends: dict[Key, _Ends[Key]],
) -> set[Key]:
    """Name the milestones without any date that this one waits for; a done one waits no more."""
    if task.completion is not None:
        return set()
    found: set[Key] = set()
    for key in held_by:
        found |= undated[key]
        if ends[key].finish.high is None:
            found.add(key)
    return found


def _forecast(
    task: Task[Key], finish: _Bound[Key], undated: tuple[Key, ...], day: date
) -> Forecast[Key]:
    late_days = 0
    is_open = task.completion is None and task.plan is not None
    if is_open and task.plan is not None and finish.high is not None:
        late_days = max(0, (finish.high - task.plan.end_latest).days)
    is_at_risk = task.plan is not None and late_days > 0 and day <= task.plan.end_latest
    return Forecast(finish.low, finish.high, late_days, finish.chain, undated, is_at_risk)
