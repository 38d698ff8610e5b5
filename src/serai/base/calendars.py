"""Calendars other programs read (RFC 5545, RFC 7986): feeds of days and meetings, invitations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from urllib.parse import quote
from zoneinfo import ZoneInfo

from icalendar import Calendar as Document
from icalendar import Component, Event, Timezone, vCalAddress, vDDDTypes, vText, vUri
from icalendar.parser import Contentline

from serai.base.zones import whole_days

WIDEST_SHOWN_DAYS = 14
REFRESH = timedelta(hours=6)
KEPT_EVENTS = 8192
LONGEST_LINE = 75
URL_SIGNS = ":/?#[]@!$&'()*+,;=%~"
_END = b"END:VCALENDAR\r\n"
PRODUCT = "-//Serai//Programme calendar//EN"
CONTENT_TYPE = "text/calendar; charset=utf-8"


@dataclass(frozen=True, slots=True)
class AllDayEvent:
    """Something due on a day, or within a window of days.

    Attributes:
        uid: never changes for the same thing.
        earliest: first day it may fall on; None where only an upper bound is known.
        latest: last day it may fall on, inclusive.
        words: the words people read for the window ("end of June 2021").
        sequence: how often its dates were changed.
        changed_at: when it was last changed; written as DTSTAMP, so bytes are stable.
    """

    uid: str
    summary: str
    earliest: date | None
    latest: date
    words: str
    sequence: int
    changed_at: datetime
    description: str = ""
    url: str = ""
    categories: tuple[str, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody invited."""

    name: str
    email: str
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class TimedEvent:
    """A meeting in the zone of its place: at an hour, or on whole days from midnight to midnight.

    Attributes:
        starts_at: aware; shown in `zone` whatever its own offset.
        ends_at: aware, after `starts_at`.
        zone: IANA name.
        is_tentative: not yet called.
        join_link: written as CONFERENCE (RFC 7986); only for those who may join.
    """

    uid: str
    summary: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    sequence: int
    changed_at: datetime
    description: str = ""
    place: str = ""
    url: str = ""
    join_link: str = ""
    categories: tuple[str, ...] = ()
    is_tentative: bool = False
    is_cancelled: bool = False

    @property
    def is_whole_days(self) -> bool:
        """Tell whether it has no hour."""
        return whole_days(self.starts_at, self.ends_at, self.zone) is not None


@dataclass(frozen=True, slots=True)
class Calendar:
    """A feed: its name and what is in it."""

    uid: str
    name: str
    language: str
    events: tuple[AllDayEvent | TimedEvent, ...]
    description: str = ""
    url: str = ""

    @property
    def changed_at(self) -> datetime | None:
        """When anything in it last changed; None if it is empty."""
        return max((event.changed_at for event in self.events), default=None)


def write_feed(calendar: Calendar) -> bytes:
    """Write a feed; the same events give the same bytes.

    Returns:
        An iCalendar file, events by UID, with the time zones they use.
    Raises:
        ValueError: for a naive time, a window or meeting that ends before it starts, a UID twice.
        ZoneInfoNotFoundError: for a zone that does not exist.
    """
    document = _document(calendar.events)
    document.add("name", calendar.name, {"LANGUAGE": calendar.language})
    document.add("x-wr-calname", calendar.name)
    document.add("uid", calendar.uid)
    if calendar.description:
        document.add("description", calendar.description)
    if calendar.url:
        document.add("url", calendar.url)
    if calendar.changed_at is not None:
        document.add("last-modified", _utc(calendar.changed_at))
    document.add("refresh-interval", REFRESH, {"VALUE": "DURATION"})
    document.add("x-published-ttl", vText("PT6H"))
    events = b"".join(_event(event) for event in sorted(calendar.events, key=lambda one: one.uid))
    return _bytes(document).removesuffix(_END) + events + _END


def write_invitation(
    event: TimedEvent, *, organiser: Attendee, attendees: Sequence[Attendee]
) -> bytes:
    """Write one meeting as an invitation, or its cancellation if it is cancelled.

    Replies are asked on the meeting's page, so none is asked of the mail program.

    Returns:
        An iCalendar file with METHOD:REQUEST, or METHOD:CANCEL.
    Raises:
        ValueError: for a naive time or a meeting that ends before it starts.
    """
    document = _document((event,))
    document.add("method", "CANCEL" if event.is_cancelled else "REQUEST")
    written = _timed(event)
    written.add("organizer", _address(organiser))
    for attendee in sorted(attendees, key=lambda one: one.email):
        written.add("attendee", _invited(attendee))
    document.add_component(written)
    return _bytes(document)


def _bytes(component: Component) -> bytes:
    written: bytes = component.to_ical()
    return written


@lru_cache(maxsize=KEPT_EVENTS)
def _event(event: AllDayEvent | TimedEvent) -> bytes:
    """Write one event; kept, since most of a feed is unchanged from reading to reading."""
    return _all_day(event) if isinstance(event, AllDayEvent) else _bytes(_timed(event))


def _document(events: Sequence[AllDayEvent | TimedEvent]) -> Document:
    uids = [event.uid for event in events]
    if len(set(uids)) < len(uids):
        twice = sorted({uid for uid in uids if uids.count(uid) > 1})
        raise ValueError(f"Calendar event {twice[0]} stands twice.")
    document = Document()
    document.add("prodid", PRODUCT)
    document.add("version", "2.0")
    document.add("calscale", "GREGORIAN")
    timed = [one for one in events if isinstance(one, TimedEvent) and not one.is_whole_days]
    for zone in sorted({event.zone for event in timed} - {"UTC"}):
        years = [at.year for event in timed if event.zone == zone
                 for at in (event.starts_at, event.ends_at)]  # fmt: skip
        document.add_component(_timezone(zone, min(years) - 1, max(years) + 2))
    return document


@lru_cache(maxsize=256)
def _timezone(zone: str, first_year: int, last_year: int) -> Component:
    """Return the zone's rules for some years; slow to find, so kept."""
    ZoneInfo(zone)
    return Timezone.from_tzid(
        zone, first_date=date(first_year, 1, 1), last_date=date(last_year, 1, 1)
    )


def _all_day(event: AllDayEvent) -> bytes:
    """Write a window: up to 14 days it is covered, a wider one shows its last day only.

    Line by line, in the library's own order: its property objects cost a feed of 500 events three
    times as long. Escaping and folding stay the library's.
    """
    earliest = event.earliest or event.latest
    if earliest > event.latest:
        raise ValueError(f"{event.uid}: {earliest} is after {event.latest}.")
    is_covered = (event.latest - earliest).days < WIDEST_SHOWN_DAYS
    is_day = event.earliest == event.latest
    first, end = earliest if is_covered else event.latest, event.latest + timedelta(days=1)
    changed = f"{_utc(event.changed_at):%Y%m%dT%H%M%SZ}"
    told = _paragraphs([event.words, event.description])
    lines = [
        "BEGIN:VEVENT",
        f"SUMMARY:{_escaped(event.summary)}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{end:%Y%m%d}",
        f"DTSTAMP:{changed}",
        f"UID:{_escaped(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"CATEGORIES:{','.join(map(_escaped, event.categories))}" if event.categories else "",
        f"DESCRIPTION:{_escaped(told)}" if told else "",
        f"LAST-MODIFIED:{changed}",
        f"STATUS:{_status(event.is_cancelled, is_tentative=not is_day)}",
        "TRANSP:TRANSPARENT",
        f"URL:{quote(event.url, safe=URL_SIGNS)}" if event.url else "",
        "END:VEVENT",
    ]
    return b"".join(_line(line) for line in lines if line)


def _escaped(text: str) -> str:
    written: bytes = vText(text).to_ical()
    return written.decode()


def _line(line: str) -> bytes:
    """Write one line; only one that is too long goes through the library's folding."""
    written = line.encode()
    if len(written) >= LONGEST_LINE:
        written = Contentline(line).to_ical()  # type: ignore[no-untyped-call]
    return written + b"\r\n"


def _timed(event: TimedEvent) -> Event:
    for at in (event.starts_at, event.ends_at):
        if at.utcoffset() is None:
            raise ValueError(f"{event.uid}: {at} has no time zone.")
    if event.ends_at <= event.starts_at:
        raise ValueError(f"{event.uid}: ends {event.ends_at}, not after {event.starts_at}.")
    written = _common(event, [event.description])
    zone: tzinfo = UTC if event.zone == "UTC" else ZoneInfo(event.zone)
    starts, ends = (at.astimezone(zone) for at in (event.starts_at, event.ends_at))
    is_whole = event.is_whole_days
    written.add("dtstart", starts.date() if is_whole else starts)
    written.add("dtend", ends.date() if is_whole else ends)
    if event.place:
        written["location"] = vText(event.place)
    if event.join_link:
        link = vUri(event.join_link)
        link.params["VALUE"] = "URI"
        link.params["FEATURE"] = "VIDEO"
        written["conference"] = link
    written["status"] = vText(_status(event.is_cancelled, is_tentative=event.is_tentative))
    return written


def _common(event: TimedEvent, paragraphs: Sequence[str]) -> Event:
    written = Event()
    written["uid"] = vText(event.uid)
    written["dtstamp"] = vDDDTypes(_utc(event.changed_at))
    written["last-modified"] = vDDDTypes(_utc(event.changed_at))
    written["sequence"] = event.sequence
    written["summary"] = vText(event.summary)
    description = _paragraphs(paragraphs)
    if description:
        written["description"] = vText(description)
    if event.url:
        written["url"] = vUri(event.url)
    if event.categories:
        written.add("categories", list(event.categories))
    return written


def _paragraphs(texts: Sequence[str]) -> str:
    return "\n\n".join(text for text in texts if text)


def _status(is_cancelled: bool, *, is_tentative: bool) -> str:
    if is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if is_tentative else "CONFIRMED"


def _utc(at: datetime) -> datetime:
    if at.utcoffset() is None:
        raise ValueError(f"{at} has no time zone.")
    return at.astimezone(UTC).replace(microsecond=0)


def _address(person: Attendee) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.email}")
    address.params["CN"] = person.name
    return address


def _invited(attendee: Attendee) -> vCalAddress:
    address = _address(attendee)
    address.params["ROLE"] = "OPT-PARTICIPANT" if attendee.is_optional else "REQ-PARTICIPANT"
    address.params["PARTSTAT"] = "NEEDS-ACTION"
    address.params["RSVP"] = "FALSE"
    return address
