"""Runs one by one, and summed up for scoring."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.factories.members import NOON, organisation, viewer_with
from tests.factories.readiness import probe_point, probe_run, probed_office

from serai.base.access import NotFound
from serai.base.text import TranslatedText
from serai.calc.network import LinkThin
from serai.readiness.models import RunVoid, TierTable
from serai.readiness.queries import runs as queries
from serai.readiness.states import RunSource

pytestmark = pytest.mark.django_db
# A Wednesday, 10:00 in Tbilisi (UTC+4): a busy hour; and 20:00, none.
BUSY, EVENING = datetime(2021, 6, 30, 6, tzinfo=UTC), datetime(2021, 6, 30, 16, tzinfo=UTC)


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def office(agency):
    return probed_office(organisation=agency)


@pytest.fixture
def focal(agency):
    return viewer_with("lead", agency)


def test_a_run_is_shown_on_the_offices_clock_with_its_voice(office, focal):
    probe_run(office, BUSY, jitter_p95_ms=4.0, loss_share=0.01)

    row = queries.runs(focal, office)[0]

    assert (row.at.hour, row.is_busy, row.is_r_at_best) == (10, True, False)
    assert row.loss_percent == 1.0
    assert 80 < row.r < 93.3


def test_without_loss_and_jitter_the_voice_is_at_best(office, focal):
    probe_run(office, EVENING)

    row = queries.runs(focal, office)[0]

    assert (row.is_busy, row.is_r_at_best) == (False, True)


def test_without_a_round_trip_there_is_no_voice(office, focal):
    probe_run(office, rtt_p95_ms=None)

    assert queries.runs(focal, office)[0].r is None


def test_the_newest_run_stands_first(office, focal):
    first, second = probe_run(office, BUSY), probe_run(office, EVENING)

    assert [row.public_id for row in queries.runs(focal, office)] == [
        second.public_id, first.public_id,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "scope", "audience", "count"),
    [
        ("lead", "own", "country", 1),
        ("contributor", "own", "country", 1),
        ("focal_point", "GEO", "country", 1),
        ("deputy", "GEO", "country", 1),
        ("focal_point", "KAZ", "country", 0),
        ("lead", None, "country", 0),
        ("officer", None, "country", 0),
        ("officer", None, "secretariat", 1),
        ("administrator", None, "secretariat", 0),
    ],
)
def test_who_reads_runs(agency, role, scope, audience, count):
    office = probed_office(organisation=agency, audience=audience)
    run = probe_run(office)
    viewer = viewer_with(role, agency if scope == "own" else scope)

    seen = queries.runs(viewer, office)

    assert (len(seen), queries.link(viewer, office).figures.runs) == (count, count)
    if not count:
        with pytest.raises(NotFound):
            queries.run(viewer, run.public_id)
        with pytest.raises(NotFound):
            queries.run_row(viewer, run)


def test_the_link_is_that_of_busy_hours_and_the_lowest_of_few(office, focal):
    probe_run(office, BUSY, down_tail_mbps=8.0)
    probe_run(office, BUSY - timedelta(days=1), down_tail_mbps=6.0)
    probe_run(office, EVENING, down_tail_mbps=2.0)

    link = queries.link(focal, office)

    assert (link.figures.down_mbps.p5.value, link.figures.down_mbps.p5.is_lowest) == (6.0, True)
    assert (link.figures.runs, link.figures.busy_runs, link.thin) == (3, 2, ())
    assert (link.rtt_ms, link.loss_percent, link.udp, link.is_voice_thin) == (
        80.0, None, "not_tried", True,
    )  # fmt: skip


def test_void_entered_and_old_runs_are_not_measured(office, focal):
    void = probe_run(office, BUSY)
    RunVoid.objects.create(run=void, reason="Why.", at=NOON)
    probe_run(office, BUSY, source="entered", receipt="", down_tail_mbps=99.0)
    probe_run(office, BUSY - timedelta(days=10))

    measured = queries.link(focal, office, since=BUSY - timedelta(days=1))
    declared = queries.link(focal, office, sources=(RunSource.ENTERED,))

    assert (measured.figures.runs, measured.figures.down_mbps, measured.latest_at) == (
        0,
        None,
        None,
    )
    assert declared.figures.down_mbps.p5.value == 99.0


def test_few_runs_are_thin(office, focal):
    probe_run(office, EVENING)

    assert queries.link(focal, office).thin == (
        LinkThin.FEW_RUNS, LinkThin.FEW_DAYS, LinkThin.NO_BUSY_HOUR,
    )  # fmt: skip


def test_the_worst_of_udp_and_the_high_end_of_losses_are_told(office, focal):
    probe_run(office, BUSY, udp="open", loss_share=0.0, jitter_p95_ms=1.0)
    probe_run(office, BUSY, udp="blocked", loss_share=0.02, jitter_p95_ms=3.0)

    link = queries.link(focal, office)

    assert (link.udp, link.is_voice_thin) == ("blocked", False)
    assert (link.loss_percent, link.jitter_ms) == (pytest.approx(1.9), pytest.approx(2.9))


def test_how_far_the_point_is(office):
    point = probe_point()
    placed = probed_office(latitude=Decimal("41.7"), longitude=Decimal("44.8"))

    assert queries.km_to_point(office, point) is None
    assert queries.km_to_point(placed, point) == pytest.approx(2037, rel=0.01)


def tier(level, up, down):
    return {
        "platform": "Teams", "profile": "Video meeting", "level": level, "up_kbps": up,
        "down_kbps": down, "source": "Its help", "dated_on": "2022-01-01", "is_copy": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("down", "up", "levels"),
    [(20.0, 10.0, ["best"]), (4.0, 4.0, ["recommended"]), (0.1, 0.1, []), (None, 1.0, [])],
)
def test_what_a_line_is_good_enough_for(focal, down, up, levels):
    rows = [tier("minimum", 150, 200), tier("recommended", 2500, 2500), tier("best", 4000, 4000)]
    TierTable.objects.create(
        number=1, title=TranslatedText.of("Tiers"), document={"tiers": rows}, state="in_use",
        made_at=NOON,
    )  # fmt: skip

    found = queries.carried(focal, down_mbps=down, up_mbps=up)

    assert [one.level for one in found] == levels


def test_without_a_table_of_tiers_nothing_is_said(focal):
    assert queries.carried(focal, down_mbps=20.0, up_mbps=10.0) == []
