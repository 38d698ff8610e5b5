"""Solve what a run asks: the plan, the greedy list beside it, and the frontier."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from serai.calc.readiness.framework import Lever
from serai.calc.readiness.frontier import BUDGETS, Frontier, frontier
from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.optimise import optimise
from serai.calc.readiness.options import problem_of
from serai.calc.readiness.problem import NO_EVENT, Limits, Plan, PlanStatus, Problem
from serai.calc.readiness.recheck import best_events
from serai.readiness.queries.plan_inputs import PlanInputs

STEPS = BUDGETS + 2
PLAN_SECONDS, POINT_SECONDS = 60.0, 10.0
FOUND = frozenset({PlanStatus.OPTIMAL, PlanStatus.BEST_FOUND})
Said = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Solved:
    """What came out, ready to be kept."""

    status: PlanStatus
    plan: dict[str, object]
    value: Decimal | None
    cost: Decimal | None
    bound: float | None
    gap: float | None
    least_budget: Decimal | None
    greedy: dict[str, object]
    frontier: list[dict[str, object]]


def solve(inputs: PlanInputs, told: Said) -> Solved:
    """Find the plan, and what stands beside it; `told` hears how many of how many are solved."""
    problem, limits = put_together(inputs)
    best = optimise(problem, limits, seconds=PLAN_SECONDS)
    told(1, STEPS)
    simple = greedy(problem, limits)
    along = _along(problem, limits, told)
    is_found = best.status in FOUND
    lines = _Lines(problem, inputs)
    return Solved(
        status=best.status,
        plan={
            **lines.of(best),
            "today": dict(best_events(problem, frozenset())),
            "status": best.status.value,
            "chosen": dict(along.chosen_share) if along else {},
        },
        value=best.value if is_found else None,
        cost=best.cost if is_found else None,
        bound=best.bound if is_found else None,
        gap=best.gap if is_found else None,
        least_budget=best.least_budget,
        greedy={
            **lines.of(simple), "value": str(simple.value), "cost": str(simple.cost),
            "status": simple.status.value,
        },
        frontier=[_point(one.budget, one.plan, one.gain) for one in along.points] if along else [],
    )  # fmt: skip


def put_together(inputs: PlanInputs) -> tuple[Problem, Limits]:
    """Make the problem; for an office left out nothing is bought, but it counts as it stands."""
    problem = problem_of(
        inputs.offices, inputs.definition.ladder, inputs.definition.packages,
        inputs.definition.keys, inputs.cost_of,
    )  # fmt: skip
    problem = replace(problem, values={NO_EVENT: Decimal(0), **inputs.values})
    unbought = {
        option.code
        for office in problem.offices
        if office.code in inputs.excluded_offices
        for lever in office.levers
        for option in lever.options
    }
    return problem, replace(inputs.limits, excluded=inputs.limits.excluded | unbought)


def _along(problem: Problem, limits: Limits, told: Said) -> Frontier | None:
    """Plan for budgets from 0 to what the best plan without a budget costs; None if that is 0."""
    costs = [
        option.cost
        for office in problem.offices
        for lever in office.levers
        for option in lever.options
    ]
    everything = sum([*costs, *(one.cost for one in problem.shared)], Decimal(0))
    widest = optimise(problem, replace(limits, budget=everything), seconds=PLAN_SECONDS)
    told(2, STEPS)
    if widest.status not in FOUND or widest.cost <= 0:
        return None
    done = [2]

    def one(problem: Problem, limits: Limits) -> Plan:
        found = optimise(problem, limits, seconds=POINT_SECONDS)
        done[0] += 1
        told(done[0], STEPS)
        return found

    return frontier(problem, limits, widest.cost, one)


def _point(budget: Decimal, plan: Plan, gain: float | None) -> dict[str, object]:
    is_found = plan.status in FOUND
    return {
        "budget": str(budget),
        "value": str(plan.value) if is_found else None,
        "cost": str(plan.cost) if is_found else None,
        "gain": gain,
        "status": plan.status.value,
    }


class _Lines:
    """Writes plans as lines: what is bought where, and the event of each office."""

    def __init__(self, problem: Problem, inputs: PlanInputs) -> None:
        self.inputs = inputs
        self.sold: dict[str, tuple[str, str, Lever, Sequence[str]]] = {
            option.code: (office.code, office.country, lever.lever, option.packages)
            for office in problem.offices
            for lever in office.levers
            for option in lever.options
        }
        self.sold |= {
            one.code: ("", one.country, one.lever, (one.package,)) for one in problem.shared
        }

    def of(self, plan: Plan) -> dict[str, object]:
        """Write one plan."""
        return {"lines": list(self._bought(plan.bought)), "events": dict(plan.events)}

    def _bought(self, codes: Iterable[str]) -> Iterable[Mapping[str, object]]:
        for code in codes:
            office, country, lever, packages = self.sold[code]
            for package in packages:
                yield {
                    "office": office, "country": country, "lever": lever.value,
                    "package": package, "option": code,
                    "cost": str(self.inputs.cost_of(package, country)),
                }  # fmt: skip
