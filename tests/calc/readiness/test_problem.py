"""What is left of a problem once exclusions and pointless options are out."""

from dataclasses import replace
from decimal import Decimal

from tests.calc.readiness.cases import E1, E13, option, worked_problem

from serai.calc.readiness.framework import Lever
from serai.calc.readiness.problem import LeverOptions, Limits, OfficeOptions, Problem, allowed

LIMITS = Limits(Decimal(10))


def kept(*options, today=frozenset(), limits=LIMITS):
    lever = LeverOptions(Lever.KIT, today, options)
    problem = Problem({"E0": Decimal(0), "E1": Decimal(3), "E3": Decimal(8)},
                      (OfficeOptions("A", "A", (lever,)),))  # fmt: skip
    return [one.code for one in allowed(problem, limits).offices[0].levers[0].options]


def test_events_leave_out_no_event():
    assert worked_problem().events() == ("E1", "E3")


def test_an_option_that_another_does_as_well_for_no_more_is_left_out():
    assert kept(option("a", 5, E1), option("b", 5, E13), option("c", 9, E13)) == ["b"]
    assert kept(option("a", 4, E1), option("b", 5, E13)) == ["a", "b"]
    assert kept(option("b", 5, E1), option("a", 5, E1)) == ["a"]


def test_an_option_that_adds_nothing_to_today_is_left_out():
    assert kept(option("a", 1, E1), option("b", 2, E13), today=E1) == ["b"]
    assert kept(option("b", 2, E13), today=E13) == []


def test_what_is_excluded_by_code_or_package_is_left_out():
    cheap, dear = option("A/kit/cheap", 1, E1), option("A/kit/dear", 2, E1)

    by_code = replace(LIMITS, excluded=frozenset({"A/kit/cheap"}))
    by_package = replace(LIMITS, excluded=frozenset({"cheap"}))

    assert kept(cheap, dear, limits=by_code) == ["A/kit/dear"]
    assert kept(cheap, dear, limits=by_package) == ["A/kit/dear"]


def test_shared_items_are_excluded_by_code_or_package():
    for code in ("A/loan", "LOAN"):
        limits = replace(LIMITS, excluded=frozenset({code}))
        assert allowed(worked_problem(), limits).shared == ()
    assert allowed(worked_problem(), LIMITS).shared == worked_problem().shared
