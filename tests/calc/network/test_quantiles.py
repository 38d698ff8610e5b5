"""Quantiles of few values."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.quantiles import LowEnd, NotMeasured, Spread, low_end, quantile, spread

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

NUMBERS = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60)


def test_definition_7():
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile([1, 2, 3, 4], 0.95) == pytest.approx(3.85)


def test_one_value_is_every_quantile():
    assert [quantile([7], share) for share in (0, 0.05, 0.5, 1)] == [7, 7, 7, 7]


def test_ties_stay():
    assert spread([5, 5, 5]) == Spread(LowEnd(5, 3, is_lowest=True), 5, 5)


def test_below_20_values_the_low_end_is_the_lowest_of_n():
    assert low_end(range(19, 0, -1)) == LowEnd(1, 19, is_lowest=True)
    assert low_end(range(1, 21)) == LowEnd(pytest.approx(1.95), 20, is_lowest=False)


@pytest.mark.parametrize(
    ("values", "share", "sentence"),
    [
        ([], 0.5, "Nothing was measured."),
        ([1, math.nan], 0.5, "One of the values is not a finite number."),
        ([1, 2], 1.5, "The share 1.5 is outside 0 to 1."),
    ],
)
def test_what_says_nothing_is_refused(values, share, sentence):
    with pytest.raises(NotMeasured) as refusal:
        quantile(values, share)

    assert str(refusal.value) == sentence


@EVERY_TIME_ALIKE
@given(NUMBERS)
def test_the_spread_is_in_order_and_within_the_values(values):
    found = spread(values)

    assert min(values) <= found.p5.value <= found.p50 <= found.p95 <= max(values)
