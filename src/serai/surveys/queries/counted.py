"""One response's cleared answers as values, for a room that counts with them and shows none.

Nobody's viewer stands behind it: answers for few readers are among them, so whoever calls it may
keep and tell only what its own rules let its readers see.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from serai.base.access import NotFound
from serai.calc.xforms import Standing
from serai.surveys.access import Share
from serai.surveys.models import Response
from serai.surveys.queries.cleared import as_cleared, questions, standing_entries
from serai.surveys.queries.responses import any_response

EVERYTHING = Share(reads_all=True, reads_narrow=True)


@dataclass(frozen=True)
class Said:
    """What a response says to one question, in one entry; nothing of how a reader would see it.

    Attributes:
        entry: key of the repeat's entry; "" outside a repeat.
        value: as stored; "" where there is none.
    """

    path: str
    entry: str
    value: str
    standing: Standing

    @property
    def is_answered(self) -> bool:
        """Tell whether it says something that counts."""
        return self.standing is Standing.ANSWERED


@dataclass(frozen=True)
class ForCounting:
    """A cleared response as another room counts with it.

    Attributes:
        entries: keys by repeat path, as they stand.
        narrow: paths whose answers only named people read.
        signed_on: the day of the newest signature; the day it was begun where nobody signs.
    """

    response: Response
    said: tuple[Said, ...]
    entries: dict[str, tuple[str, ...]]
    narrow: frozenset[str]
    signed_on: date

    def at(self, path: str, entry: str = "") -> Said | None:
        """Return what is said at one place."""
        return next((one for one in self.said if (one.path, one.entry) == (path, entry)), None)


def response_to_count(public_id: str) -> Response:
    """Return a response by its number.

    Raises:
        NotFound: there is none.
    """
    found = any_response(public_id)
    if found is None:
        raise NotFound(public_id)
    return found


def answers_for_counting(response: Response, paths: Collection[str], now: datetime) -> ForCounting:
    """Return a response's cleared answers at some paths; six queries.

    Args:
        response: cleared once; without it there is nothing to count.
        paths: of the questions wanted; those its form does not ask are left out.
        now: for what a form asks of the day.
    """
    wanted = set(paths)
    asked = [one for one in questions(response.wave, "en") if one.path in wanted]
    entries = standing_entries([response])
    found = as_cleared([(response, EVERYTHING)], asked, now, entries)
    keys: dict[str, list[str]] = {}
    for one in entries.get(response.pk, []):
        keys.setdefault(one.repeat_path, []).append(one.key)
    signed = response.signatures.order_by("-round").values_list("at", flat=True).first()
    return ForCounting(
        response,
        tuple(
            Said(path, told.name.partition("@")[2], told.value, told.standing)
            for path, rows in found.told.items()
            for told in rows
        ),
        {path: tuple(theirs) for path, theirs in keys.items()},
        frozenset(one.path for one in asked if one.is_narrow),
        (signed or response.started_at or now).date(),
    )
