"""What changed in a plan between two days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic

from serai.calc.schedule.order import Key
from serai.calc.schedule.slip import Slip, slip
from serai.calc.schedule.status import Standing, Status, standing
from serai.calc.schedule.windows import Window


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One milestone as known on a day."""

    plan: Window | None
    completion: Window | None = None


@dataclass(frozen=True, slots=True)
class Move(Generic[Key]):
    """A milestone whose dates were changed; no slip where a date was first set or taken away."""

    key: Key
    before: Window | None
    after: Window | None
    slip: Slip | None


@dataclass(frozen=True, slots=True)
class Turn(Generic[Key]):
    """A milestone that stands elsewhere than before, for example newly overdue."""

    key: Key
    before: Standing
    after: Standing


@dataclass(frozen=True, slots=True)
class Changes(Generic[Key]):
    """What changed between two days, in the order the milestones were given.

    Attributes:
        added: milestones new on the second day.
        removed: milestones no longer there.
        done: milestones completed in between.
        reopened: milestones whose completion was withdrawn.
        slipped: milestones planned later than before.
        advanced: milestones planned earlier than before.
        reworded: milestones with other dates or words but the same latest day, or a date first set.
        turned: milestones whose status changed, whatever the cause.
    """

    added: tuple[Key, ...]
    removed: tuple[Key, ...]
    done: tuple[Key, ...]
    reopened: tuple[Key, ...]
    slipped: tuple[Move[Key], ...]
    advanced: tuple[Move[Key], ...]
    reworded: tuple[Move[Key], ...]
    turned: tuple[Turn[Key], ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(
            (self.added, self.removed, self.done, self.reopened, self.slipped, self.advanced,
             self.reworded, self.turned)
        )  # fmt: skip


def changes(
    before: Mapping[Key, Snapshot], after: Mapping[Key, Snapshot], *, since: date, until: date
) -> Changes[Key]:
    """Compare what was known on two days.

    Args:
        before: milestones as known on the first day.
        after: milestones as known on the second day.
        since: the first day.
        until: the second day.
    Returns:
        Added, removed, done, reopened, moved and turned milestones; one may stand in several.
    Source: docs/methods/schedule.md, "Changes".
    """
    both = [key for key in after if key in before]
    moves = [
        move for key in both if (move := _move(key, before[key].plan, after[key].plan)) is not None
    ]
    turns = [_turn(key, before[key], after[key], since, until) for key in both]
    added = [key for key in after if key not in before]
    born_done = [key for key in added if after[key].completion is not None]
    done = [key for key in both if before[key].completion is None and after[key].completion]
    return Changes(
        added=tuple(added),
        removed=tuple(key for key in before if key not in after),
        done=tuple(key for key in after if key in set(done) | set(born_done)),
        reopened=tuple(
            key for key in both if before[key].completion and after[key].completion is None
        ),
        slipped=tuple(move for move in moves if _days(move) > 0),
        advanced=tuple(move for move in moves if _days(move) < 0),
        reworded=tuple(move for move in moves if _days(move) == 0),
        turned=tuple(turn for turn in turns if turn.before.status != turn.after.status),
    )


def _move(key: Key, before: Window | None, after: Window | None) -> Move[Key] | None:
    if before == after:
        return None
    if before is None or after is None:
        return Move(key, before, after, None)
    return Move(key, before, after, slip(after, before))


def _days(move: Move[Key]) -> int:
    return 0 if move.slip is None or move.slip.days is None else move.slip.days


def _turn(key: Key, before: Snapshot, after: Snapshot, since: date, until: date) -> Turn[Key]:
    return Turn(
        key,
        standing(before.plan, before.completion, since),
        standing(after.plan, after.completion, until),
    )


def counts(standings: Mapping[Key, Standing]) -> dict[Status, int]:
    """Count milestones per status, every status named, in the order of the rules."""
    found = dict.fromkeys(Status, 0)
    for one in standings.values():
        found[one.status] += 1
    return found
