"""Where and with what one may test: offices, points, tickets."""

from dataclasses import dataclass

from django.db.models import Count, Max

from serai.base.access import NotFound, Viewer
from serai.base.probe import Ticket, sign_ticket
from serai.members.access import visible
from serai.readiness import access
from serai.readiness.models import MeetingRoom, Office, ProbePoint, ProbeTicket


@dataclass(frozen=True)
class TestedOffice:
    """One office in the list of connection tests.

    Attributes:
        run_count: of tests that count or not.
    """

    __test__ = False  # for pytest, which would take the name for a test's

    public_id: str
    name: str
    city: str
    organisation: object
    run_count: int
    latest_at: object
    may_test: bool
    sample: bool


def tested_offices(viewer: Viewer) -> list[TestedOffice]:
    """Return the offices whose tests a viewer reads, those of their own first."""
    found = (
        Office.objects.filter(
            visible(viewer, country="organisation__member__iso3"), is_closed=False
        )
        .select_related("organisation__member", "initiative")
        .annotate(run_count=Count("runs"), latest_at=Max("runs__at"))
        .order_by("organisation__name_key", "name", "id")
    )
    rows = [
        TestedOffice(
            one.public_id, one.name, one.city, one.organisation.names, one.run_count,
            one.latest_at, access.may_test(viewer, one), one.sample,
        )
        for one in found
        if access.may_see_runs(viewer, one)
    ]  # fmt: skip
    return sorted(rows, key=lambda row: not row.may_test)


def tested_office(viewer: Viewer, public_id: str) -> Office:
    """Return an office whose tests the viewer reads or runs.

    Raises:
        NotFound: there is none.
    """
    found = (
        Office.objects.filter(public_id=public_id)
        .select_related("organisation__member", "initiative")
        .first()
    )
    if found is None or not access.may_see_runs(viewer, found):
        raise NotFound(public_id)
    return found


def rooms(viewer: Viewer, office: Office) -> list[MeetingRoom]:
    """Return the open rooms of an office."""
    if not access.may_see_runs(viewer, office):
        return []
    return list(office.rooms.filter(is_closed=False).order_by("name", "id"))


def points(viewer: Viewer, *, only_in_use: bool = False) -> list[ProbePoint]:
    """Return the points by name."""
    if not viewer.is_signed_in:
        return []
    found = ProbePoint.objects.order_by("name", "id")
    return list(found.filter(is_in_use=True) if only_in_use else found)


def point(viewer: Viewer, public_id: str) -> ProbePoint:
    """Return a point.

    Raises:
        NotFound: there is none.
    """
    found = ProbePoint.objects.filter(public_id=public_id).first()
    if found is None or not access.may_keep_points(viewer, found):
        raise NotFound(public_id)
    return found


def ticket(viewer: Viewer, public_id: str) -> ProbeTicket:
    """Return a ticket of the viewer's own.

    Raises:
        NotFound: there is none.
    """
    found = (
        ProbeTicket.objects.filter(public_id=public_id)
        .select_related("office__organisation__member", "office__initiative", "point", "room")
        .first()
    )
    if found is None or not access.may_use_ticket(viewer, found):
        raise NotFound(public_id)
    return found


def signed(viewer: Viewer, found: ProbeTicket, *, seconds: float, key: bytes) -> str:
    """Return the ticket as the probe takes it.

    Raises:
        NotFound: it is another's.
    """
    if not access.may_use_ticket(viewer, found):
        raise NotFound(found.public_id)
    about = {
        "office": found.office.public_id,
        "room": found.room.public_id if found.room else "",
        "length": found.length,
    }
    return sign_ticket(
        Ticket(
            found.public_id, found.caps_bytes, seconds, found.expires_at.timestamp(), about,
            found.may_send_packets,
        ),
        key,
    )  # fmt: skip
