"""Plans counted again in decimals."""

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.calc.readiness.cases import E1, E13, worked_problem

from serai.calc.readiness.problem import Floor, Limits
from serai.calc.readiness.recheck import (
    PlanDoesNotHold,
    best_events,
    check,
    faults,
    floor_faults,
    passed,
    plan_value,
    total_cost,
)

PROBLEM = worked_problem()
ROOMY = Limits(Decimal(100))


def test_costs_and_values_add_up():
    bought = frozenset({"A/loan", "A1/link", "B1/small"})

    events = best_events(PROBLEM, bought)

    assert total_cost(PROBLEM, bought) == 18
    assert events == {"A1": "E3", "A2": "E1", "B1": "E1"}
    assert plan_value(PROBLEM, events) == 14


def test_nothing_bought_is_as_today():
    assert best_events(PROBLEM, frozenset()) == {"A1": "E1", "A2": "E1", "B1": "E0"}


def test_weights_count():
    first = replace(PROBLEM.offices[0], weight=Decimal("1.5"))
    weighed = replace(PROBLEM, offices=(first, *PROBLEM.offices[1:]))

    assert plan_value(weighed, best_events(weighed, frozenset())) == Decimal("7.5")


def test_shared_items_serve_their_country_alone():
    bought = frozenset({"A/loan"})

    assert passed(PROBLEM.offices[0], bought, PROBLEM.shared) == {"link": E1, "kit": E13}
    assert passed(PROBLEM.offices[2], bought, PROBLEM.shared) == {"link": E1, "kit": frozenset()}


@pytest.mark.parametrize(
    ("limits", "bought", "found"),
    [
        (ROOMY, {"A1/link"}, ()),
        (ROOMY, {"A1/boat"}, ("A1/boat: not on offer.",)),
        (ROOMY, {"B1/small", "B1/kit"}, ("B1: two options for kit.",)),
        (Limits(Decimal("5.99")), {"A1/link"}, ("costs 6, the budget is 5.99.",)),
        (
            replace(ROOMY, caps={"A": Decimal(12), "B": Decimal(3)}), {"A1/link", "A/loan"},
            ("A: 15 is above its cap of 12.",),
        ),
        (replace(ROOMY, excluded=frozenset({"A1/link"})), {"A1/link"}, ("A1/link: excluded.",)),
        (replace(ROOMY, excluded=frozenset({"LOAN"})), {"A/loan"}, ("A/loan: excluded.",)),
        (
            replace(ROOMY, floors=(Floor("B", "E1"),)), {"A1/link"},
            ("B: 0 offices host E1, the floor is 1.",),
        ),
        (replace(ROOMY, floors=(Floor("B", "E1"),)), {"B1/small"}, ()),
    ],
)  # fmt: skip
def test_faults_name_every_condition_that_is_broken(limits, bought, found):
    assert faults(PROBLEM, limits, bought) == found


def test_a_higher_event_meets_a_floor():
    floors = (Floor("A", "E1", 2), Floor("A", "E3", 2))

    found = list(
        floor_faults(PROBLEM, Limits(Decimal(0), floors), {"A1": "E3", "A2": "E1", "B1": "E0"})
    )

    assert found == ["A: 1 offices host E3, the floor is 2."]


def test_check_refuses_with_all_faults():
    with pytest.raises(PlanDoesNotHold) as refused:
        check(PROBLEM, Limits(Decimal(5)), ["A1/link", "A1/boat"])
    assert str(refused.value) == "A1/boat: not on offer.; costs 6, the budget is 5."

    check(PROBLEM, ROOMY, ["A1/link"])
