"""The reference expressions, and our own cases beside them."""

import math

import pytest
from tests.calc.xforms import exceptions, xpath_vectors

from serai.calc.xforms.documents import evaluate
from serai.calc.xforms.evaluate import division, remainder
from serai.calc.xforms.focus import CannotEvaluate
from serai.calc.xforms.tree import parse_xml
from serai.calc.xforms.values import Profile

COUNTED = [case for case in xpath_vectors.cases() if case.is_counted]
LISTED = exceptions.listed("xpath")
DOCUMENT = parse_xml("<data><a>1</a><b><a>2</a><a/></b><c xml:lang='ka'>x y</c></data>")


def got(expression, gives="v", *, native=False):
    profile = Profile.NATIVE if native else Profile.FORM
    return evaluate(expression, DOCUMENT, env=xpath_vectors.env(), profile=profile, gives=gives)


@pytest.mark.parametrize("case", COUNTED, ids=lambda case: case.name)
def test_reference_expression(case):
    problem = xpath_vectors.problem(case)

    if case.name in LISTED:
        assert problem, "This case passes now: take it out of exceptions.toml."
    else:
        assert problem == ""


def test_all_2494_cases_count_and_at_least_99_percent_pass():
    assert len(COUNTED) == 2494
    assert len(LISTED) <= 24
    assert LISTED.keys() <= {case.name for case in COUNTED}


@pytest.mark.parametrize(
    ("expression", "gives", "expected"),
    [
        ("//a", "x", 3),
        ("//a[. = '']/..", "x", 1),
        ("/data/b/a[last()]/preceding-sibling::a", "x", 1),
        ("(//a)[2] = 2", "b", True),
        ("count(//a | /data/b/a | /data/a)", "n", 3.0),
        ("/data/c/@xml:lang", "s", "ka"),
        ("-(-3) - -2", "n", 5.0),
        ("7 mod -3", "n", 1.0),
        ("indexed-repeat(/data/b/a, /data/b/a, 1)", "s", "2"),
        ("if(/data/a = 1, /data/c, 'no')", "s", "x y"),
    ],
)
def test_evaluate_gives(expression, gives, expected):
    found = got(expression, gives)

    assert (len(found) if gives == "x" else found) == expected


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("explode()", "There is no function explode()."),
        ("if(1, 2)", "if() does not take 2 arguments."),
        ("indexed-repeat(/data/b)", "indexed-repeat() does not take 1 arguments."),
        ("substring('a')", "substring() does not take 1 arguments."),
        ("/no:data", "The prefix no: is not declared."),
        ("count(1)", "A node-set is needed here."),
        ("instance('none')", "There is no instance “none”."),
    ],
)
def test_evaluate_fails_when_it_reaches(expression, reason):
    with pytest.raises(CannotEvaluate) as caught:
        got(expression)

    assert str(caught.value) == reason
    assert got(f"false() and {expression}") is False


def test_native_profile_has_only_the_functions_of_xpath():
    with pytest.raises(CannotEvaluate):
        got("selected('a b', 'a')", native=True)


def test_unprefixed_names_find_the_default_namespace_in_forms_only():
    document = parse_xml("<data xmlns='urn:x'><a>1</a></data>")
    env = xpath_vectors.env()

    assert evaluate("/data/a", document, env=env, gives="s") == "1"
    assert evaluate("/data/a", document, env=env, gives="s", profile=Profile.NATIVE) == ""


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(1.0, 0.0, math.inf), (-1.0, 0.0, -math.inf), (1.0, -0.0, -math.inf), (6.0, 4.0, 1.5)],
)
def test_division_by_zero_is_infinite(left, right, expected):
    assert division(left, right) == expected


def test_division_and_remainder_without_a_result_are_nan():
    assert math.isnan(division(0.0, 0.0))
    assert math.isnan(remainder(1.0, 0.0))
    assert math.isnan(remainder(math.inf, 2.0))
    assert remainder(-5.0, 3.0) == -2.0
