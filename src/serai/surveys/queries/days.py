"""Until when each body is asked, on the clock of its own country."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from serai.base.access import ANONYMOUS
from serai.programme.queries import programme
from serai.surveys.models import Invitation, Wave

REMINDED_FROM, REMINDED_UNTIL = 9, 18
"""Hours of the recipient's day in which reminders are written; after a pause, any of them."""


def programme_zone() -> str:
    """Return the programme's time zone."""
    return programme(ANONYMOUS).time_zone


def zone_of(invitation: Invitation, otherwise: str) -> ZoneInfo:
    """Return the zone in which a body's days end: its country's, else the programme's."""
    country = invitation.country
    return ZoneInfo(country.time_zone if country is not None else otherwise)


def due_of(invitation: Invitation) -> date:
    """Return the day by which a body is to answer: its own where it was given more time."""
    return invitation.due_on or invitation.wave.due_on


def ends_at(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment at which a day has ended in a zone."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def wave_ends_at(wave: Wave, invitations: Iterable[Invitation]) -> datetime:
    """Return when the last body's due day and days of grace have ended, each on its own clock."""
    otherwise = programme_zone()
    grace = timedelta(days=wave.grace_days)
    ends = [ends_at(due_of(one) + grace, zone_of(one, otherwise)) for one in invitations]
    return max(ends, default=ends_at(wave.due_on + grace, ZoneInfo(otherwise)))


def programme_clock() -> ZoneInfo:
    """Return the programme's clock."""
    return ZoneInfo(programme_zone())
