"""What the sample enters without a person or a probe: places, tests and duties. All is marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from serai.base.access import Viewer
from serai.readiness.actions.acts import Refused, actor, note_audit
from serai.readiness.models import Duty, Office, ProbePoint, ProbeRun
from serai.readiness.queries.runs import km_to_point
from serai.readiness.states import DutyKind, ProbeLength, RunSource, UdpPath

RECEIPT = "sample"
LOADED = 1.8
MEAN_SHARE = 0.94


@dataclass(frozen=True)
class SampleRun:
    """What one test of the sample showed.

    Attributes:
        tool: of whom it was entered; "" for our probe's.
    """

    at: datetime
    down_mbps: float
    up_mbps: float
    rtt_ms: float
    jitter_ms: float
    loss_share: float
    is_udp_open: bool
    is_wired: bool
    browser: str = ""
    tool: str = ""


def _only_sample(office: Office) -> None:
    if not office.sample:
        raise Refused("Sample tests and places are for sample offices only.")


@transaction.atomic
def put_sample_place(
    *, office: Office, latitude: Decimal, longitude: Decimal, now: datetime
) -> Office:
    """Say where an office of the sample stands, to a tenth of a degree."""
    _only_sample(office)
    office.latitude, office.longitude = latitude, longitude
    office.save(update_fields=["latitude", "longitude"])
    note_audit("put_sample_place", office, by=None, now=now)
    return office


@transaction.atomic
def put_sample_runs(
    *, office: Office, point: ProbePoint, runs: Sequence[SampleRun], now: datetime
) -> list[ProbeRun]:
    """Enter tests of an office of the sample, at its first room where it has one."""
    _only_sample(office)
    room = office.rooms.order_by("key").first()
    made = ProbeRun.objects.bulk_create(
        ProbeRun(
            office=office, room=room, point=None if one.tool else point, at=one.at,
            source=(RunSource.ENTERED if one.tool else RunSource.PROBE).value, tool=one.tool,
            length="" if one.tool else ProbeLength.FULL.value, is_wired=one.is_wired,
            browser="" if one.tool else one.browser,
            down_mean_mbps=round(one.down_mbps * MEAN_SHARE, 2), down_tail_mbps=one.down_mbps,
            up_mean_mbps=round(one.up_mbps * MEAN_SHARE, 2), up_tail_mbps=one.up_mbps,
            rtt_ms=one.rtt_ms, rtt_loaded_ms=round(one.rtt_ms * LOADED, 2),
            rtt_p95_ms=round(one.rtt_ms + 2 * one.jitter_ms, 2),
            rtt_least_ms=round(max(1.0, one.rtt_ms - one.jitter_ms), 2),
            jitter_p95_ms=one.jitter_ms, loss_share=one.loss_share, late_share=0.0,
            burst_ratio=1.0,
            udp=(UdpPath.OPEN if one.is_udp_open else UdpPath.BLOCKED).value,
            distance_km=None if one.tool else km_to_point(office, point),
            receipt="" if one.tool else RECEIPT, sample=True,
        )
        for one in runs
    )  # fmt: skip
    note_audit("put_sample_runs", office, by=None, now=now, after={"runs": len(made)})
    return made


@transaction.atomic
def put_sample_duty(*, person: Viewer, kind: DutyKind, from_on: date, now: datetime) -> Duty:
    """Give a person of the sample a duty, once."""
    if not person.is_sample:
        raise Refused("Sample duties are for sample people only.")
    found, is_new = Duty.objects.get_or_create(
        person_id=actor(person), kind=kind.value, ended_at=None,
        defaults={"from_on": from_on, "sample": True},
    )  # fmt: skip
    if is_new:
        note_audit("put_sample_duty", found, by=None, now=now, after={"kind": kind.value})
    return found
