"""Several tests of one link."""

from datetime import datetime

import pytest

from serai.calc.network.links import (
    LinkFigures,
    LinkRun,
    LinkThin,
    is_busy_hour,
    link_figures,
)
from serai.calc.network.quantiles import LowEnd, Spread

MONDAY, TUESDAY, SATURDAY = 23, 24, 28


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute)  # noqa: DTZ001  the office's own clock


def run(day, hour, down=10.0, up=4.0, r=80.0, **said):
    return LinkRun(at(day, hour), down, up, r, **said)


@pytest.mark.parametrize(
    ("moment", "is_busy"),
    [
        (at(MONDAY, 8, 59), False),
        (at(MONDAY, 9), True),
        (at(MONDAY, 11, 59), True),
        (at(MONDAY, 12), False),
        (at(MONDAY, 14), True),
        (at(MONDAY, 17), False),
        (at(SATURDAY, 10), False),
    ],
)
def test_busy_hours(moment, is_busy):
    assert is_busy_hour(moment) is is_busy


def test_workdays_differ_by_country():
    assert is_busy_hour(at(SATURDAY, 10), frozenset({5, 6, 0, 1, 2})) is True


def test_only_busy_hours_count():
    runs = [run(MONDAY, 10, 6), run(MONDAY, 15, 8), run(TUESDAY, 9, 7), run(TUESDAY, 22, 40)]

    assert link_figures(runs) == LinkFigures(
        down_mbps=Spread(LowEnd(6, 3, is_lowest=True), 7, pytest.approx(7.9)),
        up_mbps=Spread(LowEnd(4, 3, is_lowest=True), 4, 4),
        r=Spread(LowEnd(80, 3, is_lowest=True), 80, 80),
        runs=4,
        busy_runs=3,
        days=2,
        thin=(),
    )


def test_without_a_busy_hour_all_runs_tell_and_it_is_thin():
    found = link_figures([run(MONDAY, 20, 6), run(TUESDAY, 21, 8), run(SATURDAY, 10, 7)])

    assert found.down_mbps is not None
    assert found.down_mbps.p50 == 7
    assert found.thin == (LinkThin.NO_BUSY_HOUR,)


@pytest.mark.parametrize(
    ("runs", "thin"),
    [
        ([], (LinkThin.FEW_RUNS, LinkThin.FEW_DAYS, LinkThin.NO_BUSY_HOUR)),
        ([run(MONDAY, 10)], (LinkThin.FEW_RUNS, LinkThin.FEW_DAYS)),
        ([run(MONDAY, 9), run(MONDAY, 10), run(MONDAY, 11)], (LinkThin.FEW_DAYS,)),
        ([run(MONDAY, 10), run(TUESDAY, 10)], (LinkThin.FEW_RUNS,)),
        (
            [run(MONDAY, 10, is_thin=True), run(TUESDAY, 10, is_thin=True), run(TUESDAY, 22)],
            (LinkThin.THIN_RUNS,),
        ),
        ([run(MONDAY, 10, is_thin=True), run(TUESDAY, 10), run(TUESDAY, 11)], ()),
    ],
)
def test_what_makes_a_link_thin(runs, thin):
    assert link_figures(runs).thin == thin


def test_what_is_missing_stays_missing():
    found = link_figures([run(MONDAY, 10, down=None, r=None), run(TUESDAY, 10, up=None, r=None)])

    assert found.r is None
    assert found.up_mbps == Spread(LowEnd(4, 1, is_lowest=True), 4, 4)
    assert link_figures([]).down_mbps is None
