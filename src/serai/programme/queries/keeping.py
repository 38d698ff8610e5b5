"""Reads for set-up: whether a thing of a preset is here already. No viewer looks at these."""

from datetime import datetime

from serai.base.access import NotFound
from serai.programme.models import Initiative, Meeting, Programme, Request


def the_programme() -> Programme:
    """Return the installation's programme.

    Raises:
        NotFound: before a preset is loaded.
    """
    row = Programme.objects.order_by("id").first()
    if row is None:
        raise NotFound("programme")
    return row


def find_initiative(code: str) -> Initiative | None:
    """Return an initiative by its code, if it is here."""
    return Initiative.objects.filter(code=code).first()


def request_about(room: str, kind: str, number: str) -> Request | None:
    """Return the request about another room's thing, if it is here."""
    return Request.objects.filter(about_room=room, about_kind=kind, about_number=number).first()


def meeting_at(kind: str, starts_at: datetime) -> Meeting | None:
    """Return a meeting of a kind that begins at a moment, if it is here."""
    return Meeting.objects.filter(kind=kind, starts_at=starts_at).order_by("id").first()
