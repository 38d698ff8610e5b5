"""From facts and prices to a plan, the greedy list and the frontier."""

from decimal import Decimal

import pytest
from tests.factories import planning as make

from serai.calc.readiness.problem import PlanStatus
from serai.readiness.actions import solve
from serai.readiness.actions.solving import STEPS, put_together
from serai.readiness.queries import plan_inputs

pytestmark = pytest.mark.django_db


def quiet(done: int, total: int) -> None:
    """Say nothing."""


@pytest.fixture
def two_offices():
    """Two offices of Georgia at E1; E3 is line 1,000 and room 1,500, or a loan kit of 2,000."""
    found = [make.scored(rate=2).office, make.scored(rate=2).office]
    make.price("LINK", 1000)
    make.price("ROOM", 1500)
    make.price("LOAN", 2000)
    return found


def test_solve_shares_a_kit_where_that_is_cheaper(two_offices):
    run = make.planned(make.scenario(4000))

    found = solve(plan_inputs(run), quiet)

    assert found.status is PlanStatus.OPTIMAL
    assert (found.value, found.cost, found.gap) == (Decimal(16), Decimal(4000), 0)
    assert found.plan["events"] == {one.public_id: "E3" for one in two_offices}
    assert found.plan["today"] == {one.public_id: "E1" for one in two_offices}
    bought = [(one["office"], one["package"], one["cost"]) for one in found.plan["lines"]]
    assert sorted(bought) == sorted(
        [("", "LOAN", "2000.00"), *((one.public_id, "LINK", "1000.00") for one in two_offices)]
    )


def test_the_greedy_list_does_not_see_what_is_shared(two_offices):
    found = solve(plan_inputs(make.planned(make.scenario(4000))), quiet)

    assert found.greedy["value"] == "11"
    assert found.greedy["cost"] == "2500.00"


def test_the_frontier_has_21_budgets_up_to_the_dearest_useful_plan(two_offices):
    said = []

    found = solve(
        plan_inputs(make.planned(make.scenario(500))), lambda done, all_: said.append((done, all_))
    )

    assert len(found.frontier) == 21
    assert (found.frontier[0]["budget"], found.frontier[-1]["value"]) == ("0.00", "16")
    assert Decimal(found.frontier[-1]["budget"]) == 4000
    values = [Decimal(one["value"]) for one in found.frontier]
    assert values == sorted(values)
    assert said == [(n, STEPS) for n in range(1, STEPS + 1)]


def test_floors_that_cost_too_much_name_the_least_budget(two_offices):
    floors = {"GEO": {"event": "E3", "offices": 1}}

    found = solve(plan_inputs(make.planned(make.scenario(500, floors=floors))), quiet)

    assert found.status is PlanStatus.INFEASIBLE
    assert (found.value, found.least_budget) == (None, Decimal(2500))
    assert [one["value"] for one in found.frontier][0] is None


def test_for_an_office_left_out_nothing_is_bought(two_offices):
    out = two_offices[0].public_id
    run = make.planned(make.scenario(9000, exclusions=[out, "LOAN"]))

    found = solve(plan_inputs(run), quiet)

    assert found.plan["events"] == {out: "E1", two_offices[1].public_id: "E3"}
    assert {one["package"] for one in found.plan["lines"]} == {"LINK", "ROOM"}


def test_factors_years_and_country_prices_make_the_cost(two_offices):
    make.price("LINK", 100, country="GEO", opex_per_year=Decimal(10))
    run = make.planned(make.scenario(factors={"GEO": "2"}, years=3))

    inputs = plan_inputs(run)

    assert inputs.cost_of("LINK", "GEO") == Decimal(230)
    assert inputs.cost_of("LINK", "UZB") == Decimal(1000)
    assert inputs.cost_of("NONE", "GEO") is None


def test_values_of_the_scenario_take_the_place_of_the_frameworks(two_offices):
    problem, _limits = put_together(plan_inputs(make.planned(make.scenario(values={"E3": "20"}))))

    assert dict(problem.values) == {"E0": 0, "E1": 3, "E3": 20}


def test_without_anything_to_buy_there_is_no_frontier():
    make.scored(rate=20)
    make.price("LINK")

    found = solve(plan_inputs(make.planned()), quiet)

    assert (found.value, found.cost, found.frontier) == (Decimal(3), Decimal(0), [])


def test_the_same_basis_gives_the_same_plan(two_offices):
    run = make.planned(make.scenario(2500))

    first, second = (solve(plan_inputs(run), quiet) for _ in range(2))

    assert first == second
