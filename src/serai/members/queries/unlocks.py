"""Administrators' hours with the content."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer
from serai.members import access
from serai.members.models import Unlock
from serai.members.queries.plugs import PLUGS
from serai.members.states import Audience, UnlockState


@dataclass(frozen=True)
class RepairRow:
    """What was set right within an unlock, and why."""

    thing: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class UnlockRow:
    """One unlock as a list shows it."""

    public_id: str
    administrator: str
    scope: str
    reason: str
    opened_at: datetime
    until_at: datetime
    is_open: bool
    repairs: tuple[RepairRow, ...] = ()


def unlocks(viewer: Viewer, now: datetime) -> list[UnlockRow]:
    """Return the unlocks; administrators see their own, coordinators of the whole programme all."""
    rows = Unlock.objects.select_related("administrator").prefetch_related("repairs")
    rows = rows.order_by("-opened_at", "-id")
    if not access.is_programme_coordinator(viewer):
        rows = rows.filter(administrator_id=viewer.person_id)
    return [
        UnlockRow(
            public_id=row.public_id,
            administrator=str(row.administrator),
            scope=row.scope,
            reason=row.reason,
            opened_at=row.opened_at,
            until_at=row.until_at,
            is_open=row.state == UnlockState.OPEN and row.until_at > now,
            repairs=tuple(
                RepairRow(one.thing, one.reason, one.at)
                for one in sorted(row.repairs.all(), key=lambda one: (one.at, one.pk))
            ),
        )
        for row in rows[:50]
    ]


def unlock_scopes(viewer: Viewer) -> list[tuple[str, str]]:
    """Return what an administrator may ask to read; never a country's or an agency's own."""
    initiatives = [
        (access.secretariat_key(choice.code), _("Secretariat: {name}").format(name=choice.name))
        for choice in PLUGS.initiatives(viewer)
    ]
    return [
        (Audience.MEMBERS.value, _("What all members read")),
        *initiatives,
        (Audience.SECRETARIAT.value, _("Secretariat: the whole programme")),
    ]


def open_unlock(viewer: Viewer, public_id: str) -> Unlock:
    """Return one unlock.

    Raises:
        NotFound: if there is none.
    """
    rows = Unlock.objects.filter(public_id=public_id)
    if not access.is_programme_coordinator(viewer):
        rows = rows.filter(administrator_id=viewer.person_id)
    found = rows.first()
    if found is None:
        raise NotFound("There is no such unlock.")
    return found
