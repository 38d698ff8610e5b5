"""What the budget is planned over: offices with options by lever, shared items, limits; the plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from serai.calc.readiness.framework import Lever

NO_EVENT = "E0"


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that may be bought for one office and lever.

    Attributes:
        code: unique in the problem, such as "A1/link/LINK".
        packages: what is bought.
        passes: the events whose rows of this lever all pass with it.
    """

    code: str
    packages: tuple[str, ...]
    cost: Decimal
    passes: frozenset[str]


@dataclass(frozen=True, slots=True)
class LeverOptions:
    """One lever of one office: the events that pass today, and what may be bought."""

    lever: Lever
    today: frozenset[str]
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeOptions:
    """One office of a plan.

    Attributes:
        weight: how much its events count.
        levers: those that any event has rows for.
    """

    code: str
    country: str
    levers: tuple[LeverOptions, ...]
    weight: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class SharedItem:
    """Something bought once for all offices of a country.

    Attributes:
        package: code of what is bought.
        passes: events whose rows of the lever pass in an office that uses it, by office.
    """

    code: str
    country: str
    lever: Lever
    cost: Decimal
    passes: Mapping[str, frozenset[str]]
    package: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything that may be chosen.

    Attributes:
        values: event code to value, from the lowest event to the highest; `E0` (no event) has
            value 0 and is always possible.
    """

    values: Mapping[str, Decimal]
    offices: tuple[OfficeOptions, ...]
    shared: tuple[SharedItem, ...] = ()

    def events(self) -> tuple[str, ...]:
        """Return the event codes in their order, without `E0`."""
        return tuple(code for code in self.values if code != NO_EVENT)


@dataclass(frozen=True, slots=True)
class Floor:
    """A country shall have so many offices that host this event or a higher one."""

    country: str
    event: str
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Budget and side conditions of one scenario, in one currency.

    Attributes:
        caps: most that may be spent in a country.
        excluded: codes of options, shared items or packages that are not bought.
    """

    budget: Decimal
    floors: tuple[Floor, ...] = ()
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()


class PlanStatus(StrEnum):
    """How a plan came out."""

    OPTIMAL = "optimal"
    BEST_FOUND = "best_found"
    INFEASIBLE = "infeasible"
    TIMED_OUT = "timed_out"


@dataclass(frozen=True, slots=True)
class Plan:
    """What to buy, and what it gives.

    Attributes:
        value: sum of weight * value of the events reached.
        bought: codes of options and shared items, sorted.
        events: office code to the event it can host.
        bound: no plan is worth more than this.
        gap: (bound - value) / bound; 0 where the plan is the best.
        least_budget: where infeasible, the least that meets the floors; None where none does.
    """

    status: PlanStatus
    value: Decimal = Decimal(0)
    cost: Decimal = Decimal(0)
    bought: tuple[str, ...] = ()
    events: Mapping[str, str] = field(default_factory=dict)
    bound: float = 0.0
    gap: float = 0.0
    least_budget: Decimal | None = None


def allowed(problem: Problem, limits: Limits) -> Problem:
    """Leave out what is excluded, and options that another of their lever makes pointless.

    An option is pointless if another costs no more and passes all that it passes, or if it passes
    nothing that does not pass today.
    """
    offices = tuple(
        OfficeOptions(
            one.code,
            one.country,
            tuple(
                LeverOptions(lever.lever, lever.today, _useful(lever, limits.excluded))
                for lever in one.levers
            ),
            one.weight,
        )
        for one in problem.offices
    )
    shared = tuple(one for one in problem.shared if not {one.code, one.package} & limits.excluded)
    return Problem(problem.values, offices, shared)


def _useful(lever: LeverOptions, excluded: frozenset[str]) -> tuple[Option, ...]:
    kept: list[Option] = []
    given = [one for one in lever.options if not {one.code, *one.packages} & excluded]
    for one in sorted(given, key=lambda each: (each.cost, -len(each.passes), each.code)):
        gain = one.passes - lever.today
        if gain and not any(gain <= other.passes | lever.today for other in kept):
            kept.append(one)
    return tuple(kept)
