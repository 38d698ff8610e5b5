"""Connection tests of the sample's offices."""

from dataclasses import replace
from datetime import date
from statistics import median
from zoneinfo import ZoneInfo

import pytest

from serai.setup.demo.lines import BUSY, TOOL, runs, workdays
from serai.setup.demo.office_answers import LineTests, profile
from serai.setup.demo.places import places

ZONE, FIRST = "Asia/Tbilisi", date(2021, 6, 25)  # a Friday
OF = profile(places()[12], step=2)


def test_workdays_leave_out_the_weekend():
    assert [day.day for day in workdays(FIRST, 2)] == [25, 28]


def test_tests_lie_on_several_days_and_are_the_same_each_time():
    found = runs(OF, ZONE, FIRST)

    assert len(found) == 12
    assert len({one.at.date() for one in found}) == 4
    assert found == runs(OF, ZONE, FIRST)
    assert found != runs(OF, ZONE, FIRST, what="again")


def test_a_busy_hour_carries_less():
    found = runs(OF, ZONE, FIRST, days=12)
    hours = [(one.at.astimezone(ZoneInfo(ZONE)).hour in BUSY, one.down_mbps) for one in found]

    busy, quiet = (median(rate for is_, rate in hours if is_ is which) for which in (True, False))

    assert busy < 0.95 * quiet


def test_a_raised_line_carries_more():
    before, after = (
        median(one.down_mbps for one in runs(OF, ZONE, FIRST, factor=factor)) for factor in (1, 4)
    )

    assert after == pytest.approx(4 * before, rel=0.01)


@pytest.mark.parametrize(
    ("tests", "least", "most", "tool"),
    [(LineTests.THIN, 1, 2, ""), (LineTests.TOLD, 1, 2, TOOL), (LineTests.NONE, 0, 0, "")],
)
def test_some_have_few_tests_another_tool_s_or_none(tests, least, most, tool):
    found = runs(replace(OF, tests=tests), ZONE, FIRST)

    assert least <= len(found) <= most
    assert {one.tool for one in found} <= {tool}
