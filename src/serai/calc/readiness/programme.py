"""A budget problem as a mixed-integer programme: columns of 0 or 1, and rows that bind them.

Levers do not touch each other, so an office that is to reach an event buys the cheapest option of
each lever that passes it. A column is therefore a *way*: one office, one event, and the levers in
which it relies on a shared item instead of buying. The choice of options needs no columns.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, combinations

import numpy as np
from scipy.optimize import LinearConstraint
from scipy.sparse import csr_array

from serai.calc.readiness.problem import (
    NO_EVENT,
    LeverOptions,
    Limits,
    OfficeOptions,
    Option,
    Problem,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way for one office to reach one event.

    Attributes:
        buys: option codes.
        relies: by lever, the shared items of which one must be bought.
    """

    office: str
    country: str
    event: str
    cost: Decimal
    buys: tuple[str, ...]
    relies: tuple[frozenset[str], ...]


@dataclass
class Rows:
    """Rows as they are written: coefficients by column, with bounds."""

    entries: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: Iterable[tuple[int, float]], low: float, high: float) -> None:
        """Write one row."""
        number = len(self.low)
        self.entries += [(number, column, value) for column, value in terms]
        self.low.append(low)
        self.high.append(high)

    def copy(self) -> "Rows":
        """Return rows that may be added to without changing these."""
        return Rows(list(self.entries), list(self.low), list(self.high))

    def constraint(self, columns: int) -> LinearConstraint:
        """Return the rows as SciPy takes them."""
        rows, places, values = zip(*self.entries, strict=True)
        shape = (len(self.low), columns)
        return LinearConstraint(
            csr_array((values, (rows, places)), shape=shape), self.low, self.high
        )


@dataclass
class Programme:
    """Ways first, then shared items; each column with its cost and value."""

    ways: tuple[Way, ...]
    items: tuple[str, ...]
    cost: tuple[float, ...]
    value: tuple[float, ...]
    rows: Rows


def programme(problem: Problem, limits: Limits) -> Programme:
    """Write a problem down.

    Args:
        problem: as `allowed` leaves it.
        limits: budget, floors and caps become rows.
    Raises:
        ValueError: if a floor names an event that the problem does not have.
    Source: docs/methods/budget-plan.md, "The programme".
    """
    for floor in limits.floors:
        if floor.event not in problem.values:
            raise ValueError(f"The floor of {floor.country} names {floor.event}: no such event.")
    ways = tuple(way for office in problem.offices for way in _ways(problem, office))
    items = tuple(one.code for one in problem.shared)
    weights = {office.code: office.weight for office in problem.offices}
    value = [float(weights[way.office] * problem.values[way.event]) for way in ways]
    cost = [way.cost for way in ways] + [one.cost for one in problem.shared]
    countries = [way.country for way in ways] + [one.country for one in problem.shared]
    rows = Rows()
    _one_way_an_office(rows, ways)
    _relied_on(rows, ways, items)
    for floor in limits.floors:
        order = list(problem.values)
        high = set(order[order.index(floor.event) :])
        terms = [
            (place, 1.0)
            for place, way in enumerate(ways)
            if way.country == floor.country and way.event in high
        ]
        # A country without an office cannot meet a floor: a row of nothing says so.
        rows.add(terms or [(0, 0.0)], floor.minimum, np.inf)
    for country, cap in limits.caps.items():
        spent = [(p, float(cost[p])) for p, own in enumerate(countries) if own == country]
        rows.add(spent or [(0, 0.0)], -np.inf, float(cap))
    rows.add(((p, float(one)) for p, one in enumerate(cost)), -np.inf, float(limits.budget))
    return Programme(ways, items, tuple(map(float, cost)), tuple(value) + (0.0,) * len(items), rows)


def _ways(problem: Problem, office: OfficeOptions) -> Iterator[Way]:
    """Yield the ways of an office, that to no event first."""
    yield Way(office.code, office.country, NO_EVENT, Decimal(0), (), ())
    for event in problem.events():
        levers = [lever for lever in office.levers if event not in lever.today]
        helped = {lever.lever: _items(problem, office, lever, event) for lever in levers}
        free = [lever for lever in levers if helped[lever.lever]]
        for relied in chain.from_iterable(combinations(free, n) for n in range(len(free) + 1)):
            chosen = [_cheapest(lever, event) for lever in levers if lever not in relied]
            buys = [one for one in chosen if one is not None]
            if len(buys) == len(chosen):
                yield Way(
                    office.code, office.country, event,
                    sum((one.cost for one in buys), Decimal(0)),
                    tuple(one.code for one in buys),
                    tuple(helped[lever.lever] for lever in relied),
                )  # fmt: skip


def _cheapest(lever: LeverOptions, event: str) -> Option | None:
    fit = [one for one in lever.options if event in one.passes]
    return min(fit, key=lambda one: (one.cost, one.code)) if fit else None


def _items(
    problem: Problem, office: OfficeOptions, lever: LeverOptions, event: str
) -> frozenset[str]:
    return frozenset(
        item.code
        for item in problem.shared
        if item.country == office.country
        and item.lever is lever.lever
        and event in item.passes.get(office.code, frozenset())
    )


def _one_way_an_office(rows: Rows, ways: tuple[Way, ...]) -> None:
    own: dict[str, list[tuple[int, float]]] = {}
    for place, way in enumerate(ways):
        own.setdefault(way.office, []).append((place, 1.0))
    for terms in own.values():
        rows.add(terms, 1, 1)


def _relied_on(rows: Rows, ways: tuple[Way, ...], items: tuple[str, ...]) -> None:
    """Let a way that relies on shared items be taken only where one of them is bought.

    An office takes one way, so those that rely on the same items share a row.
    """
    groups: dict[tuple[str, frozenset[str]], list[tuple[int, float]]] = {}
    for place, way in enumerate(ways):
        for needed in set(way.relies):
            groups.setdefault((way.office, needed), []).append((place, 1.0))
    places = {code: len(ways) + number for number, code in enumerate(items)}
    for (_, needed), terms in groups.items():
        rows.add([*terms, *((places[code], -1.0) for code in sorted(needed))], -np.inf, 0)
