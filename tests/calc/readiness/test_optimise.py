"""The optimiser: the worked steps, and the same as trying everything."""

from dataclasses import replace
from decimal import Decimal
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import OptimizeResult
from tests.calc.readiness.cases import worked_problem

from serai.calc.readiness import optimise as module
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.optimise import default_floors, optimise
from serai.calc.readiness.problem import (
    Floor,
    LeverOptions,
    Limits,
    OfficeOptions,
    Option,
    Plan,
    PlanStatus,
    Problem,
    SharedItem,
)
from serai.calc.readiness.recheck import best_events, faults, plan_value, total_cost

PROBLEM = worked_problem()
STEPS = [(0, 6), (3, 9), (13, 11), (14, 14), (21, 16), (24, 19), (35, 24)]


@pytest.mark.parametrize(("cost", "value"), STEPS)
def test_worked_steps_of_cost_and_value(cost, value):
    found = optimise(PROBLEM, Limits(Decimal(cost)))

    assert (found.cost, found.value, found.status) == (cost, value, PlanStatus.OPTIMAL)
    assert (found.bound, found.gap) == (value, 0)


def test_between_steps_nothing_more_is_bought():
    values = [optimise(PROBLEM, Limits(Decimal(budget))) for budget in range(37)]

    steps = [max(step for step in STEPS if step[0] <= budget) for budget in range(37)]
    assert [(one.cost, one.value) for one in values] == steps


def test_the_plan_at_24_names_what_it_buys_and_gives():
    found = optimise(PROBLEM, Limits(Decimal(24)))

    assert found.bought == ("A/loan", "A1/link", "A2/link", "B1/small")
    assert found.events == {"A1": "E3", "A2": "E3", "B1": "E1"}
    assert greedy(PROBLEM, Limits(Decimal(24))).value == 14


FLOOR = (Floor("B", "E1"),)


def test_a_floor_is_infeasible_below_its_cost():
    found = optimise(PROBLEM, Limits(Decimal("2.99"), FLOOR))

    assert found == Plan(PlanStatus.INFEASIBLE, least_budget=Decimal(3))


@pytest.mark.parametrize(("budget", "value"), [(3, 9), (21, 14), (24, 19)])
def test_a_floor_is_met_before_value(budget, value):
    found = optimise(PROBLEM, Limits(Decimal(budget), FLOOR))

    assert (found.value, found.events["B1"] != "E0") == (value, True)


def test_floors_that_no_budget_meets_have_no_least_budget():
    capped = Limits(Decimal(100), FLOOR, {"B": Decimal(2)})
    nobody = Limits(Decimal(100), (Floor("X", "E1"),))
    excluded = Limits(Decimal(100), FLOOR, excluded=frozenset({"small", "kit"}))

    for limits in (capped, nobody, excluded):
        assert optimise(PROBLEM, limits) == Plan(PlanStatus.INFEASIBLE)


def test_caps_and_exclusions_hold():
    capped = optimise(PROBLEM, Limits(Decimal(35), caps={"A": Decimal(20)}))
    without = optimise(PROBLEM, Limits(Decimal(24), excluded=frozenset({"LOAN"})))

    assert (capped.cost, capped.value) == (27, 19)
    assert set(capped.bought) & {"A/loan", "B1/kit", "B1/link"} == {"B1/kit", "B1/link"}
    assert (without.cost, without.value) == (14, 14)


def test_default_floors_ask_for_one_host_in_each_country():
    assert default_floors(PROBLEM) == (Floor("A", "E3"), Floor("B", "E3"))
    with pytest.raises(ValueError, match="E0: no such event"):
        default_floors(PROBLEM, "E0")


def test_without_offices_there_is_nothing_to_buy():
    empty = Problem(PROBLEM.values, ())

    assert optimise(empty, Limits(Decimal(5))) == Plan(PlanStatus.OPTIMAL)
    assert optimise(empty, Limits(Decimal(5), FLOOR)) == Plan(PlanStatus.INFEASIBLE)


def test_a_plan_is_the_same_each_time():
    limits = Limits(Decimal(22), FLOOR)

    assert optimise(PROBLEM, limits) == optimise(PROBLEM, limits)


# ---------------------------------------------------------------- beside the solver


def test_no_plan_in_time(monkeypatch):
    monkeypatch.setattr(module, "_solve", lambda *_: OptimizeResult(status=1, x=None))

    assert optimise(PROBLEM, Limits(Decimal(24))) == Plan(PlanStatus.TIMED_OUT)


def test_at_the_limit_the_best_found_tells_its_gap(monkeypatch):
    solve = module._solve

    def stopped(made, aims, *rest):
        found = solve(made, aims, *rest)
        if aims.min() < 0:
            found.status, found.mip_dual_bound = 1, -20.0
        return found

    monkeypatch.setattr(module, "_solve", stopped)
    found = optimise(PROBLEM, Limits(Decimal(24)))

    assert (found.status, found.value, found.bound) == (PlanStatus.BEST_FOUND, 19, 20.0)
    assert found.gap == pytest.approx(0.05)


def test_a_false_optimum_gives_way_to_the_greedy_plan(monkeypatch):
    solve = module._solve

    def nothing(made, aims, rows, seconds, gap):
        found = solve(made, aims, rows, seconds, gap)
        found.x = found.x * 0
        return found

    monkeypatch.setattr(module, "_solve", nothing)
    found = optimise(PROBLEM, Limits(Decimal(24)))

    assert (found.value, found.cost) == (14, 14)


def test_a_plan_over_the_budget_is_solved_again_with_less(monkeypatch):
    solve, asked = module.programme, []

    def generous(problem, limits):
        asked.append(limits.budget)
        return solve(problem, replace(limits, budget=limits.budget + (1 if len(asked) == 1 else 0)))

    monkeypatch.setattr(module, "programme", generous)
    found = optimise(PROBLEM, Limits(Decimal(23)))

    assert (found.cost, found.value) == (21, 16)
    assert asked == [23, Decimal(23) - 1 - Decimal(23) / 1_000_000]


def test_where_no_rounding_holds_the_greedy_plan_is_given(monkeypatch):
    solve = module.programme

    def wrong(problem, _):
        return solve(problem, Limits(Decimal(35)))

    monkeypatch.setattr(module, "programme", wrong)
    found = optimise(PROBLEM, Limits(Decimal(5)))

    assert (found.status, found.value, found.cost) == (PlanStatus.BEST_FOUND, 9, 3)
    assert found.bound == 24
    unmet = optimise(PROBLEM, Limits(Decimal(5), (Floor("A", "E3"),)))
    assert unmet == Plan(PlanStatus.TIMED_OUT)


# ---------------------------------------------------------------- the same as trying everything

EVENTS = ("E1", "E2", "E3")
VALUES = {"E0": Decimal(0), "E1": Decimal(2), "E2": Decimal(4), "E3": Decimal(8)}
prices = st.integers(0, 12).map(Decimal)
reach = st.integers(0, 3).map(lambda n: frozenset(EVENTS[:n]))


@st.composite
def problems(draw):
    offices = []
    for number in range(draw(st.integers(1, 3))):
        levers = []
        for lever in (Lever.LINK, Lever.KIT):
            options = tuple(
                Option(f"O{number}/{lever}/{each}", (f"P{each}",), draw(prices), draw(reach))
                for each in range(draw(st.integers(0, 2)))
            )
            levers.append(LeverOptions(lever, draw(reach), options))
        country = draw(st.sampled_from("AB"))
        weight = draw(st.sampled_from((Decimal(1), Decimal(2))))
        offices.append(OfficeOptions(f"O{number}", country, tuple(levers), weight))
    shared = tuple(
        SharedItem(f"{country}/loan", country, Lever.KIT, draw(prices),
                   {one.code: draw(reach) for one in offices})
        for country in draw(st.sampled_from(("", "A", "AB")))
    )  # fmt: skip
    return Problem(VALUES, tuple(offices), shared)


@st.composite
def limits(draw):
    return Limits(
        Decimal(draw(st.integers(0, 40))),
        draw(st.sampled_from(((), (Floor("A", "E1"),), (Floor("A", "E2"), Floor("B", "E1"))))),
        draw(st.sampled_from(({}, {"A": Decimal(9)}))),
        draw(st.sampled_from((frozenset(), frozenset({"P0"})))),
    )


def tried(problem, limited):
    """Best value and its least cost, by trying every choice; None where none holds."""
    per_lever = [
        [(), *((one.code,) for one in lever.options)]
        for office in problem.offices
        for lever in office.levers
    ]
    codes = [one.code for one in problem.shared]
    items = chain.from_iterable(combinations(codes, n) for n in range(len(codes) + 1))
    found = []
    for choice, shared in product(product(*per_lever), list(items)):
        bought = frozenset(chain(*choice, shared))
        if not faults(problem, limited, bought):
            value = plan_value(problem, best_events(problem, bought))
            found.append((-value, total_cost(problem, bought)))
    return min(found, default=None)


@settings(max_examples=60, deadline=None)
@given(problems(), limits())
def test_the_optimiser_finds_what_trying_everything_finds(problem, limited):
    best = tried(problem, limited)

    found = optimise(problem, limited)

    if best is None:
        assert found.status is PlanStatus.INFEASIBLE
        wide = tried(problem, replace(limited, budget=Decimal(10_000)))
        assert (found.least_budget is None) == (wide is None)
        if found.least_budget is not None:
            at_least = replace(limited, budget=found.least_budget)
            assert tried(problem, at_least) is not None
            below = replace(limited, budget=found.least_budget - Decimal("0.01"))
            assert tried(problem, below) is None
    else:
        assert (-found.value, found.cost) == best
        assert faults(problem, limited, found.bought) == ()
        simple = greedy(problem, limited)
        assert simple.status is PlanStatus.INFEASIBLE or found.value >= simple.value


@settings(max_examples=25, deadline=None)
@given(problems(), limits(), st.integers(0, 10))
def test_more_budget_is_never_worth_less(problem, limited, more):
    found = optimise(problem, limited)
    richer = optimise(problem, replace(limited, budget=limited.budget + more))

    assert richer.value >= found.value
    assert found.status is PlanStatus.INFEASIBLE or richer.status is PlanStatus.OPTIMAL
