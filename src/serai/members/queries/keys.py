"""One's own keys of the open API."""

from dataclasses import dataclass
from datetime import date, datetime

from serai.base.access import NotFound, Viewer
from serai.base.keys import keys_of
from serai.base.models import ApiKey


@dataclass(frozen=True)
class KeyRow:
    """One key as its owner sees it; the key itself is kept nowhere."""

    public_id: str
    name: str
    issued_on: date
    expires_on: date
    revoked_at: datetime | None
    is_working: bool


def own_keys(viewer: Viewer, now: datetime) -> list[KeyRow]:
    """Return the viewer's keys, newest first."""
    today = now.date()
    return [
        KeyRow(
            public_id=row.public_id,
            name=row.name,
            issued_on=row.issued_on,
            expires_on=row.expires_on,
            revoked_at=row.revoked_at,
            is_working=row.revoked_at is None and row.expires_on >= today,
        )
        for row in keys_of(viewer.person_id or 0)
    ]


def own_key(viewer: Viewer, public_id: str) -> ApiKey:
    """Return one of the viewer's keys.

    Raises:
        NotFound: if it is somebody else's.
    """
    for row in keys_of(viewer.person_id or 0):
        if row.public_id == public_id:
            return row
    raise NotFound(public_id)
