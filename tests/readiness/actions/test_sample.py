"""What the sample enters without a person or a probe: marked, and for samples alone."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories import readiness as make
from tests.factories.members import NOON, person_with

from serai.members.queries import viewer_of
from serai.readiness.actions import (
    Refused,
    SampleRun,
    put_sample_duty,
    put_sample_place,
    put_sample_runs,
)
from serai.readiness.models import Duty
from serai.readiness.states import DutyKind

pytestmark = pytest.mark.django_db
RUN = SampleRun(
    at=NOON - timedelta(days=1), down_mbps=20, up_mbps=10, rtt_ms=80, jitter_ms=5, loss_share=0.01,
    is_udp_open=True, is_wired=True, browser="Firefox",
)  # fmt: skip
TOLD = SampleRun(
    at=NOON, down_mbps=8, up_mbps=4, rtt_ms=90, jitter_ms=5, loss_share=0, is_udp_open=False,
    is_wired=True, browser="Firefox", tool="Sample tool",
)  # fmt: skip


def test_runs_are_our_probe_s_or_another_tool_s():
    office = make.probed_office(sample=True, latitude="41.7", longitude="44.8")
    room, point = make.probed_room(office), make.probe_point()

    ours, told = put_sample_runs(office=office, point=point, runs=[RUN, TOLD], now=NOON)

    assert (ours.source, ours.room, ours.point, ours.udp, ours.sample) == (
        "probe", room, point, "open", True,
    )  # fmt: skip
    assert (ours.down_tail_mbps, ours.rtt_p95_ms, ours.distance_km > 1000) == (20, 90, True)
    assert (told.source, told.tool, told.point, told.receipt) == (
        "entered", "Sample tool", None, "",
    )  # fmt: skip


def test_a_place_is_kept_to_a_tenth_of_a_degree():
    office = make.probed_office(sample=True)

    put_sample_place(office=office, latitude=Decimal("41.7"), longitude=Decimal("44.8"), now=NOON)

    office.refresh_from_db()
    assert (office.latitude, office.longitude) == (Decimal("41.7"), Decimal("44.8"))


def test_a_real_office_gets_nothing_of_the_sample():
    office = make.probed_office()
    place = {"latitude": Decimal(1), "longitude": Decimal(1)}

    with pytest.raises(Refused):
        put_sample_runs(office=office, point=make.probe_point(), runs=[RUN], now=NOON)
    with pytest.raises(Refused):
        put_sample_place(office=office, **place, now=NOON)

    assert office.runs.count() == 0


def test_a_duty_is_given_once_and_to_samples_alone():
    played = viewer_of(person_with("participant", sample=True), NOON)
    real = viewer_of(person_with("participant"), NOON)
    wanted = {"kind": DutyKind.TECHNICIAN, "from_on": NOON.date(), "now": NOON}

    first = put_sample_duty(person=played, **wanted)
    with pytest.raises(Refused):
        put_sample_duty(person=real, **wanted)

    assert put_sample_duty(person=played, **wanted) == first
    assert list(Duty.objects.values_list("kind", "sample")) == [("technician", True)]
