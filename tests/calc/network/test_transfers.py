"""Counts of bytes to rates."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.transfers import Count, NotACount, Rate, rate_of

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

MEGABIT = 125_000


def test_mean_of_all_and_tail_of_the_latest_60_percent():
    counts = [Count(second, max(0, second - 4) * MEGABIT * 10) for second in range(1, 11)]

    assert rate_of(counts) == Rate(
        mean_mbps=pytest.approx(6), tail_mbps=pytest.approx(10), seconds=10, is_cut_short=False
    )


def test_the_tail_begins_between_two_counts_in_proportion():
    found = rate_of([Count(5, MEGABIT * 10), Count(10, MEGABIT * 30)])

    assert found is not None
    assert found.tail_mbps == pytest.approx((30 - 8) / 6)


def test_one_count_has_a_tail_like_its_mean():
    assert rate_of([Count(4, MEGABIT * 8)]) == Rate(
        pytest.approx(2), pytest.approx(2), 4, is_cut_short=False
    )


@pytest.mark.parametrize(("seconds", "is_cut_short"), [(2.99, True), (3, False)])
def test_under_3_seconds_is_cut_short(seconds, is_cut_short):
    found = rate_of([Count(seconds, MEGABIT)])

    assert found is not None
    assert found.is_cut_short is is_cut_short


@pytest.mark.parametrize("counts", [[], [Count(0, 0)], [Count(0, 500)]])
def test_nothing_counted_is_missing_and_not_0(counts):
    assert rate_of(counts) is None


def test_nothing_received_in_some_time_is_0():
    assert rate_of([Count(10, 0)]) == Rate(0, 0, 10, is_cut_short=False)


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([Count(-1, 0)], "Count 1 goes back in time or bytes."),
        ([Count(2, 5), Count(1, 6)], "Count 2 goes back in time or bytes."),
        ([Count(1, 5), Count(2, 4)], "Count 2 goes back in time or bytes."),
        ([Count(math.nan, 4)], "Count 1 is not a finite number."),
        ([Count(1, math.inf)], "Count 1 is not a finite number."),
    ],
)
def test_counts_that_cannot_be_are_refused(counts, sentence):
    with pytest.raises(NotACount) as refusal:
        rate_of(counts)

    assert str(refusal.value) == sentence


@EVERY_TIME_ALIKE
@given(st.floats(0.1, 20), st.floats(0.1, 1000), st.integers(1, 50))
def test_a_steady_stream_has_its_rate_however_often_it_is_counted(seconds, mbps, times):
    counts = [
        Count(seconds * part / times, seconds * part / times * mbps * MEGABIT)
        for part in range(1, times + 1)
    ]

    found = rate_of(counts)

    assert found is not None
    assert (found.mean_mbps, found.tail_mbps) == pytest.approx((mbps, mbps))
