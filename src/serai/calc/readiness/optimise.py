"""The best use of a budget, solved by HiGHS and counted again exactly."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np
from scipy.optimize import Bounds, OptimizeResult, milp

from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.problem import Floor, Limits, Plan, PlanStatus, Problem, allowed
from serai.calc.readiness.programme import Programme, Rows, programme
from serai.calc.readiness.recheck import best_events, faults, plan_value, total_cost

GAP = 1e-4
TRIES = 6
_SOLVED, _INFEASIBLE = 0, 2
_HALF = 0.5
_MILLION = 1_000_000


def optimise(problem: Problem, limits: Limits, *, seconds: float = 60.0, gap: float = GAP) -> Plan:
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
    Raises:
        ValueError: if a floor names an event that the problem does not have.
    Source: docs/methods/budget-plan.md, "The programme".
    """
    useful = allowed(problem, limits)
    if not useful.offices:
        return _without_offices(limits)
    tight, bound = limits, 0.0
    for _ in range(TRIES):
        made = programme(useful, tight)
        first = _solve(made, -np.array(made.value), made.rows, seconds, gap)
        if first.status == _INFEASIBLE:
            return _infeasible(useful, limits, seconds)
        if first.x is None:
            return Plan(PlanStatus.TIMED_OUT)
        bound = max(bound, -float(first.mip_dual_bound))
        bought = _bought(made, _cheapest(made, first, seconds, gap))
        if not faults(useful, limits, bought):
            return _better(useful, limits, bought, first.status == _SOLVED, bound)
        tight = _tighter(useful, tight, limits, bought)
    return _greedy_instead(useful, limits, bound)


def _solve(
    made: Programme, aims: "np.ndarray[tuple[int], np.dtype[np.float64]]", rows: Rows,
    seconds: float, gap: float,
) -> OptimizeResult:  # fmt: skip
    """Minimise the sum of the aims over the columns taken; all columns are 0 or 1."""
    columns = len(made.cost)
    return milp(
        aims,
        integrality=np.ones(columns),
        bounds=Bounds(0, 1),
        constraints=rows.constraint(columns),
        options={"time_limit": seconds, "mip_rel_gap": gap},
    )


def _cheapest(made: Programme, first: OptimizeResult, seconds: float, gap: float) -> OptimizeResult:
    """Solve again for the least cost at the value found; the first solution where that fails."""
    rows = made.rows.copy()
    # A millionth less keeps clear of HiGHS's tolerance and is below any step of the values.
    least = -first.fun - 1e-6 * max(1.0, abs(first.fun))
    rows.add(enumerate(made.value), least, np.inf)
    second = _solve(made, np.array(made.cost), rows, seconds, gap)
    return first if second.x is None else second


def _bought(made: Programme, found: OptimizeResult) -> tuple[str, ...]:
    """Round to whole decisions; of shared items only those that somebody relies on."""
    taken = [way for place, way in enumerate(made.ways) if found.x[place] > _HALF]
    items = {
        code for number, code in enumerate(made.items) if found.x[len(made.ways) + number] > _HALF
    }
    relied = {code for way in taken for needed in way.relies for code in needed}
    return tuple(sorted({code for way in taken for code in way.buys} | (items & relied)))


def _tighter(problem: Problem, tight: Limits, limits: Limits, bought: Sequence[str]) -> Limits:
    """Take from budget and caps what rounding spent too much, and a millionth more."""
    over = max(total_cost(problem, bought) - limits.budget, Decimal(0))
    return replace(
        tight,
        budget=tight.budget - over - limits.budget / _MILLION,
        caps={country: cap - cap / _MILLION for country, cap in tight.caps.items()},
    )


def _better(
    problem: Problem, limits: Limits, bought: tuple[str, ...], is_solved: bool, bound: float
) -> Plan:
    """Make the plan; where the greedy list is worth more, that."""
    events = best_events(problem, frozenset(bought))
    value = plan_value(problem, events)
    simple = greedy(problem, limits)
    if simple.status is PlanStatus.BEST_FOUND and simple.value > value:
        bought, value, events = simple.bought, simple.value, dict(simple.events)
    status = PlanStatus.OPTIMAL if is_solved else PlanStatus.BEST_FOUND
    return _plan(problem, status, bought, events, value, bound)


def _plan(
    problem: Problem,
    status: PlanStatus,
    bought: tuple[str, ...],
    events: dict[str, str],
    value: Decimal,
    bound: float,
) -> Plan:
    most = max(bound, float(value))
    share = (most - float(value)) / most if most > 0 else 0.0
    return Plan(status, value, total_cost(problem, bought), bought, events, bound=most, gap=share)


def _greedy_instead(problem: Problem, limits: Limits, bound: float) -> Plan:
    """Give the greedy plan where no rounding of HiGHS's holds."""
    simple = greedy(problem, limits)
    if simple.status is PlanStatus.INFEASIBLE:
        return Plan(PlanStatus.TIMED_OUT)
    return _plan(problem, simple.status, simple.bought, dict(simple.events), simple.value, bound)


def _infeasible(problem: Problem, limits: Limits, seconds: float) -> Plan:
    """Say what budget the floors would take, caps and exclusions kept."""
    wide = replace(limits, budget=_everything(problem))
    made = programme(problem, wide)
    found = _solve(made, np.array(made.cost), made.rows, seconds, 0.0)
    if found.x is None:
        return Plan(PlanStatus.INFEASIBLE)
    return Plan(PlanStatus.INFEASIBLE, least_budget=total_cost(problem, _bought(made, found)))


def _everything(problem: Problem) -> Decimal:
    options = (
        option.cost
        for office in problem.offices
        for lever in office.levers
        for option in lever.options
    )
    return sum(options, Decimal(0)) + sum((one.cost for one in problem.shared), Decimal(0))


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
