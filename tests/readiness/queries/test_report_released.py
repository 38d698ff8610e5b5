"""What was let out: by whose release, to whom, from which day."""

from datetime import timedelta

import pytest
from tests.factories import planning, readiness
from tests.factories import readiness_report as make

from serai.base.access import ANONYMOUS, Viewer
from serai.readiness.queries.report_released import released_lines, released_offices

pytestmark = pytest.mark.django_db
MEMBER = Viewer(keys=frozenset({"public", "members"}))
DAY = make.DAY


def confirmed(**fields):
    return readiness.assessment(state="confirmed", confirmed_at=make.NOON, **fields)


@pytest.mark.parametrize(
    ("fields", "member", "public"),
    [
        ({}, True, False),
        ({"audience": "public"}, True, True),
        ({"state": "granted", "released_at": None}, False, False),
        ({"state": "withdrawn"}, False, False),
        ({"released_at": make.NOON + timedelta(days=1)}, False, False),
    ],
)
def test_only_what_was_released_by_the_day_reaches_its_audience(fields, member, public):
    found = confirmed()
    make.release(found, **fields)

    given = {found.office_id: found.pk}
    assert released_offices(MEMBER, DAY) == (given if member else {})
    assert released_offices(ANONYMOUS, DAY) == (given if public else {})


def test_lines_of_a_plan_go_out_by_country():
    run = planning.planned()
    found = confirmed()
    make.release(found, assessment=None, run=run)

    assert released_lines(MEMBER, run.pk, DAY) == {"GEO"}
    assert released_lines(ANONYMOUS, run.pk, DAY) == frozenset()
