"""Delays are carried along dependencies, with bounds and the chain that causes them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import (
    Cycle,
    Forecast,
    Link,
    LinkKind,
    Precision,
    Task,
    Window,
    by_day,
    forecast,
    on_day,
    parse_window,
)

DAY = date(2021, 6, 30)
JULY_10, JULY_14 = date(2021, 7, 10), date(2021, 7, 14)
LATE = on_day(date(2021, 6, 22))


def test_an_overdue_predecessor_puts_the_next_at_risk():
    found = forecast(
        [Task("A", LATE), Task("B", on_day(JULY_10))], [Link("B", "A", lag_days=14)], DAY
    )

    assert found["A"] == Forecast(DAY, DAY, 8, ("A",))
    assert found["B"] == Forecast(JULY_14, JULY_14, 4, ("A", "B"), is_at_risk=True)


def test_the_chain_begins_with_its_first_cause():
    tasks = [Task(n, on_day(date(2021, 7, n))) for n in (1, 2, 3)] + [Task(9, LATE)]
    links = [Link(1, 9, lag_days=10), Link(2, 1), Link(3, 2, lag_days=1)]

    found = forecast(tasks, links, DAY)

    assert found[3] == Forecast(
        date(2021, 7, 11), date(2021, 7, 11), 8, (9, 1, 2, 3), is_at_risk=True
    )


def test_a_predecessor_in_time_pushes_nothing():
    tasks = [Task(1, on_day(date(2021, 7, 1))), Task(2, on_day(JULY_10))]

    assert forecast(tasks, [Link(2, 1, lag_days=3)], DAY)[2] == Forecast(JULY_10, JULY_10, 0, (2,))


def test_bounds_are_carried_apart():
    tasks = [Task(1, parse_window("early July 2021", "en")), Task(2, on_day(date(2021, 7, 5)))]

    assert forecast(tasks, [Link(2, 1, lag_days=1)], DAY)[2] == Forecast(
        date(2021, 7, 5), date(2021, 7, 11), 6, (1, 2), is_at_risk=True
    )


def test_an_upper_bound_has_no_lower_forecast():
    assert forecast([Task(1, by_day(JULY_10))], [], DAY)[1] == Forecast(None, JULY_10, 0, (1,))


def test_a_done_milestone_keeps_its_day():
    tasks = [Task(1, LATE, on_day(date(2021, 6, 24))), Task(2, on_day(JULY_10), by_day(DAY))]

    found = forecast(tasks, [Link(2, 1, lag_days=30)], DAY)

    assert found[1] == Forecast(date(2021, 6, 24), date(2021, 6, 24), 0, (1,))
    assert found[2] == Forecast(None, DAY, 0, (2,))


SPAN = Window(
    date(2021, 8, 31), date(2021, 8, 31), Precision.SPAN, "", date(2021, 8, 1), date(2021, 8, 1)
)
AFTER = Window(
    date(2021, 8, 20), date(2021, 8, 20), Precision.SPAN, "", date(2021, 8, 5), date(2021, 8, 5)
)


@pytest.mark.parametrize(
    ("kind", "lag_days", "expected"),
    [
        (LinkKind.FINISH_START, 0, date(2021, 8, 31)),
        (LinkKind.START_START, 4, date(2021, 8, 20)),
        (LinkKind.START_START, 30, date(2021, 8, 31)),
        (LinkKind.FINISH_FINISH, 0, date(2021, 8, 31)),
        (LinkKind.FINISH_FINISH, 5, date(2021, 9, 5)),
        (LinkKind.START_FINISH, 10, date(2021, 8, 20)),
        (LinkKind.START_FINISH, 31, date(2021, 9, 1)),
        (LinkKind.FINISH_START, -15, date(2021, 8, 20)),
    ],
)
def test_each_kind_ties_its_own_ends(kind, lag_days, expected):
    found = forecast([Task(1, SPAN), Task(2, AFTER)], [Link(2, 1, kind, lag_days)], DAY)

    assert found[2].high == expected


def test_a_point_begins_and_ends_on_one_day():
    tasks = [Task(1, on_day(JULY_14)), Task(2, on_day(JULY_10))]

    for kind in LinkKind:
        assert forecast(tasks, [Link(2, 1, kind, 1)], DAY)[2].high == date(2021, 7, 15)


def test_a_done_span_that_ended_early_began_no_later():
    tasks = [Task(1, SPAN, on_day(date(2021, 6, 20))), Task(2, on_day(date(2021, 6, 1)))]

    found = forecast(tasks, [Link(2, 1, LinkKind.START_START, 40)], date(2021, 5, 1))

    assert found[2].high == date(2021, 7, 30)


def test_what_has_no_date_is_named_and_left_out():
    tasks = [Task(1, None), Task(2, on_day(JULY_10)), Task(3, on_day(JULY_14)), Task(4, None)]

    found = forecast(tasks, [Link(2, 1), Link(3, 2), Link(4, 3)], DAY)

    assert found[1] == Forecast(None, None, 0, (1,))
    assert found[3] == Forecast(JULY_14, JULY_14, 0, (3,), undated=(1,))
    assert found[4] == Forecast(JULY_14, JULY_14, 0, (3, 4), undated=(1,))


def test_a_done_milestone_waits_for_nothing_undated():
    tasks = [Task(1, None), Task(2, on_day(JULY_10), on_day(DAY))]

    assert forecast(tasks, [Link(2, 1)], DAY)[2].undated == ()


def test_links_to_milestones_that_are_not_given_are_left_out():
    assert forecast([Task(1, on_day(JULY_10))], [Link(1, 7)], DAY)[1].high == JULY_10


def test_a_circle_is_refused():
    with pytest.raises(Cycle) as refusal:
        forecast([Task(1, LATE), Task(2, LATE)], [Link(1, 2), Link(2, 1)], DAY)

    assert str(refusal.value) == "1 → 2 → 1"


def test_no_milestones_have_no_forecast():
    assert forecast([], [], DAY) == {}


@given(st.lists(st.integers(0, 200), min_size=2, max_size=8), st.integers(0, 40))
def test_a_chain_never_falls_below_its_own_plan_nor_its_predecessor(offsets, lag_days):
    tasks = [Task(n, on_day(DAY + timedelta(days=days))) for n, days in enumerate(offsets)]
    links = [Link(n, n - 1, lag_days=lag_days) for n in range(1, len(tasks))]

    found = forecast(tasks, links, DAY)

    for link in links:
        own = tasks[link.milestone].plan.end_latest
        before = found[link.after].high + timedelta(days=lag_days)
        assert found[link.milestone].high == max(own, before)
