"""The one letter a day: whose hour it is, what waits for them, and what they are reminded of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from serai.base.pages import Todo
from serai.members.models import Person
from serai.members.queries.plugs import PLUGS
from serai.members.queries.viewer import viewer_of
from serai.members.states import DigestRhythm, PersonState

DIGEST_HOUR = 8
MONDAY = 0
SATURDAY = 5


@dataclass(frozen=True)
class DigestFound:
    """What a person's letter of a day holds; empty where nothing is to be said.

    Attributes:
        day: the day in the person's own zone.
        waiting: the list of what waits, on the days the person wants it.
        reminders: what is due on this day itself, whatever the rhythm of the list.
    """

    person: Person
    day: date
    waiting: tuple[Todo, ...]
    reminders: tuple[Todo, ...]


def digests_due(now: datetime) -> list[DigestFound]:
    """Return the letters of the day of those for whom it is 8 o'clock or past, once a day each."""
    living = Person.objects.filter(state__in=[PersonState.INVITED, PersonState.ACTIVE])
    due = [(one, day) for one in living.order_by("id") if (day := _day_due(one, now))]
    reminded: dict[tuple[date, str], Mapping[int, Sequence[Todo]]] = {}
    found = []
    for person, day in due:
        language = _spoken(person.language)
        with translation.override(language):
            if (day, language) not in reminded:
                reminded[day, language] = _reminders(day, now)
            waiting = _waiting(person, now) if _wants_list(person, day) else ()
        reminders = reminded[day, language].get(person.pk, ())
        found.append(DigestFound(person, day, waiting, tuple(reminders)))
    return found


def _day_due(person: Person, now: datetime) -> date | None:
    """Return the day in the person's own zone, if its letter is not looked after yet."""
    zone = ZoneInfo(person.time_zone)
    local, sent = now.astimezone(zone), person.digest_sent_at
    if local.hour < DIGEST_HOUR or (sent and sent.astimezone(zone).date() >= local.date()):
        return None
    return local.date()


def _spoken(language: str) -> str:
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _wants_list(person: Person, day: date) -> bool:
    """Daily on working days, weekly on Mondays; who is invited only has no list yet."""
    if person.state != PersonState.ACTIVE:
        return False
    if person.digest == DigestRhythm.DAILY:
        return day.weekday() < SATURDAY
    return person.digest == DigestRhythm.WEEKLY and day.weekday() == MONDAY


def _waiting(person: Person, now: datetime) -> tuple[Todo, ...]:
    viewer = viewer_of(person, now)
    return tuple(todo for source in PLUGS.todos for todo in source(viewer, now))


def _reminders(day: date, now: datetime) -> dict[int, list[Todo]]:
    found: dict[int, list[Todo]] = {}
    for source in PLUGS.reminders:
        for person_id, todos in source(day, now).items():
            found.setdefault(person_id, []).extend(todos)
    return found
