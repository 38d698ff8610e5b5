"""Which missing facts are worth asking for: ordered by how many verdicts each could change."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.calc.readiness.attainment import Attainment, RowVerdict, Status
from serai.calc.readiness.conditions import Condition, Operator, Verdict
from serai.calc.readiness.facts import FactKey
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.gaps import Question, questions
from serai.calc.readiness.ladder import Requirement, Role
from serai.calc.xforms import Ref
from serai.readiness.models import Assessment, MeetingRoom
from serai.readiness.queries.assessments import unknown_verdicts
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.evaluation import GATE
from serai.surveys.queries.cleared import questions as asked_in
from serai.surveys.queries.counted import response_to_count


@dataclass(frozen=True)
class MissingFact:
    """A fact that is not known.

    Attributes:
        name: what forms call it: fact and room.
        verdict_count: unknown verdicts that wait for it.
        question: in the reader's words; "" where no question gives it.
        places: the answers to ask about; empty where only tests tell, or on security.
    """

    name: str
    fact: str
    room: str
    room_name: str
    verdict_count: int
    question: str
    places: tuple[Ref, ...]

    @property
    def is_askable(self) -> bool:
        """Tell whether an answer can be asked for."""
        return bool(self.places)


def missing_facts(viewer: Viewer, found: Assessment) -> list[MissingFact]:  # noqa: ARG001  loaded for the viewer
    """Return the missing facts of an assessment, the most telling first; six queries."""
    attainments, findings = unknown_verdicts(found)
    missing: dict[tuple[str, str, str], list[str]] = {}
    for row in findings:
        missing.setdefault((row.event, row.role, _key(row.room)), []).append(row.fact)
    unknown = [
        (
            found.office.public_id,
            _attainment(
                row.event, row.role, _key(row.room),
                missing.get((row.event, row.role, _key(row.room)), []),
            ),
        )
        for row in attainments
    ]  # fmt: skip
    ordered = [one for one in questions(unknown) if one.fact != GATE]
    return list(_told(found, ordered)) if ordered else []


def _key(room: MeetingRoom | None) -> str:
    return room.key if room else ""


def _attainment(event: str, role: str, room: str, facts: list[str]) -> Attainment:
    """Put a stored verdict into the core's shape, with the facts it waits for."""
    rows = tuple(
        RowVerdict(
            Requirement(Role(role), Condition(fact, Operator.AT_LEAST, 0.0, 0.0), Lever.LINK),
            Verdict.UNKNOWN,
        )
        for fact in facts
    )
    return Attainment(event, Role(role), Status.UNKNOWN, room, rows)


def _told(found: Assessment, ordered: list[Question]) -> Iterator[MissingFact]:
    keys = definition_of(found.framework).keys
    rooms = dict(found.office.rooms.values_list("key", "name"))
    labels: dict[str, str] = {}
    if found.response_number:
        wave = response_to_count(found.response_number).wave
        labels = {one.path: one.label for one in asked_in(wave, get_language() or "en")}
    for one in ordered:
        places = tuple(_places(keys.get(one.fact), one.room, labels))
        yield MissingFact(
            name=f"{one.fact}@{one.room}", fact=one.fact, room=one.room,
            room_name=rooms.get(one.room, ""), verdict_count=one.verdict_count,
            question="; ".join(labels[ref.path] for ref in places), places=places,
        )  # fmt: skip


def _places(key: FactKey | None, room: str, labels: dict[str, str]) -> Iterator[Ref]:
    """Yield the answers that give a fact, of those the form asks."""
    for path in key.questions if key else ():
        if path in labels:
            yield Ref(path, room if path.startswith("/data/room/") else "")
