"""Who asks for more time once a wave has closed, and who was given it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from serai.base.access import Viewer
from serai.surveys import access
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.queries.days import due_of, programme_clock
from serai.surveys.queries.invitations import open_invitations
from serai.surveys.queries.own import in_words
from serai.surveys.queries.waves import place_of
from serai.surveys.states import ResponseState, WaveState


@dataclass(frozen=True)
class MoreTimeAsked:
    """One body that asks for more time.

    Attributes:
        invitation: its number; "" where nobody was invited, and the wave alone can be opened again.
        percent: how much is answered.
        offered_on: a week from today, or from its day where that is later.
    """

    invitation: str
    place: str
    country: str
    due_on: date
    asked_at: datetime | None
    percent: int | None
    offered_on: date
    sample: bool


def more_time_asked(viewer: Viewer, wave: Wave, now: datetime) -> list[MoreTimeAsked]:
    """Return who asks for more time in a closed wave, first come first; two queries."""
    if not access.may_keep_survey(viewer, wave) or wave.state != WaveState.CLOSED:
        return []
    rows = Response.objects.filter(
        wave=wave, state=ResponseState.FILLING, more_time_asked_at__isnull=False
    ).select_related(
        "wave", "person", "invitation__wave", "invitation__organisation", "invitation__country",
        "invitation__lead",
    )  # fmt: skip
    today = now.astimezone(programme_clock()).date()
    return [_row(one, today) for one in rows.order_by("more_time_asked_at", "id")]


def _row(found: Response, today: date) -> MoreTimeAsked:
    asked = found.invitation
    due_on = due_of(asked) if asked else found.wave.due_on
    country = asked.country if asked else None
    return MoreTimeAsked(
        invitation=asked.public_id if asked else "",
        place=place_of(asked) if asked else str(found.person or ""),
        country=in_words(country.shown_name) if country else "",
        due_on=due_on,
        asked_at=found.more_time_asked_at,
        percent=None if found.completeness is None else round(found.completeness * 100),
        offered_on=max(today, due_on) + timedelta(weeks=1),
        sample=found.sample,
    )


def late_invitations() -> list[Invitation]:
    """Return the invitations of closed waves that were given a day of their own."""
    return [one for one in open_invitations() if one.has_late_day]
