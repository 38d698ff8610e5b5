"""One office's results as its readers see them: levels, events, gaps, and the facts behind each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.calc.readiness.conditions import Condition
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.ladder import Gate, Role
from serai.readiness import access
from serai.readiness.models import Assessment, Fact, Finding
from serai.readiness.queries.definitions import definition_of, said_in, spoken_in
from serai.readiness.queries.evaluation import GATE, attend_role, is_secret
from serai.readiness.queries.offices import DimensionScore
from serai.readiness.states import FindingKind
from serai.surveys.queries.cleared import Asking
from serai.surveys.queries.cleared import questions as asked_in
from serai.surveys.queries.counted import response_to_count
from serai.surveys.queries.responses import response

WORST, BEST = 0, 3


@dataclass(frozen=True)
class FactShown:
    """A fact as a reader sees it.

    Attributes:
        label: a criterion's name or a question; "" where the key alone names it.
        words: a choice in words; "" for numbers and what is not known.
        source: `answer:<number>`, `runs:<numbers>` or `computed`.
    """

    key: str
    label: str
    value: float | str | None
    words: str
    unit: str
    grade: str
    is_thin: bool
    is_stale: bool
    known_on: date | None
    source: str
    room: str


@dataclass(frozen=True)
class Rung:
    """One event: where the office stands with attending and with hosting it."""

    event: str
    name: str
    attend: str
    attend_role: str
    host: str


@dataclass(frozen=True)
class GapShown:
    """Something that lies between the office and an event."""

    fact: str
    label: str
    need: object
    need_words: str
    have: object
    have_words: str
    unit: str
    lever: str
    gate: str
    room: str
    is_missing: bool
    is_decisive: bool


@dataclass(frozen=True)
class CriterionShown:
    """One criterion with its level, and what the level means; level none where it is not known."""

    code: str
    name: str
    level: int | None
    words: str
    grade: str


@dataclass(frozen=True)
class DimensionShown:
    """One dimension with its criteria."""

    code: str
    name: str
    score: DimensionScore | None
    criteria: tuple[CriterionShown, ...]


@dataclass(frozen=True)
class Asked:
    """One condition behind a level or a verdict, and the fact that is held against it."""

    level: int | None
    operator: str
    need: object
    need_words: str
    fact: FactShown
    verdict: str
    gate: str = ""


@dataclass(frozen=True)
class Why:
    """Why a level or a verdict is what it is."""

    title: str
    state: str
    asked: tuple[Asked, ...]


class Labels:
    """Names of facts and words of their choices, in the reader's language; one query."""

    def __init__(self, found: Assessment, definition: Definition) -> None:
        self.language = get_language() or "en"
        self.definition = definition
        self.asked: dict[str, Asking] = {}
        if found.response_number:
            wave = response_to_count(found.response_number).wave
            self.asked = {one.path: one for one in asked_in(wave, self.language)}
        self.criteria = {
            one.fact: self.name(one.name) for one in reversed(definition.framework.criteria)
        }

    def name(self, texts: Mapping[str, str]) -> str:
        """Return a name in the reader's language."""
        return said_in(texts, self.language)

    def of(self, key: str) -> str:
        """Name a fact by its question, else by its criterion; "" where neither names it."""
        known = self.definition.keys.get(key)
        for path in known.questions if known else ():
            if path in self.asked:
                return self.asked[path].label
        return self.criteria.get(key, "")

    def words(self, key: str, value: object) -> str:
        """Return a choice in words; "" for a number."""
        if not isinstance(value, str):
            return ""
        known = self.definition.keys.get(key)
        for path in known.questions if known else ():
            labels = dict(self.asked[path].choices) if path in self.asked else {}
            if value in labels:
                return labels[value]
        return value


def facts_of(viewer: Viewer, found: Assessment) -> list[FactShown]:  # noqa: ARG001  loaded for the viewer
    """Return an assessment's facts, those on security left out; four queries."""
    labels = Labels(found, definition_of(found.framework))
    return [_fact(one, labels) for one in _facts(found)]


def _facts(found: Assessment) -> list[Fact]:
    rows = found.facts.select_related("room").order_by("id")
    return [one for one in rows if not is_secret(one.key)]


def _fact(one: Fact, labels: Labels) -> FactShown:
    return FactShown(
        key=one.key, label=labels.of(one.key), value=one.value,
        words=labels.words(one.key, one.value), unit=one.unit, grade=one.grade,
        is_thin=one.is_thin, is_stale=one.is_stale, known_on=one.known_on, source=one.source,
        room=one.room.name if one.room else "",
    )  # fmt: skip


def dimensions_of(viewer: Viewer, found: Assessment) -> list[DimensionShown]:  # noqa: ARG001
    """Return the dimensions with their criteria's levels; one query."""
    definition = definition_of(found.framework)
    language = get_language() or "en"
    levels = {one.criterion: one for one in found.scores.all()}
    kept = found.dimensions or {}

    def name(texts: Mapping[str, str]) -> str:
        return said_in(texts, language)

    def criterion(code: str) -> Iterable[CriterionShown]:
        for one in definition.framework.criteria:
            stands = levels.get(one.code)
            if one.dimension != code or stands is None:
                continue
            words = one.words.get(spoken_in(one.words, language), ())
            said = words[stands.level - 1] if stands.level and len(words) == BEST else ""
            yield CriterionShown(one.code, name(one.name), stands.level, said, stands.grade)

    return [
        DimensionShown(
            one.code, name(one.name),
            DimensionScore(**kept[one.code]) if one.code in kept else None,
            tuple(criterion(one.code)),
        )
        for one in definition.framework.dimensions
    ]  # fmt: skip


def ladder_of(viewer: Viewer, found: Assessment) -> list[Rung]:  # noqa: ARG001
    """Return every event with where the office stands; two queries."""
    definition = definition_of(found.framework)
    language = get_language() or "en"
    stands = {(one.event, one.role): one.status for one in found.attainments.all()}
    if not stands:
        return []
    has_rooms = found.attainments.filter(room__isnull=False).exists()
    rungs = []
    for event in definition.ladder.events:
        role = attend_role(event.has_interpretation, has_rooms)
        rungs.append(
            Rung(
                event.code, said_in(event.name, language),
                stands[event.code, role], role.value, stands[event.code, Role.HOST],
            )
        )  # fmt: skip
    return rungs


def target_of(rungs: Iterable[Rung], headline: str) -> str:
    """Return the first event above the headline; the highest where all is attained."""
    codes = [one.event for one in rungs]
    if not codes:
        return ""
    place = codes.index(headline) + 1 if headline in codes else 0
    return codes[min(place, len(codes) - 1)]


def gaps_of(viewer: Viewer, found: Assessment, event: str, role: str) -> list[GapShown]:
    """Return what lies between the office and an event in a role, what decides first; four queries."""
    rows = found.findings.filter(kind=FindingKind.GAP, event=event, role=role)
    if not access.reads_gate(viewer, found.office):
        rows = rows.exclude(fact=GATE)
    return _gaps(found, rows.select_related("room").order_by("-is_decisive", "is_missing", "id"))


def contradictions_of(viewer: Viewer, found: Assessment) -> list[GapShown]:  # noqa: ARG001
    """Return where what was measured is far below what was declared; four queries."""
    rows = found.findings.filter(kind=FindingKind.CONTRADICTION).select_related("room")
    return _gaps(found, rows.order_by("id"))


def _gaps(found: Assessment, rows: Iterable[Finding]) -> list[GapShown]:
    listed = list(rows)
    if not listed:
        return []
    definition = definition_of(found.framework)
    labels = Labels(found, definition)
    return [
        GapShown(
            fact=one.fact, label=labels.of(one.fact), need=one.need,
            need_words=labels.words(one.fact, one.need), have=one.have,
            have_words=labels.words(one.fact, one.have),
            unit=definition.keys[one.fact].unit if one.fact in definition.keys else "",
            lever=one.lever, gate=one.gate, room=one.room.name if one.room else "",
            is_missing=one.is_missing, is_decisive=one.is_decisive,
        )
        for one in listed
    ]  # fmt: skip


def gate_of(viewer: Viewer, found: Assessment) -> dict[str, str]:
    """Return by sensitivity whether the security gate is passed: pass, fail or unknown; one query.

    Nothing for whoever is not told of it.
    """
    if not access.reads_gate(viewer, found.office):
        return {}
    rows = found.findings.filter(fact=GATE, event="")
    stands = {str(one.need): "unknown" if one.is_missing else "fail" for one in rows}
    return {name: stands.get(name, "pass") for name in ("low", "medium", "high")}


def answers_page(viewer: Viewer, found: Assessment) -> str:
    """Return the number of the response behind the facts where the viewer reads it; else ""."""
    if not found.response_number:
        return ""
    try:
        return response(viewer, found.response_number).public_id
    except NotFound:
        return ""


def why(viewer: Viewer, found: Assessment, name: str) -> Why:  # noqa: ARG001
    """Return why a criterion's level or an event's verdict is what it is; five queries.

    Args:
        viewer: who reads.
        found: the assessment, loaded for the viewer.
        name: a criterion's code, or role and event such as `host-E2`.

    Raises:
        NotFound: there is no such criterion or event, or nothing was scored.
    """
    definition = definition_of(found.framework)
    labels = Labels(found, definition)
    role, dash, event = name.partition("-")
    if dash:
        return _why_event(found, definition, labels, role, event)
    return _why_level(found, definition, labels, name)


def _why_level(found: Assessment, definition: Definition, labels: Labels, code: str) -> Why:
    criterion = next((one for one in definition.framework.criteria if one.code == code), None)
    stands = found.scores.filter(criterion=code).first()
    if criterion is None or stands is None:
        raise NotFound(code)
    held = [
        (level, condition)
        for level, conditions in enumerate(criterion.levels, 1)
        for condition in conditions
    ]
    facts = _by_key(found)
    return Why(
        f"{code}. {labels.name(criterion.name)}",
        "" if stands.level is None else str(stands.level),
        tuple(
            asked
            for level, condition in held
            for asked in _held(definition, labels, facts, condition, level)
        ),
    )


def _why_event(
    found: Assessment, definition: Definition, labels: Labels, role: str, code: str
) -> Why:
    stands = found.attainments.filter(event=code, role=role).select_related("room").first()
    if stands is None:
        raise NotFound(f"{role}-{code}")
    event = definition.ladder.event(code)
    facts = _by_key(found)
    room = stands.room.key if stands.room else ""
    asked = [
        one
        for row in event.rows(Role(role))
        if row.gate is not Gate.SECURITY and not is_secret(row.condition.fact)
        for one in _held(definition, labels, facts, row.condition, None, room)
    ]
    return Why(f"{code}. {labels.name(event.name)}", stands.status, tuple(asked))


Facts = dict[str, list[tuple[str, Fact]]]


def _by_key(found: Assessment) -> Facts:
    facts: Facts = {}
    for one in _facts(found):
        facts.setdefault(one.key, []).append((one.room.key if one.room else "", one))
    return facts


def _held(
    definition: Definition,
    labels: Labels,
    facts: Facts,
    condition: Condition,
    level: int | None,
    room: str | None = None,
) -> Iterable[Asked]:
    """Yield a condition with each fact held against it: of the room, or of every room."""
    rows = [one for key, one in facts.get(condition.fact, []) if room is None or key in {"", room}]
    for one in rows:
        yield Asked(
            level=level, operator=condition.operator.value, need=condition.threshold,
            need_words=labels.words(condition.fact, condition.threshold),
            fact=_fact(one, labels), verdict=_verdict(definition, condition, one),
        )  # fmt: skip
    if not rows:
        key = definition.keys[condition.fact]
        missing = FactShown(
            condition.fact, labels.of(condition.fact), None, "", key.unit, "missing",
            False, False, None, "", "",
        )  # fmt: skip
        yield Asked(
            level, condition.operator.value, condition.threshold,
            labels.words(condition.fact, condition.threshold), missing, "unknown",
        )  # fmt: skip


def _verdict(definition: Definition, condition: Condition, one: Fact) -> str:
    if one.grade == "missing" or one.value is None:
        return "unknown"
    rank = definition.keys[condition.fact].rank(one.value)
    is_least = condition.operator.value == "at_least"
    holds = rank >= condition.limit if is_least else rank <= condition.limit
    return "pass" if holds else "fail"
