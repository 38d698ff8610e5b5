"""Plain factories of the room readiness."""

import itertools
from datetime import datetime, timedelta

from tests.factories.members import NOON, organisation

from serai.readiness.models import MeetingRoom, Office, ProbePoint, ProbeRun, ProbeTicket

_numbers = itertools.count(1)


# ---------------------------------------------------------------- connection tests
def probed_office(**fields) -> Office:
    """An office of a new organisation of Georgia, on Tbilisi's clock."""
    if "organisation" not in fields:
        fields["organisation"] = organisation()
    defaults = {
        "name": f"Office {next(_numbers)}",
        "city": "Tbilisi",
        "time_zone": "Asia/Tbilisi",
        "made_at": NOON,
    }
    return Office.objects.create(**(defaults | fields))


def probed_room(office: Office, **fields) -> MeetingRoom:
    """A meeting room."""
    number = next(_numbers)
    return MeetingRoom.objects.create(
        office=office, **({"key": f"room-{number}", "name": f"Room {number}"} | fields)
    )


def probe_point(**fields) -> ProbePoint:
    """A point in use, in Tashkent."""
    defaults = {
        "name": f"Point {next(_numbers)}",
        "url": "http://127.0.0.1:8575",
        "city": "Tashkent",
        "latitude": "41.3",
        "longitude": "69.3",
    }
    return ProbePoint.objects.create(**(defaults | fields))


def probe_ticket(office: Office, **fields) -> ProbeTicket:
    """A ticket for a short test, issued at noon."""
    defaults = {
        "length": "short",
        "caps_bytes": 8_000_000,
        "issued_at": NOON,
        "consent_at": NOON,
        "expires_at": NOON + timedelta(hours=2),
    }
    fields.setdefault("point", None)
    fields["point"] = fields["point"] or probe_point()
    return ProbeTicket.objects.create(office=office, **(defaults | fields))


def probe_run(office: Office, at: datetime = NOON, **fields) -> ProbeRun:
    """A measured run: 20 Mbit/s down, 10 up, 80 ms."""
    defaults = {
        "source": "probe",
        "length": "short",
        "down_mean_mbps": 19.0,
        "down_tail_mbps": 20.0,
        "up_mean_mbps": 9.0,
        "up_tail_mbps": 10.0,
        "rtt_ms": 70.0,
        "rtt_p95_ms": 80.0,
        "rtt_least_ms": 60.0,
        "receipt": "signed",
        "series": {"idle_rtt_ms": [70, 80]},
    }
    return ProbeRun.objects.create(office=office, at=at, **(defaults | fields))
