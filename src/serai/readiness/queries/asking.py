"""Which missing facts are worth asking for: ordered by how many verdicts each could change."""

from collections.abc import Iterator, Mapping
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
from serai.readiness.queries.evaluation import GATE, is_secret
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
        criteria: codes of the criteria whose level is not known without it.
    """

    name: str
    fact: str
    room: str
    room_name: str
    verdict_count: int
    question: str
    places: tuple[Ref, ...]
    criteria: tuple[str, ...] = ()

    @property
    def is_askable(self) -> bool:
        """Tell whether an answer can be asked for."""
        return bool(self.places)


def missing_facts(viewer: Viewer, found: Assessment) -> list[MissingFact]:  # noqa: ARG001  loaded for the viewer
    """Return the missing facts of an assessment, the most telling first; eight queries.

    After those that verdicts wait for come those that levels alone wait for.
    """
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
    levels = _levels_waiting(found)
    known = {(one.fact, one.room) for one in ordered}
    ordered += [
        Question(found.office.public_id, room, fact, 0)
        for fact, room in levels
        if (fact, room) not in known
    ]
    return list(_told(found, ordered, levels)) if ordered else []


def _levels_waiting(found: Assessment) -> dict[tuple[str, str], list[str]]:
    """Return the missing facts for want of which levels are not known, with the criteria."""
    open_codes = set(found.scores.filter(level=None).values_list("criterion", flat=True))
    if not open_codes:
        return {}
    missing: dict[str, list[str]] = {}
    for one in found.facts.filter(grade="missing").select_related("room").order_by("id"):
        if not is_secret(one.key):
            missing.setdefault(one.key, []).append(_key(one.room))
    waiting: dict[tuple[str, str], list[str]] = {}
    for criterion in definition_of(found.framework).framework.criteria:
        if criterion.code not in open_codes:
            continue
        facts = [condition.fact for level in criterion.levels for condition in level]
        for fact in dict.fromkeys(facts):
            for room in missing.get(fact, []):
                waiting.setdefault((fact, room), []).append(criterion.code)
    return waiting


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


def _told(
    found: Assessment, ordered: list[Question], levels: Mapping[tuple[str, str], list[str]]
) -> Iterator[MissingFact]:
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
            criteria=tuple(levels.get((one.fact, one.room), ())),
        )  # fmt: skip


def _places(key: FactKey | None, room: str, labels: dict[str, str]) -> Iterator[Ref]:
    """Yield the answers that give a fact, of those the form asks."""
    for path in key.questions if key else ():
        if path in labels:
            yield Ref(path, room if path.startswith("/data/room/") else "")
