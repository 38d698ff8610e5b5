"""Parts in a row, paths side by side."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.availability import (
    NotAvailability,
    availability,
    part_availability,
    path_availability,
)

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

SHARES = st.lists(st.floats(0, 1), min_size=1, max_size=5)


def test_the_worked_example():
    main = path_availability([0.995, 0.98])

    assert round(availability([main, 0.95], [0.999]), 6) == 0.997756


def test_outages_of_a_month():
    assert part_availability(0, 60) == 1
    assert part_availability(4, 108) == 0.99
    assert part_availability(1, 43_200) == 0


def test_one_path_counts_as_it_is_and_none_never_reaches():
    assert availability([0.9]) == pytest.approx(0.9)
    assert availability([], [0.999]) == 0


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: part_availability(-1, 5), "-1 outages is not a number from 0 up."),
        (lambda: part_availability(1, math.nan), "nan minutes is not a number from 0 up."),
        (
            lambda: part_availability(100, 500),
            "100 outages of 500 minutes are longer than a month. "
            "Give the outages of one month and the minutes of one outage.",
        ),
        (lambda: path_availability([]), "A path needs at least one part."),
        (lambda: path_availability([1.2]), "The share 1.2 is outside 0 to 1."),
        (lambda: availability([0.9, -0.1]), "The share -0.1 is outside 0 to 1."),
        (lambda: availability([0.9], [math.nan]), "The share nan is outside 0 to 1."),
    ],
)
def test_what_cannot_be_is_refused(ask, sentence):
    with pytest.raises(NotAvailability) as refusal:
        ask()

    assert str(refusal.value) == sentence


@EVERY_TIME_ALIKE
@given(SHARES, st.floats(0, 1))
def test_another_path_never_harms_and_another_part_never_helps(shares, one):
    assert availability([*shares, one]) >= availability(shares) - 1e-12
    assert path_availability([*shares, one]) <= path_availability(shares)
    assert 0 <= availability(shares, [one]) <= one
