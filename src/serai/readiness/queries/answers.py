"""An office's facts as its cleared answers declare them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from serai.calc.readiness.facts import Fact, FactKey, Grade, Keys, Scope
from serai.readiness.queries.readings import Reader, paths_of
from serai.surveys.queries.counted import ForCounting, answers_for_counting

if TYPE_CHECKING:
    from serai.surveys.queries import Response

ROOM = "/data/room"
NAME, CITY = "/data/about_office/office", "/data/about_office/city"
TAKES_PART, HOSTS = "/data/about_office/takes_part", "attend_and_host"
ROOM_NAME, ROOM_SEATS = f"{ROOM}/room_name", f"{ROOM}/room_seats"
AT_ONCE, JOINING = "/data/seats/people_at_once", "/data/seats/people_joining"
OTHER_TOOL, OTHER_DAY = "/data/connection/other_", "/data/connection/other_tested_on"
ABOUT = frozenset({NAME, CITY, TAKES_PART, ROOM_NAME, ROOM_SEATS, AT_ONCE, JOINING, OTHER_DAY})


@dataclass(frozen=True)
class RoomSaid:
    """A meeting room as the answers name it."""

    key: str
    name: str
    seats: int | None


@dataclass(frozen=True)
class OfficeAnswers:
    """What an office's cleared response says.

    Attributes:
        number: of the response.
        people_at_once: who join from their seats at the busiest time; None where not known.
        is_host: it shall be able to host, or does not say.
    """

    given: ForCounting
    number: str
    name: str
    city: str
    rooms: tuple[RoomSaid, ...]
    people_at_once: int | None
    is_host: bool


def office_answers(found: "Response", keys: Keys, now: datetime) -> OfficeAnswers:
    """Return what a cleared response says that readiness counts with; six queries."""
    given = answers_for_counting(found, ABOUT | paths_of(keys.values()), now)
    reader = Reader(given, "", now.date())
    at_once = reader.number(AT_ONCE)
    if at_once is None:
        at_once = reader.number(JOINING)
    return OfficeAnswers(
        given=given,
        number=found.public_id,
        name=reader.answered(NAME) or "",
        city=reader.answered(CITY) or "",
        rooms=tuple(_rooms(given)),
        people_at_once=None if at_once is None else int(at_once),
        is_host=reader.answered(TAKES_PART) in {HOSTS, None},
    )


def _rooms(given: ForCounting) -> Iterator[RoomSaid]:
    for key in given.entries.get(ROOM, ()):
        reader = Reader(given, key, given.signed_on)
        seats = reader.number(ROOM_SEATS)
        yield RoomSaid(key, reader.answered(ROOM_NAME) or "", None if seats is None else int(seats))


def declared_facts(answers: OfficeAnswers, keys: Keys, as_of: date) -> Iterator[Fact]:
    """Yield every fact the answers declare, and each they could have and do not as missing.

    What is asked of rooms comes once a room; the source names the question and the response.
    """
    for key in keys.values():
        if not key.questions:
            continue
        entries = [one.key for one in answers.rooms] if key.scope is Scope.ROOM else [""]
        for entry in entries:
            yield _fact(answers, key, entry, as_of)


def _fact(answers: OfficeAnswers, key: FactKey, entry: str, as_of: date) -> Fact:
    reader = Reader(answers.given, entry, as_of)
    value = reader.value(key)
    return Fact(
        key.key,
        value,
        Grade.MISSING if value is None else Grade.DECLARED,
        key.scope,
        entry,
        key.unit,
        known_on=None if value is None else _known_on(reader, answers, key),
        source=f"answer:{answers.number}",
    )


def _known_on(reader: Reader, answers: OfficeAnswers, key: FactKey) -> date:
    """Return the day of the signature; of another tool's result, the day it was measured."""
    if key.questions[0].startswith(OTHER_TOOL) and (day := reader.answered(OTHER_DAY)):
        try:
            return date.fromisoformat(day[:10])
        except ValueError:
            return answers.given.signed_on
    return answers.given.signed_on
