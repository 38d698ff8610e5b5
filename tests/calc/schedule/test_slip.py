"""Slip against a baseline, and how often dates are kept."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import (
    Punctuality,
    Slip,
    by_day,
    completion_slip,
    on_day,
    parse_window,
    punctuality,
    slip,
)

BASELINE = on_day(date(2021, 6, 22))


@pytest.mark.parametrize(
    ("words", "baseline", "expected"),
    [
        ("mid-July 2021", "2021-06-22", Slip(28, 19, 28, is_about=True)),
        ("30 June 2021", "2021-06-22", Slip(8, 8, 8, is_about=False)),
        ("15 June 2021", "2021-06-22", Slip(-7, -7, -7, is_about=False)),
        ("15 July 2021", "June 2021", Slip(15, 15, 44, is_about=True)),
        ("by 30 June 2021", "2021-06-22", Slip(8, None, 8, is_about=True)),
        ("30 June 2021", "by 22 June 2021", Slip(8, 8, None, is_about=True)),
    ],
)
def test_a_plan_slips(words, baseline, expected):
    assert slip(parse_window(words, "en"), parse_window(baseline, "en")) == expected


def test_a_completion_on_a_known_day_has_a_figure():
    found = completion_slip(on_day(date(2021, 6, 25)), BASELINE)

    assert found == Slip(3, 3, 3, is_about=False)
    assert found.is_established


def test_a_completion_by_a_day_has_only_a_bound():
    found = completion_slip(by_day(date(2021, 6, 30)), BASELINE)

    assert found == Slip(None, None, 8, is_about=True)
    assert not found.is_established


def test_a_completion_by_a_day_against_an_upper_bound_has_nothing():
    found = completion_slip(by_day(date(2021, 6, 30)), by_day(date(2021, 6, 22)))

    assert found == Slip(None, None, None, is_about=True)


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(DAYS, DAYS)
def test_slip_between_days_is_their_distance_and_turns_its_sign(plan, baseline):
    there, back = slip(on_day(plan), on_day(baseline)), slip(on_day(baseline), on_day(plan))

    assert there.days == there.low == there.high == (plan - baseline).days
    assert back.days == -there.days


def rows(*late):
    return [(on_day(BASELINE.end_latest + timedelta(days=days)), BASELINE) for days in late]


def test_punctuality_counts_what_kept_its_day():
    found = punctuality(rows(-3, 0, 0, 1, 20))

    assert found == Punctuality(on_time=3, known=5, unknown=0)
    assert found.share == 0.6


def test_punctuality_is_hidden_below_five():
    found = punctuality(rows(0, 0, 0, 0))

    assert found == Punctuality(on_time=4, known=4, unknown=0)
    assert found.share is None


def test_punctuality_leaves_out_what_is_not_known_and_says_how_many():
    month = (parse_window("June 2021", "en"), BASELINE)

    found = punctuality(
        [*rows(0, 1), (by_day(date(2021, 6, 30)), BASELINE), month, (BASELINE, None)]
    )

    assert found == Punctuality(on_time=1, known=2, unknown=3)


def test_punctuality_of_nothing_is_unknown():
    assert punctuality([]) == Punctuality(0, 0, 0)
    assert punctuality([]).share is None
