"""Which training agencies say they need, as they answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.readiness import access
from serai.readiness.models import Assessment
from serai.surveys.queries.cleared import questions
from serai.surveys.queries.counted import answers_for_counting, response_to_count

PEOPLE = "/data/people/"
NEED, LEARNERS = f"{PEOPLE}need_", f"{PEOPLE}learners"


@dataclass(frozen=True)
class TrainingNeed:
    """What one office answered.

    Attributes:
        needs: by topic, 0 (none) to 3 (great), where it was said.
        learners: how many would learn; None where it was not said.
    """

    office: str
    answers: str
    needs: dict[str, int]
    learners: int | None


@dataclass(frozen=True)
class Training:
    """The topics asked about, each with its question in the reader's language, and what was said."""

    topics: tuple[tuple[str, str], ...]
    said: tuple[TrainingNeed, ...]


def training_needs(viewer: Viewer, found: Iterable[Assessment], day: date) -> Training:
    """Return the training needs of offices whose answers the viewer reads; some nine queries each.

    Args:
        viewer: with whose rights a report is made.
        found: an assessment an office.
        day: the report's, for what a form asks of the day.
    """
    topics: dict[str, str] = {}
    said = []
    for one in found:
        if not one.response_number or not access.may_see_runs(viewer, one.office):
            continue
        response = response_to_count(one.response_number)
        asked = questions(response.wave, get_language() or "en")
        own = {each.path: each.label for each in asked if each.path.startswith(NEED)}
        topics |= {path: label for path, label in own.items() if path not in topics}
        now = datetime.combine(day, time(12), UTC)
        given = answers_for_counting(response, [*own, LEARNERS], now)
        numbers = {row.path: int(row.value) for row in given.said if row.value.isdigit()}
        learners = numbers.pop(LEARNERS, None)
        said.append(TrainingNeed(one.office.public_id, response.public_id, numbers, learners))
    return Training(tuple(topics.items()), tuple(said))
