"""Value, gain and firmness along the budgets."""

from decimal import Decimal

import pytest
from tests.calc.readiness.cases import worked_problem

from serai.calc.readiness.frontier import budgets, frontier
from serai.calc.readiness.optimise import optimise
from serai.calc.readiness.problem import Floor, Limits, PlanStatus

PROBLEM = worked_problem()


def test_budgets_part_the_whole_evenly():
    found = budgets(Decimal(35))

    assert (len(found), found[:3], found[-1]) == (
        21, (Decimal(0), Decimal("1.75"), Decimal("3.5")), Decimal(35),
    )  # fmt: skip
    for greatest, count in ((Decimal(-1), 21), (Decimal(1), 1)):
        with pytest.raises(ValueError, match="two budgets"):
            budgets(greatest, count)


def test_frontier_of_the_worked_problem():
    found = frontier(PROBLEM, Limits(Decimal(0)), Decimal(35), optimise)

    assert [int(one.plan.value) for one in found.points] == [
        6, 6, 9, 9, 9, 9, 9, 9, 14, 14, 14, 14, 16, 16, 19, 19, 19, 19, 19, 19, 24,
    ]  # fmt: skip
    gains = {number: one.gain for number, one in enumerate(found.points) if one.gain != 0.0}
    assert gains == {
        0: None, 2: pytest.approx(3 / 1.75), 8: pytest.approx(5 / 1.75),
        12: pytest.approx(2 / 1.75), 14: pytest.approx(3 / 1.75), 20: pytest.approx(5 / 1.75),
    }  # fmt: skip
    assert found.chosen_share == {
        "A/loan": pytest.approx(9 / 21), "A1/link": pytest.approx(9 / 21),
        "A2/link": pytest.approx(9 / 21), "B1/kit": pytest.approx(5 / 21),
        "B1/link": pytest.approx(5 / 21), "B1/small": pytest.approx(12 / 21),
    }  # fmt: skip


def test_budgets_below_the_floors_have_no_plan_and_count_in_no_share():
    found = frontier(PROBLEM, Limits(Decimal(0), (Floor("B", "E1"),)), Decimal(4), optimise, 5)

    assert [one.plan.status for one in found.points] == [PlanStatus.INFEASIBLE] * 3 + [
        PlanStatus.OPTIMAL
    ] * 2
    assert [one.gain for one in found.points] == [None, None, None, None, 0.0]
    assert found.chosen_share == {"B1/small": 1.0}


def test_a_frontier_without_money_or_plan_says_nothing():
    nothing = frontier(PROBLEM, Limits(Decimal(0)), Decimal(0), optimise, 2)
    never = frontier(PROBLEM, Limits(Decimal(0), (Floor("X", "E1"),)), Decimal(9), optimise, 2)

    assert [one.gain for one in nothing.points] == [None, None]
    assert never.chosen_share == {}
