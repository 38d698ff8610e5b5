"""What a rule of advice is: triggers over facts, with three results, and the words to fill."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.facts import Keys, Scope, Seen, Value
from serai.calc.readiness.ladder import EventType, Requirement, Role, Sensitivity


class Topic(StrEnum):
    """The six groups of advice, and security."""

    CAPACITY = "capacity"
    EQUIPMENT = "equipment"
    SPACE = "space"
    COLLABORATION = "collaboration"
    CONTINUITY = "continuity"
    DEMAND = "demand"
    SECURITY = "security"


class Outcome(StrEnum):
    """What looking at the facts gives."""

    FIRES = "fires"
    QUIET = "quiet"
    FACTS_MISSING = "facts_missing"


@dataclass(frozen=True, slots=True)
class Case:
    """An office seen from one room, and the event it aims at.

    Attributes:
        rows: the target's rows in the role aimed at.
    """

    seen: Seen
    keys: Keys
    event: EventType
    rows: tuple[Requirement, ...]
    role: Role = Role.HOST
    sensitivity: Sensitivity = Sensitivity.LOW


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a trigger holds (None: a fact that matters is missing), and the facts looked at."""

    holds: bool | None
    facts: frozenset[str]


class Trigger(Protocol):
    """Something that holds, does not, or cannot be told for want of facts."""

    def ask(self, case: Case) -> Answer:
        """Look at the facts."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """A fact's place is at or below a limit on its scale."""

    fact: str
    limit: Value

    def ask(self, case: Case) -> Answer:
        """Compare the fact with the limit."""
        rank = case.seen.ranks.get(self.fact)
        holds = None if rank is None else rank <= case.keys[self.fact].rank(self.limit)
        return Answer(holds, frozenset({self.fact}))


@dataclass(frozen=True, slots=True)
class Below:
    """A fact's place is below a limit on its scale."""

    fact: str
    limit: Value

    def ask(self, case: Case) -> Answer:
        """Compare the fact with the limit."""
        rank = case.seen.ranks.get(self.fact)
        holds = None if rank is None else rank < case.keys[self.fact].rank(self.limit)
        return Answer(holds, frozenset({self.fact}))


@dataclass(frozen=True, slots=True)
class BelowOther:
    """A number is below another fact's number times a factor."""

    fact: str
    other: str
    factor: float

    def ask(self, case: Case) -> Answer:
        """Compare the two facts."""
        rank, other = (case.seen.ranks.get(key) for key in (self.fact, self.other))
        holds = None if rank is None or other is None else rank < self.factor * other
        return Answer(holds, frozenset({self.fact, self.other}))


@dataclass(frozen=True, slots=True)
class RowFails:
    """One of the target's rows on these facts fails; a target without such a row asks nothing."""

    keys: tuple[str, ...]

    def ask(self, case: Case) -> Answer:
        """Hold the facts against the target's rows, by the same code as attainment."""
        held = [row.condition for row in case.rows if row.condition.fact in self.keys]
        verdicts = [one.verdict(case.seen) for one in held]
        holds: bool | None = Verdict.FAILS in verdicts
        if not holds and Verdict.UNKNOWN in verdicts:
            holds = None
        return Answer(holds, frozenset(one.fact for one in held))


@dataclass(frozen=True, slots=True)
class Interpreted:
    """The target's speakers are interpreted."""

    def ask(self, case: Case) -> Answer:
        """Look at the target: it is always known."""
        return Answer(case.event.has_interpretation, frozenset())


@dataclass(frozen=True, slots=True)
class Not:
    """The other trigger does not hold; what is not known stays not known."""

    part: Trigger

    def ask(self, case: Case) -> Answer:
        """Turn the other's answer."""
        found = self.part.ask(case)
        return Answer(None if found.holds is None else not found.holds, found.facts)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds: one that does not settles it, whatever is missing."""

    parts: tuple[Trigger, ...]

    def ask(self, case: Case) -> Answer:
        """Join the parts."""
        return _joined([part.ask(case) for part in self.parts], settles=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds: that settles it, whatever is missing."""

    parts: tuple[Trigger, ...]

    def ask(self, case: Case) -> Answer:
        """Join the parts."""
        return _joined([part.ask(case) for part in self.parts], settles=True)


def _joined(found: list[Answer], *, settles: bool) -> Answer:
    """Join answers: one that settles decides, else one not known leaves it not known."""
    answers = [one.holds for one in found]
    facts = frozenset().union(*(one.facts for one in found))
    if settles in answers:
        return Answer(settles, facts)
    return Answer(None if None in answers else not settles, facts)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of advice.

    Attributes:
        id: such as CAP-1; the key of its text.
        version: raised whenever the trigger or the text changes.
        scope: of what it speaks: an office, a room, or (organisation) a country or event.
        text: an English sentence with gaps in braces, to be translated by the room.
        gaps: gap name to the fact it is filled from; `need` means the target's limit on it.
        package: code of the package that mends it; "" for the office's own staff.
        to_verify: the source is not yet verified.
    """

    id: str
    version: int
    topic: Topic
    trigger: Trigger
    text: str
    source: str
    package: str = ""
    scope: Scope = Scope.OFFICE
    gaps: Mapping[str, str] | None = None
    to_verify: bool = False


@dataclass(frozen=True, slots=True)
class Advice:
    """What one rule says of one office or room.

    Attributes:
        facts: the keys it looked at, known or not.
        missing: those that are missing, where that kept it from telling.
        gaps: values for the text's gaps.
    """

    rule: Rule
    outcome: Outcome
    room: str
    facts: tuple[str, ...]
    missing: tuple[str, ...] = ()
    gaps: tuple[tuple[str, Value], ...] = ()


def look(rule: Rule, case: Case) -> Advice:
    """Ask one rule.

    Returns:
        Whether it fires, does not, or lacks facts; the gaps are filled where it fires.
    Source: docs/methods/readiness-scores.md, "Advice".
    """
    answer = rule.trigger.ask(case)
    held, names = answer.holds, tuple(sorted(answer.facts))
    room = case.seen.room if rule.scope is Scope.ROOM else ""
    if held is None:
        missing = tuple(name for name in names if name not in case.seen.ranks)
        return Advice(rule, Outcome.FACTS_MISSING, room, names, missing)
    if not held:
        return Advice(rule, Outcome.QUIET, room, names)
    return Advice(rule, Outcome.FIRES, room, names, (), tuple(_filled(rule, case)))


def _filled(rule: Rule, case: Case) -> Iterable[tuple[str, Value]]:
    """Yield values for the text's gaps; a gap that no fact fills is left to the room."""
    for name, fact in (rule.gaps or {}).items():
        value = _needed(fact, case) if name.startswith("need") else _had(fact, case)
        if value is not None:
            yield name, value


def _needed(fact: str, case: Case) -> Value | None:
    """Return what the target asks of a fact; of several rows the strictest."""
    rows = [row.condition for row in case.rows if row.condition.fact == fact]
    if not rows:
        return None
    less = case.keys[fact].less_is_better
    return (min if less else max)(rows, key=lambda one: one.limit).threshold


def _had(fact: str, case: Case) -> Value | None:
    known = case.seen.facts.get(fact)
    return known.value if known is not None and known.is_known else None
