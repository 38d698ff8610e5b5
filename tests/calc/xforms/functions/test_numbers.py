import math

import pytest
from tests.calc.xforms.functions.cases import got


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("round(2.5)", 3.0),
        ("round(-2.5)", -3.0),
        ("round(1.005, 2)", 1.01),
        ("round(1 div 0)", math.inf),
        ("round(0.4)", 0.0),
        ("round(1e5)" if False else "round('1e5', -6)", 0.0),
        ("pow(-8, 3)", -512.0),
        ("pow(10, 400)", math.inf),
        ("pow(-10, 401)", -math.inf),
        ("pow(0, -1)", math.inf),
        ("log(0)", -math.inf),
        ("exp(1000)", math.inf),
        ("exp10(2)", 100.0),
        ("int(-1.9)", -1.0),
        ("floor(-1.1)", -2.0),
        ("ceiling(1 div 0)", math.inf),
        ("max(//n[. < 9], 7)", 7.0),
        ("min(//n[. < 9])", 1.0),
        ("sum(//n[. < 9])", 3.0),
        ("atan2(0, -1)", math.pi),
        ("number('1970-01-02T00:00:00Z') + 0", 1.0),
    ],
)
def test_number(expression, expected):
    assert got(expression) == expected


@pytest.mark.parametrize(
    "expression",
    ["sqrt(-1)", "log(-1)", "pow(-1, 0.5)", "max(//n)", "min()", "round(1, 1 div 0)", "asin(2)",
     "sum(//n)", "number('')"],
)  # fmt: skip
def test_not_a_number(expression):
    assert math.isnan(got(expression))


def test_xpath_rounds_half_up():
    assert got("round(-1.5)", native=True) == -1.0


def test_random_is_what_the_outside_gives():
    assert got("random()") == 0.32383276483316237
