"""Before and after."""

import math
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.change import (
    Better,
    Change,
    NotComparable,
    Reading,
    Setting,
    Side,
    Verdict,
    change,
)

EVERY_TIME_ALIKE = settings(max_examples=40, deadline=None, derandomize=True)

ROOM = Setting("point 1", "room A", is_wired=True, browser="Firefox")
START = datetime(2026, 11, 23, 9)  # noqa: DTZ001  the office's own clock


def readings(values, *, every=timedelta(hours=6), setting=ROOM):
    return [Reading(value, START + number * every, setting) for number, value in enumerate(values)]


def verdict(before, after, better=Better.MORE, **said):
    return change(readings(before, **said), readings(after, **said), better=better, seed=1).verdict


def test_all_alike_on_each_side_is_exact():
    found = change(readings([10] * 5), readings([12] * 6), better=Better.MORE, seed=1)

    assert found == Change(Verdict.IMPROVED, 2, 2, 2, Side(5, 2), Side(6, 2))


def test_the_difference_is_that_of_medians_and_lies_in_its_interval():
    found = change(
        readings([4, 5, 6, 7, 100]), readings([14, 15, 16, 17, 1]), better=Better.MORE, seed=1
    )

    assert found.difference == 9
    assert found.low is not None
    assert found.high is not None
    assert found.low <= 9 <= found.high


def test_which_way_is_better():
    low, high = [1, 2, 1.5, 2, 1, 1.2], [8, 9, 8.5, 9, 8, 8.2]

    assert verdict(low, high) == Verdict.IMPROVED
    assert verdict(high, low) == Verdict.WORSE
    assert verdict(low, high, Better.LESS) == Verdict.WORSE
    assert verdict(high, low, Better.LESS) == Verdict.IMPROVED


def test_what_touches_0_is_no_clear_change():
    assert verdict([5] * 6, [5] * 6) == Verdict.NO_CLEAR_CHANGE
    assert verdict([4, 6, 5, 7, 3, 5], [5, 6, 4, 8, 3, 6]) == Verdict.NO_CLEAR_CHANGE


@pytest.mark.parametrize(
    ("before", "after", "every"),
    [
        ([], [], timedelta(hours=6)),
        ([5], [9], timedelta(hours=6)),
        ([5] * 4, [9] * 8, timedelta(hours=12)),
        ([5] * 8, [9] * 4, timedelta(hours=12)),
        ([5] * 8, [9] * 8, timedelta(minutes=30)),  # many runs, but of one day
    ],
)
def test_too_few_runs_or_days_say_nothing(before, after, every):
    found = change(
        readings(before, every=every), readings(after, every=every), better=Better.MORE, seed=1
    )

    assert (found.verdict, found.difference, found.low, found.high) == (
        Verdict.TOO_FEW, None, None, None,
    )  # fmt: skip
    assert (found.before.runs, found.after.runs) == (len(before), len(after))


def test_runs_of_one_hour_are_drawn_together():
    # Ten runs of one bad hour among four good ones: drawn one by one they would hide the good.
    bad = [Reading(1, START + timedelta(minutes=5 * n), ROOM) for n in range(10)]
    good = [Reading(9, START + timedelta(days=1, hours=n), ROOM) for n in range(4)]
    alone = [
        Reading(one.value, START + timedelta(days=n % 2, hours=n), ROOM)
        for n, one in enumerate([*bad, *good])
    ]
    before = readings([3] * 6)

    together = change(before, [*bad, *good], better=Better.MORE, seed=1)
    apart = change(before, alone, better=Better.MORE, seed=1)

    assert (together.difference, together.low, together.high) == (-2, -2, 6)
    assert (apart.difference, apart.low, apart.high) == (-2, -2, 2)


def test_the_same_seed_gives_the_same_interval_in_any_order():
    before, after = readings([4, 5, 6, 7, 9, 3, 2]), readings([6, 5, 8, 7, 9, 3, 12])

    first = change(before, after, better=Better.MORE, seed=3)

    assert first == change(before[::-1], after[::-1], better=Better.MORE, seed=3)


def test_other_settings_are_not_compared():
    wireless = Setting("point 1", "room A", is_wired=False, browser="Firefox")

    with pytest.raises(NotComparable) as refusal:
        change(readings([5] * 5), readings([9] * 5, setting=wireless), better=Better.MORE, seed=1)

    assert str(refusal.value) == (
        "Readings were taken at different points, rooms, wirings or browsers. "
        "Compare those of one setting."
    )


def test_what_is_no_number_is_refused():
    with pytest.raises(NotComparable) as refusal:
        change(readings([5, math.nan]), [], better=Better.MORE, seed=1)

    assert str(refusal.value) == "The reading nan is not a finite number."


VALUES = st.lists(st.floats(0, 100), min_size=5, max_size=12)


@EVERY_TIME_ALIKE
@given(VALUES, VALUES, st.integers(0, 2**32))
def test_the_interval_stays_within_what_was_measured(before, after, seed):
    found = change(readings(before), readings(after), better=Better.MORE, seed=seed)

    assert found.low is not None
    assert found.high is not None
    assert min(after) - max(before) <= found.low <= found.high <= max(after) - min(before)
