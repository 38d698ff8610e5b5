"""Deliveries as of a day, with what later assessments and tests show."""

from datetime import timedelta

import pytest
from tests.factories import readiness
from tests.factories import readiness_report as make

from serai.base.access import Viewer
from serai.readiness.queries.before_after import delivered
from serai.readiness.states import ProvisionState

pytestmark = pytest.mark.django_db
DAY, NOON = make.DAY, make.NOON


def own(found):
    key = f"organisation:{found.office.organisation_id}"
    return Viewer(keys=frozenset({"members", key}))


def test_a_delivery_stands_as_it_stood_on_the_day():
    found = readiness.assessment()
    made = make.delivery(found)

    (one,) = delivered(own(found), [found], DAY)

    assert (one.public_id, one.package, one.state, one.installed_on, one.promised, one.shown) == (
        made.public_id, "LINK", ProvisionState.INSTALLED, DAY - timedelta(days=7), 3, 0,
    )  # fmt: skip
    assert [change.figure for change in one.changes] == [
        "down_tail_mbps", "up_tail_mbps", "rtt_ms",
    ]  # fmt: skip
    assert delivered(own(found), [found], DAY - timedelta(days=8)) == ()


def test_of_the_line_nothing_is_told_to_who_may_not_read_the_tests():
    found = readiness.assessment()
    make.delivery(found)

    (one,) = delivered(Viewer(keys=frozenset({"members"})), [found], DAY)

    assert one.changes == ()
