"""How far an office comes by each package: alone, and with those before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from serai.calc.readiness.attainment import passes
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.facts import Keys, Seen
from serai.calc.readiness.ladder import Requirement
from serai.calc.readiness.packages import Package, with_packages

RowsByEvent = Mapping[str, Sequence[Requirement]]


@dataclass(frozen=True, slots=True)
class Step:
    """One package and the highest event that all rows of then pass; "" for none.

    Attributes:
        mends: whether a row passes with it that did not before.
        alone: with this package and nothing else.
        together: with it and all packages before it.
    """

    package: str
    mends: bool
    alone: str
    together: str


def reached(rows: RowsByEvent, seen: Seen) -> str:
    """Name the highest event whose rows all pass.

    Args:
        rows: by event, from the simplest up; an event without rows is never reached.
        seen: the office from one room.
    Returns:
        The event's code; "" for none.
    Source: docs/methods/readiness-scores.md, "Events".
    """
    found = [event for event, needed in rows.items() if needed and passes(needed, seen)]
    return found[-1] if found else ""


def outlook(
    rows: RowsByEvent, seen: Seen, packages: Sequence[Package], keys: Keys
) -> tuple[Step, ...]:
    """Say what each package would let an office do.

    Args:
        rows: by event, from the simplest up.
        seen: the office from the room the packages go to.
        packages: in the order in which they are bought.
        keys: all fact keys.
    Returns:
        One step a package, in the order given.
    Source: docs/methods/budget-plan.md, "Options": a guaranteed fact replaces a worse one.
    """
    every = {id(one): one for needed in rows.values() for one in needed}.values()
    steps = []
    for place, package in enumerate(packages, 1):
        alone = with_packages(seen, [package], keys)
        steps.append(
            Step(
                package.code,
                _mends(every, seen, alone),
                reached(rows, alone),
                reached(rows, with_packages(seen, packages[:place], keys)),
            )
        )
    return tuple(steps)


def _mends(rows: Iterable[Requirement], before: Seen, after: Seen) -> bool:
    return any(
        one.condition.verdict(after) is Verdict.PASSES
        and one.condition.verdict(before) is not Verdict.PASSES
        for one in rows
    )
