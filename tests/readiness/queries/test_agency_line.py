"""The line as a report tells it: what stood when the office was scored."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories import readiness

from serai.base.access import Viewer
from serai.base.models import StoredFile
from serai.readiness.models import RunVoid
from serai.readiness.queries.agency_line import Line, LineFigure, line_of, tiers_read

pytestmark = pytest.mark.django_db
NOON = make.NOON


def own(found):
    key = f"organisation:{found.office.organisation_id}"
    return Viewer(keys=frozenset({"members", key}))


def scored():
    return make.assessment(make.office(), state="scored", scored_at=NOON)


def test_p5_p50_and_p95_of_busy_hours_and_the_tiers_p5_carries():
    readiness.tiers()
    found = scored()
    for place, down in enumerate((10.0, 20.0, 30.0)):
        make.run(found.office, at=NOON - timedelta(days=place + 3), down_tail_mbps=down)

    line = line_of(own(found), found, tiers_read())

    assert line.figures[0] == LineFigure("down", 10.0, 20.0, 29.0, 3, True)
    assert [one.name for one in line.figures] == ["down", "up", "voice"]
    assert (len(line.runs), line.day_count, line.tiers_edition) == (3, 3, 1)
    held = {(one.platform, one.profile): one.level for one in line.tiers}
    assert held["Microsoft Teams", "video meeting"] == "best"


def test_runs_after_the_scoring_do_not_count_and_a_later_void_takes_nothing_back():
    found = scored()
    kept, gone = make.runs(found.office, 2)
    make.run(found.office, at=NOON + timedelta(days=1))
    RunVoid.objects.create(run=kept, reason="Later", at=NOON + timedelta(days=1))
    RunVoid.objects.create(run=gone, reason="Before", at=NOON - timedelta(minutes=1))

    assert line_of(own(found), found, tiers_read()).runs == (kept.public_id,)


def test_an_office_without_tests_has_no_figures_but_its_files():
    found = scored()
    stored = StoredFile.objects.create(
        name="speed.pdf", media_type="application/pdf", bytes=7, sha256="a" * 64, received_at=NOON
    )
    make.run(found.office, source="entered", receipt="", file=stored)

    line = line_of(own(found), found, tiers_read())

    assert line == replace(Line(), files=(stored.public_id,))


def test_who_may_not_read_the_tests_gets_no_line():
    found = scored()
    make.runs(found.office)

    assert line_of(Viewer(keys=frozenset({"members"})), found, tiers_read()) is None
