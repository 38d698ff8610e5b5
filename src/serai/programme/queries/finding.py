"""Finding things by their codes for presets and other rooms' records: no page shows these."""

from datetime import datetime

from serai.programme.models import Initiative, Meeting, Programme, Request


def the_programme() -> Programme:
    """Return the installation's programme.

    Raises:
        Programme.DoesNotExist: before a preset is loaded.
    """
    return Programme.objects.order_by("id")[:1].get()


def find_initiative(code: str) -> Initiative | None:
    """Return the initiative of a code."""
    return Initiative.objects.select_related("programme", "keeper").filter(code=code).first()


def request_about(room: str, kind: str, number: str) -> Request | None:
    """Return what was asked about a thing of another room."""
    return (
        Request.objects.filter(about_room=room, about_kind=kind, about_number=number)
        .select_related("initiative__programme")
        .first()
    )


def meeting_at(kind: str, starts_at: datetime) -> Meeting | None:
    """Return the meeting of a kind that begins at a moment."""
    return Meeting.objects.filter(kind=kind, starts_at=starts_at).order_by("id").first()
