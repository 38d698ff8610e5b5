"""The many offices a viewer sees are those that `may_see_office` admits one by one."""

import pytest
from tests.factories import planning as make
from tests.factories.members import organisation, viewer_with

from serai.base.access import ANONYMOUS
from serai.readiness.access import may_see_office
from serai.readiness.queries import offices_seen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "scope", "seen"),
    [
        ("officer", None, {"Own", "Other agency", "Other country", "International"}),
        ("officer", make.CODE, {"Own", "Other agency", "Other country", "International"}),
        ("officer", "startup-hub", set()),
        ("focal_point", "GEO", {"Own", "Other agency"}),
        ("deputy", "UZB", {"Other country"}),
        ("expert", f"{make.CODE}:UZB", {"Other country"}),
        ("lead", "own", {"Own"}),
        ("contributor", "own", {"Own"}),
        ("participant", None, set()),
        ("administrator", None, set()),
    ],
)
def test_offices_seen(role, scope, seen):
    agency = organisation("Agency of its own")
    rows = [
        make.office("Own", organisation=agency),
        make.office("Other agency"),
        make.office("Other country", country="UZB"),
        make.office("International", country=None),
    ]
    viewer = viewer_with(role, agency if scope == "own" else scope)

    assert {one.name for one in offices_seen(viewer)} == seen
    assert {one.name for one in rows if may_see_office(viewer, one)} == seen


def test_visitors_see_none():
    make.office()

    assert list(offices_seen(ANONYMOUS)) == []
