"""The best use of a budget, as a mixed-integer programme solved by HiGHS, counted again exactly."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.problem import (
    Floor,
    LeverOptions,
    Limits,
    OfficeOptions,
    Plan,
    PlanStatus,
    Problem,
    allowed,
)
from serai.calc.readiness.recheck import best_events, faults, plan_value, total_cost

GAP = 1e-4
TRIES = 6
_LIMIT_REACHED, _INFEASIBLE = 1, 2
_HALF = 0.5


@dataclass
class _Rows:
    """Rows of a programme as they are written: coefficients by column, with bounds."""

    entries: list[tuple[int, int, float]]
    low: list[float]
    high: list[float]

    def add(self, terms: Mapping[int, float], low: float, high: float) -> int:
        """Write one row; returns its number."""
        number = len(self.low)
        self.entries += [(number, column, value) for column, value in terms.items()]
        self.low.append(low)
        self.high.append(high)
        return number

    def constraint(self, columns: int) -> LinearConstraint:
        """Return the rows as SciPy takes them."""
        rows, cols, values = zip(*self.entries, strict=True)
        matrix = csr_array((values, (rows, cols)), shape=(len(self.low), columns))
        return LinearConstraint(matrix, self.low, self.high)


@dataclass
class _Programme:
    """A problem as columns (what is bought, then which event) and rows."""

    problem: Problem
    columns: dict[str, int]
    reached: dict[tuple[str, str], int]
    cost: dict[int, float]
    value: dict[int, float]
    rows: _Rows
    budget_row: int


def _programme(problem: Problem, limits: Limits) -> _Programme:
    made = _Programme(problem, {}, {}, {}, {}, _Rows([], [], []), -1)
    for office in problem.offices:
        for lever in office.levers:
            for option in lever.options:
                made.cost[len(made.columns)] = float(option.cost)
                made.columns[option.code] = len(made.columns)
    for item in problem.shared:
        made.cost[len(made.columns)] = float(item.cost)
        made.columns[item.code] = len(made.columns)
    place = len(made.columns)
    for office in problem.offices:
        for event, value in problem.values.items():
            made.reached[(office.code, event)] = place
            made.value[place] = float(office.weight * value)
            place += 1
        _office_rows(made, office)
    _limit_rows(made, limits)
    made.budget_row = made.rows.add(made.cost or {place - 1: 0.0}, -np.inf, float(limits.budget))
    return made


def _office_rows(made: _Programme, office: OfficeOptions) -> None:
    """One event an office; one option a lever; no event without what passes its rows."""
    events = made.problem.values
    made.rows.add({made.reached[(office.code, event)]: 1.0 for event in events}, 1, 1)
    for lever in office.levers:
        if lever.options:
            made.rows.add({made.columns[one.code]: 1.0 for one in lever.options}, 0, 1)
        means = _means(made, office, lever)
        for event in made.problem.events():
            if event not in lever.today:
                _event_row(made, office, lever, event, means)


def _means(
    made: _Programme, office: OfficeOptions, lever: LeverOptions
) -> list[tuple[int, frozenset[str]]]:
    """List the columns that help a lever of an office, each with the events it passes."""
    found = [(made.columns[one.code], one.passes) for one in lever.options]
    return found + [
        (made.columns[item.code], item.passes.get(office.code, frozenset()))
        for item in made.problem.shared
        if item.country == office.country and item.lever is lever.lever
    ]


def _event_row(
    made: _Programme,
    office: OfficeOptions,
    lever: LeverOptions,
    event: str,
    means: Sequence[tuple[int, frozenset[str]]],
) -> None:
    """Hold an event to its means, with every event that needs the same or stronger means.

    If whatever passes f also passes e, then y[e] + y[f] is at most what passes e: at most one of
    them is 1, and each needs it. Such rows leave HiGHS less to search than one row an event.
    """
    bound = {
        other
        for other in made.problem.events()
        if other not in lever.today and all(event in one for _, one in means if other in one)
    }
    terms = {made.reached[(office.code, other)]: 1.0 for other in bound | {event}}
    terms |= {column: -1.0 for column, passes in means if event in passes}
    made.rows.add(terms, -np.inf, 0)


def _limit_rows(made: _Programme, limits: Limits) -> None:
    order = list(made.problem.values)
    for floor in limits.floors:
        least = order.index(floor.event)
        terms = {
            made.reached[(office.code, event)]: 1.0
            for office in made.problem.offices
            if office.country == floor.country
            for event in order[least:]
        }
        # A country without an office cannot meet a floor: an empty row says so.
        made.rows.add(terms or {0: 0.0}, floor.minimum, np.inf)
    for country, cap in limits.caps.items():
        own = {
            made.columns[option.code]: float(option.cost)
            for office in made.problem.offices
            if office.country == country
            for lever in office.levers
            for option in lever.options
        }
        own |= {
            made.columns[item.code]: float(item.cost)
            for item in made.problem.shared
            if item.country == country
        }
        if own:
            made.rows.add(own, -np.inf, float(cap))


def _solve(
    made: _Programme, weights: Mapping[int, float], seconds: float, gap: float
) -> OptimizeResult:
    """Minimise; all columns are 0 or 1."""
    columns = len(made.columns) + len(made.reached)
    aims = np.zeros(columns)
    for column, weight in weights.items():
        aims[column] = weight
    return milp(
        aims,
        integrality=np.ones(columns),
        bounds=Bounds(0, 1),
        constraints=made.rows.constraint(columns),
        options={"time_limit": seconds, "mip_rel_gap": gap, "presolve": True},
    )


def _bought(made: _Programme, found: OptimizeResult) -> tuple[str, ...]:
    return tuple(
        sorted(code for code, column in made.columns.items() if found.x[column] > _HALF)
    )


def optimise(
    problem: Problem, limits: Limits, *, seconds: float = 60.0, gap: float = GAP
) -> Plan:
    """Find the plan of most value within the limits, and of such plans the cheapest.

    Two solves: the most value; then the least cost at that value. What HiGHS gives is rounded to
    whole decisions and counted again in decimals; where its tolerance let the cost slip over the
    budget or a cap, it is solved again with that much less. A greedy plan that turns out better
    is taken instead.

    Args:
        problem: offices with options, shared items.
        limits: budget, floors, caps, exclusions.
        seconds: for each solve.
        gap: relative gap at which HiGHS may stop.
    Returns:
        A plan that holds: `OPTIMAL` (within the gap), `BEST_FOUND` with its gap at the time
        limit, `TIMED_OUT` where the time ran out before any plan, `INFEASIBLE` with the least
        budget that meets the floors.
    Source: docs/methods/budget-plan.md, "The programme".
    """
    useful = allowed(problem, limits)
    if not useful.offices:
        return _without_offices(limits)
    tight = limits
    for _ in range(TRIES):
        made = _programme(useful, tight)
        first = _solve(made, {c: -v for c, v in made.value.items()}, seconds, gap)
        if first.status == _INFEASIBLE:
            return _infeasible(useful, limits, seconds)
        if first.x is None:
            return Plan(PlanStatus.TIMED_OUT)
        bought = _bought(made, _cheapest(made, first, seconds, gap))
        over = faults(useful, limits, bought)
        if not over:
            return _plan(problem, useful, limits, bought, first)
        tight = _tighter(useful, tight, bought)
    return _fallback(useful, limits, first)


def _cheapest(
    made: _Programme, first: OptimizeResult, seconds: float, gap: float
) -> OptimizeResult:
    """Solve again: the least cost at the value found; the first solution where that fails."""
    # Half of the least possible step would do; a millionth keeps clear of HiGHS's tolerance.
    floor = -first.fun - 1e-6 * max(1.0, abs(first.fun))
    rows = _Rows(list(made.rows.entries), list(made.rows.low), list(made.rows.high))
    rows.add(made.value, floor, np.inf)
    second = _solve(replace(made, rows=rows), made.cost, seconds, gap)
    return first if second.x is None else second


def _tighter(problem: Problem, limits: Limits, bought: Sequence[str]) -> Limits:
    """Take from budget and caps what rounding spent too much, and a millionth more."""
    over = max(total_cost(problem, bought) - limits.budget, Decimal(0))
    slack = limits.budget / 1_000_000
    return replace(
        limits,
        budget=limits.budget - over - slack,
        caps={country: cap - over - cap / 1_000_000 for country, cap in limits.caps.items()},
    )


def _plan(
    problem: Problem,
    useful: Problem,
    limits: Limits,
    bought: tuple[str, ...],
    first: OptimizeResult,
) -> Plan:
    events = best_events(useful, frozenset(bought))
    value = plan_value(useful, events)
    simple = greedy(problem, limits)
    if simple.status is PlanStatus.BEST_FOUND and simple.value > value:
        bought, value, events = simple.bought, simple.value, dict(simple.events)
    bound = max(float(value), -float(first.mip_dual_bound))
    share = (bound - float(value)) / bound if bound > 0 else 0.0
    is_best = first.status == 0
    return Plan(
        PlanStatus.OPTIMAL if is_best else PlanStatus.BEST_FOUND,
        value,
        total_cost(useful, bought),
        bought,
        events,
        bound,
        share,
    )


def _fallback(problem: Problem, limits: Limits, first: OptimizeResult) -> Plan:
    """Give the greedy plan where no rounding of HiGHS's would hold."""
    simple = greedy(problem, limits)
    if simple.status is PlanStatus.INFEASIBLE:
        return Plan(PlanStatus.TIMED_OUT)
    bound = max(float(simple.value), -float(first.mip_dual_bound))
    share = (bound - float(simple.value)) / bound if bound > 0 else 0.0
    return replace(simple, bound=bound, gap=share)


def _infeasible(problem: Problem, limits: Limits, seconds: float) -> Plan:
    """Say what budget the floors would take, caps and exclusions kept."""
    greatest = sum(
        (
            option.cost
            for office in problem.offices
            for lever in office.levers
            for option in lever.options
        ),
        Decimal(0),
    ) + sum((item.cost for item in problem.shared), Decimal(0))
    wide = replace(limits, budget=greatest)
    made = _programme(problem, wide)
    found = _solve(made, made.cost, seconds, 0.0)
    if found.x is None:
        return Plan(PlanStatus.INFEASIBLE)
    bought = _bought(made, found)
    return Plan(PlanStatus.INFEASIBLE, least_budget=total_cost(problem, bought))


def _without_offices(limits: Limits) -> Plan:
    unmet = any(floor.minimum > 0 for floor in limits.floors)
    return Plan(PlanStatus.INFEASIBLE if unmet else PlanStatus.OPTIMAL)


def default_floors(problem: Problem, event: str = "E3") -> tuple[Floor, ...]:
    """Ask for one host of an event in every country that has an office.

    Raises:
        ValueError: if there is no such event.
    """
    if event not in problem.events():
        raise ValueError(f"{event}: no such event.")
    return tuple(
        Floor(country, event) for country in sorted({one.country for one in problem.offices})
    )
