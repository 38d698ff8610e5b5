import math

import pytest
from tests.calc.xforms.functions.cases import got

from serai.calc.xforms.focus import CannotEvaluate
from serai.calc.xforms.functions.nodes import ParkMiller


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("count(//n)", 3.0),
        ("count-non-empty(//n | //e)", 3.0),
        ("position(//w[2])", 2.0),
        ("local-name(//e)", "e"),
        ("name(//none)", ""),
        ("namespace-uri(//none)", ""),
        ("current()/d/e", [""]),
        ("lang('en')", False),
        ("//n[last()]", ["x"]),
        ("randomize(//n, 42)", ["x", "2", "1"]),
    ],
)
def test_nodes(expression, expected):
    assert got(expression) == expected


def test_position_of_nothing_is_nan():
    assert math.isnan(got("position(//none)"))


def test_randomize_by_a_word_is_the_same_each_time():
    assert got("randomize(//n, 'abc')") == got("randomize(//n, 'abc')")


def test_randomize_without_a_seed_keeps_all_nodes():
    assert sorted(got("randomize(//n)")) == ["1", "2", "x"]


def test_pulldata_needs_its_list():
    with pytest.raises(CannotEvaluate) as caught:
        got("pulldata('none', 'a', 'b', 'c')")

    assert str(caught.value) == "There is no list “none” to pull from."


def test_park_miller_gives_the_published_check_value():
    # Park and Miller: from seed 1 the 10,000th number is 1,043,618,065.
    draw = ParkMiller(1)
    for _ in range(10_000):
        draw()

    assert draw.state == 1_043_618_065
    assert ParkMiller(0).state == 2_147_483_646
    assert ParkMiller(-5).state == 2_147_483_641
