"""What each budget buys: value and gain along 21 budgets, and how firmly each line is chosen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from serai.calc.readiness.problem import Limits, Plan, PlanStatus, Problem

BUDGETS = 21


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """One budget.

    Attributes:
        gain: value gained for each unit of money since the budget before; None for the first, and
            where one of the two has no plan.
    """

    budget: Decimal
    plan: Plan
    gain: float | None


@dataclass(frozen=True, slots=True)
class Frontier:
    """All budgets, and for each line the share (0 to 1) of budgets with a plan that buy it."""

    points: tuple[FrontierPoint, ...]
    chosen_share: Mapping[str, float]


Solver = Callable[[Problem, Limits], Plan]


def budgets(greatest: Decimal, count: int = BUDGETS) -> tuple[Decimal, ...]:
    """Part 0 to the greatest budget evenly.

    Raises:
        ValueError: if there are fewer than two, or the greatest is below 0.
    """
    if count < 2 or greatest < 0:
        raise ValueError("A frontier needs two budgets or more, from 0 up.")
    return tuple(greatest * step / (count - 1) for step in range(count))


def frontier(
    problem: Problem, limits: Limits, greatest: Decimal, solve: Solver, count: int = BUDGETS
) -> Frontier:
    """Plan for each budget with the same floors, caps and exclusions.

    Args:
        problem: offices with options, shared items.
        limits: floors, caps and exclusions; the budget in them is not used.
        greatest: the last budget; such as the cost of the best plan without a budget.
        solve: `optimise`, with its limits of time.
        count: how many budgets, the first 0.
    Source: docs/methods/budget-plan.md, "Frontier".
    """
    points: list[FrontierPoint] = []
    for budget in budgets(greatest, count):
        plan = solve(problem, replace(limits, budget=budget))
        points.append(FrontierPoint(budget, plan, _gain(points, budget, plan)))
    planned = [one.plan for one in points if _is_plan(one.plan)]
    codes = sorted({code for plan in planned for code in plan.bought})
    shares = {code: sum(code in plan.bought for plan in planned) / len(planned) for code in codes}
    return Frontier(tuple(points), shares)


def _is_plan(plan: Plan) -> bool:
    return plan.status in {PlanStatus.OPTIMAL, PlanStatus.BEST_FOUND}


def _gain(points: list[FrontierPoint], budget: Decimal, plan: Plan) -> float | None:
    if not points or not _is_plan(plan) or not _is_plan(points[-1].plan):
        return None
    more = budget - points[-1].budget
    return float((plan.value - points[-1].plan.value) / more) if more > 0 else None
