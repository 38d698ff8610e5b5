"""A line before and after an installation."""

from datetime import timedelta

import pytest
from tests.factories import planning as make
from tests.factories.members import viewer_with

from serai.calc.network.change import Verdict
from serai.readiness.models import RunVoid
from serai.readiness.queries import line_changes

pytestmark = pytest.mark.django_db


def around(found, before: float, after: float, count: int = 6, **fields):
    """Tests of so many days before and after an installation."""
    for n in range(1, count + 1):
        day = timedelta(days=n)
        make.tested(found.office, make.NOON - day, before + n / 10, **fields)
        make.tested(found.office, make.NOON + day, after + n / 10, **fields)


@pytest.fixture
def line():
    make.framework()
    found = make.at_step(make.provided(), "installed")
    found.office.audience = "secretariat"
    found.office.save()
    return found


def test_a_faster_line_is_said_to_be_improved(line):
    around(line, 4, 20)

    down, up, rtt = line_changes(make.staff(), line)

    assert (down.figure, down.change.verdict) == ("down_tail_mbps", Verdict.IMPROVED)
    assert down.change.difference == pytest.approx(16)
    assert up.change.verdict is Verdict.IMPROVED
    assert rtt.change.verdict is Verdict.NO_CLEAR_CHANGE


def test_too_few_tests_are_said_to_be_too_few(line):
    around(line, 4, 20, count=4)

    assert {one.change.verdict for one in line_changes(make.staff(), line)} == {Verdict.TOO_FEW}


def test_tests_of_other_settings_void_ones_and_those_of_the_day_are_left_out(line):
    around(line, 4, 20)
    around(line, 90, 1, count=3, is_wired=False)
    make.tested(line.office, make.NOON, 500)
    void = make.tested(line.office, make.NOON + timedelta(days=1), 900)
    RunVoid.objects.create(run=void, reason="Tethered", at=make.NOON)
    make.tested(line.office, make.NOON + timedelta(days=2), 900, source="entered", receipt="")

    down = line_changes(make.staff(), line)[0].change

    assert (down.before.runs, down.after.runs) == (6, 6)


def test_nothing_is_said_of_what_is_no_line_or_not_installed(line):
    around(line, 4, 20)
    camera = make.at_step(make.provided(line.office, package="ROOM"), "installed")

    assert line_changes(make.staff(), camera) == []
    assert line_changes(make.staff(), make.provided(line.office)) == []


def test_who_may_not_read_the_tests_reads_no_change(line):
    around(line, 4, 20)
    line.office.audience = "country"
    line.office.save()

    assert line_changes(make.staff(), line) == []
    assert len(line_changes(viewer_with("focal_point", "GEO"), line)) == 3
