"""Figures of other tools: declared, and a likely slip asked back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.factories.members import NOON, organisation, viewer_with
from tests.factories.readiness import probed_office, probed_room

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.readiness import actions
from serai.readiness.actions import EnteredRun, TestRefused
from serai.readiness.models import ProbeRun

pytestmark = pytest.mark.django_db
ENTERED = EnteredRun("iperf3", NOON - timedelta(hours=1), 12.5, 8.0, 90.0, 4.0, 1.5)


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def office(agency):
    return probed_office(organisation=agency)


@pytest.fixture
def focal(agency):
    return viewer_with("lead", agency)


def test_what_was_typed_is_kept_as_entered(office, focal):
    run = actions.enter_run(office=office, entered=ENTERED, by=focal, now=NOON)

    run.refresh_from_db()
    assert (run.source, run.tool, run.down_tail_mbps, run.up_mean_mbps) == (
        "entered", "iperf3", 12.5, 8.0,
    )  # fmt: skip
    assert (run.rtt_p95_ms, run.jitter_p95_ms, run.loss_share) == (90.0, 4.0, 0.015)
    assert AuditEntry.objects.get(verb="enter_run").after == {
        "tool": "iperf3", "run": run.public_id,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"down_mbps": 100_000.0}, "did you mean kbit/s?"),
        ({"up_mbps": -1.0}, "below 0"),
        ({"loss_percent": 101.0}, "outside 0 to 100"),
        ({"at": NOON + timedelta(days=1)}, "still to come"),
        ({"tool": " "}, "Name the tool"),
    ],
)
def test_a_likely_slip_is_asked_back(office, focal, change, said):
    with pytest.raises(TestRefused, match=said.replace("?", r"\?")):
        actions.enter_run(office=office, entered=replace(ENTERED, **change), by=focal, now=NOON)

    assert ProbeRun.objects.count() == 0


def test_a_room_of_another_office_is_refused(office, focal):
    other = probed_room(probed_office())

    with pytest.raises(TestRefused) as refused:
        actions.enter_run(office=office, entered=replace(ENTERED, room=other), by=focal, now=NOON)

    assert refused.value.field == "room"


def test_a_closed_office_takes_nothing(office, focal):
    office.is_closed = True

    with pytest.raises(TestRefused):
        actions.enter_run(office=office, entered=ENTERED, by=focal, now=NOON)


@pytest.mark.parametrize("role", ["officer", "coordinator", "focal_point", "expert"])
def test_only_its_own_people_enter_figures(office, role):
    with pytest.raises(Denied):
        actions.enter_run(office=office, entered=ENTERED, by=viewer_with(role), now=NOON)


def test_a_sheet_is_entered_whole(office, focal):
    rows = [replace(ENTERED, row=2), replace(ENTERED, row=3, down_mbps=3.0)]

    made = actions.import_runs(office=office, rows=rows, by=focal, now=NOON)

    assert [one.source for one in made] == ["imported", "imported"]
    assert [one.down_tail_mbps for one in ProbeRun.objects.order_by("id")] == [12.5, 3.0]


def test_a_sheet_with_one_slip_enters_nothing_and_names_the_row(office, focal):
    rows = [replace(ENTERED, row=2), replace(ENTERED, row=3, down_mbps=100_000.0)]

    with pytest.raises(TestRefused, match=r"Row 3: .*did you mean kbit/s\?"):
        actions.import_runs(office=office, rows=rows, by=focal, now=NOON)

    assert ProbeRun.objects.count() == 0


@pytest.mark.parametrize("count", [0, 501])
def test_an_empty_or_huge_sheet_is_refused(office, focal, count):
    with pytest.raises(TestRefused):
        actions.import_runs(office=office, rows=[ENTERED] * count, by=focal, now=NOON)
