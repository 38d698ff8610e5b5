"""The list by gain for the money."""

from decimal import Decimal

import pytest
from tests.calc.readiness.cases import worked_problem

from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.problem import Floor, Limits, PlanStatus

PROBLEM = worked_problem()


@pytest.mark.parametrize(
    ("budget", "cost", "value"),
    [(0, 0, 6), (2, 0, 6), (3, 3, 9), (14, 14, 14), (24, 14, 14), (27, 27, 19), (40, 40, 24)],
)
def test_greedy_worked_example(budget, cost, value):
    found = greedy(PROBLEM, Limits(Decimal(budget)))

    assert (found.cost, found.value, found.status) == (cost, value, PlanStatus.BEST_FOUND)


def test_greedy_does_not_see_shared_items():
    found = greedy(PROBLEM, Limits(Decimal(100)))

    assert found.bought == ("A1/kit", "A1/link", "A2/kit", "A2/link", "B1/kit", "B1/link")
    assert set(found.events.values()) == {"E3"}


def test_greedy_keeps_caps_and_exclusions():
    capped = greedy(PROBLEM, Limits(Decimal(40), caps={"A": Decimal(13), "B": Decimal(3)}))
    without = greedy(PROBLEM, Limits(Decimal(40), excluded=frozenset({"kit"})))

    assert (capped.cost, capped.value) == (16, 14)
    assert capped.bought == ("A1/kit", "A1/link", "B1/small")
    assert without.bought == ("B1/small",)


def test_greedy_does_not_aim_at_floors_and_says_so():
    floors = (Floor("A", "E3"),)

    assert greedy(PROBLEM, Limits(Decimal(13), floors)).status is PlanStatus.INFEASIBLE
    assert greedy(PROBLEM, Limits(Decimal(27), floors)).status is PlanStatus.BEST_FOUND
