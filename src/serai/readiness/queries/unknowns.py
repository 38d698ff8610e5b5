"""What is not known of offices, how many verdicts wait for it, and who was asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.readiness.models import Assessment
from serai.readiness.queries.agency_page import name_of
from serai.readiness.queries.asking import missing_facts
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.evaluation import is_secret
from serai.readiness.queries.results import Labels
from serai.surveys.queries.counted import response_to_count

DRAFTED = "drafted"


@dataclass(frozen=True)
class Unknown:
    """One fact that is not known.

    Attributes:
        name: the fact in the reader's words.
        asked_on: the day its question was asked back; None where it was not.
        is_answered: the agency said something since.
        is_tested: only connection tests tell.
    """

    office: str
    office_name: str
    organisation: str
    fact: str
    name: str
    room: str
    verdict_count: int
    asked_on: date | None
    is_answered: bool
    is_tested: bool


def unknowns(
    viewer: Viewer, found: Iterable[Assessment], day: date, *, most: int
) -> tuple[Unknown, ...]:
    """Return for each office what is worth asking, the most telling first; some ten queries each.

    Args:
        viewer: with whose rights a report is made.
        found: an assessment an office.
        day: what was asked after it is not told.
        most: facts of one office.
    """
    language = get_language() or "en"
    rows = []
    for one in found:
        asked = _asked(one, day)
        place = one.office.organisation.names.pick(language)[0]
        labels = Labels(one, definition_of(one.framework))
        missing = [
            each
            for each in missing_facts(viewer, one)
            if each.verdict_count and not is_secret(each.fact)
        ]
        for each in missing[:most]:
            turns = [asked[ref] for ref in ((p.path, p.entry) for p in each.places) if ref in asked]
            rows.append(
                Unknown(
                    one.office.public_id, one.office.name, place, each.fact,
                    name_of(labels, each.fact), each.room_name,
                    each.verdict_count,
                    min((on for on, _done in turns), default=None),
                    bool(turns) and all(done for _on, done in turns),
                    not each.is_askable,
                )
            )  # fmt: skip
    return tuple(rows)


def _asked(one: Assessment, day: date) -> dict[tuple[str, str], tuple[date, bool]]:
    """Return by place of an answer when it was asked back, and whether it was answered."""
    if not one.response_number:
        return {}
    rows = response_to_count(one.response_number).requests.exclude(state=DRAFTED)
    found = rows.filter(asked_at__date__lte=day).order_by("id")
    return {
        (each.path, each.entry): (
            each.asked_at.date(),
            each.answered_at is not None and each.answered_at.date() <= day,
        )
        for each in found
        if each.asked_at is not None
    }
