"""The functions for one number and for columns say the same."""

import math

import numpy as np
import pytest

from serai.calc.network.maths import ROWS, SINGLE

VALUES = [0.25, 1.0, 3.5, 40.0]


@pytest.mark.parametrize("name", ["log10", "log2", "exp", "root", "normal"])
def test_one_number_and_a_column_agree(name):
    column = getattr(ROWS, name)(np.array(VALUES))

    assert list(column) == pytest.approx([getattr(SINGLE, name)(value) for value in VALUES])


def test_functions_of_several_agree():
    column, ones = np.array(VALUES), np.ones(4)

    assert list(ROWS.power(column, 2.5)) == pytest.approx([SINGLE.power(v, 2.5) for v in VALUES])
    assert list(ROWS.larger(column, ones)) == [SINGLE.larger(v, 1.0) for v in VALUES]
    assert list(ROWS.below(column, 1, ones, column)) == [
        SINGLE.below(value, 1, 1.0, value) for value in VALUES
    ]


def test_the_limit_itself_is_not_below():
    assert SINGLE.below(1.0, 1, 5.0, 7.0) == 7.0
    assert SINGLE.below(0.9, 1, 5.0, 7.0) == 5.0


def test_normal_shares():
    assert SINGLE.normal(0) == 0.5
    assert SINGLE.normal(1.959963984540054) == pytest.approx(0.975)


def test_a_root_of_a_negative_number_is_refused_not_complex():
    with pytest.raises(ValueError):
        SINGLE.power(-2.0, 1 / 35)
    with np.errstate(invalid="ignore"):
        assert math.isnan(ROWS.power(np.array([-2.0]), 1 / 35)[0])
