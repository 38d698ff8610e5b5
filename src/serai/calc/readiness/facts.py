"""What is known of an office: facts with their grade, ageing, and which of two is believed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

LINK_DAYS = 180
OTHER_DAYS = 730
CONTRADICTS_BELOW = 0.5

Value = float | str


class Scope(StrEnum):
    """What a fact is said of."""

    ORGANISATION = "organisation"
    OFFICE = "office"
    ROOM = "room"


class Grade(StrEnum):
    """How well a fact is known."""

    MEASURED = "measured"
    DECLARED = "declared"
    MISSING = "missing"


class Kind(StrEnum):
    """What values a fact may have."""

    NUMBER = "number"
    CHOICE = "choice"


class Reading(StrEnum):
    """How the answers to a fact's questions become its value; the room that reads them does it."""

    AS_ANSWERED = "as_answered"
    LEAST = "least"
    MOST = "most"
    SUM = "sum"
    MONTHS_SINCE = "months_since"
    ANSWERED = "answered"
    COMPUTED = "computed"


class UnknownValue(ValueError):
    """A value that its fact key does not know."""


@dataclass(frozen=True, slots=True)
class FactKey:
    """One thing that may be known of an office.

    Attributes:
        key: `topic.thing`, such as `link.down_p5`.
        unit: of the numbers; "" for choices.
        choices: codes from worst to best; empty for numbers.
        less_is_better: of numbers, such as loss.
        is_link: whether it ages after 180 days and is needed, measured, for "confirmed".
        questions: paths in the questionnaire it is read from.
        run_figure: the figure of test runs it is measured by; "" where none measures it.
    """

    key: str
    unit: str = ""
    scope: Scope = Scope.OFFICE
    kind: Kind = Kind.NUMBER
    choices: tuple[str, ...] = ()
    less_is_better: bool = False
    is_link: bool = False
    questions: tuple[str, ...] = ()
    reading: Reading = Reading.AS_ANSWERED
    run_figure: str = ""

    def rank(self, value: Value) -> float:
        """Return a value's place on its scale: the number itself, or the choice's place from 0.

        Raises:
            UnknownValue: if the value is not a finite number, or not one of the choices.
        """
        if self.kind is Kind.CHOICE:
            if value not in self.choices:
                raise UnknownValue(
                    f"{self.key}: '{value}' is not one of {', '.join(self.choices)}."
                )
            return float(self.choices.index(str(value)))
        if isinstance(value, str) or not abs(value) < float("inf"):
            raise UnknownValue(f"{self.key}: '{value}' is not a number.")
        return float(value)

    def is_better(self, value: Value, other: Value) -> bool:
        """Tell whether a value serves better than another."""
        mine, its = self.rank(value), self.rank(other)
        return mine < its if self.less_is_better else mine > its


Keys = Mapping[str, FactKey]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of an office or of one of its rooms.

    Attributes:
        value: in its key's unit, or a choice's code; None where nothing is known.
        known_on: the day of the run or of the signature; None for what never ages.
        is_thin: a link fact of few runs: below 3, below 2 days, or none in busy hours.
        is_stale: aged: it counts for less than it was given as.
        source: the answer, run or file it comes from.
    """

    key: str
    value: Value | None
    grade: Grade
    scope: Scope = Scope.OFFICE
    room: str = ""
    unit: str = ""
    known_on: date | None = None
    is_thin: bool = False
    is_stale: bool = False
    source: str = ""

    @property
    def is_known(self) -> bool:
        """Tell whether the fact may be counted with."""
        return self.grade is not Grade.MISSING and self.value is not None


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A measured figure below half of what was declared, in the fact's unit."""

    key: str
    room: str
    measured: float
    declared: float


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Everything known of one office, one fact a key; the rooms' facts apart.

    Attributes:
        facts: of the organisation and the office, by key.
        rooms: by lasting room key, then by fact key.
    """

    code: str
    country: str
    facts: Mapping[str, Fact]
    rooms: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """An office as seen from one of its rooms: what conditions are held against.

    Attributes:
        room: the room's key; "" for an office without rooms.
        facts: by key, the room's own among them.
        ranks: places on the scale, of known facts alone.
    """

    room: str
    facts: Mapping[str, Fact]
    ranks: Mapping[str, float]


def aged(fact: Fact, key: FactKey, as_of: date) -> Fact:
    """Let a fact count for less where it is old.

    Past the limit (180 days for link facts, 730 for others) measured counts as declared and
    declared as missing; a measured fact past twice the limit is missing too.

    Args:
        fact: as it was given.
        key: its key, which says whether it is of the link.
        as_of: the day of the assessment.
    Returns:
        The fact, or a stale copy of it; a copy that counts as missing keeps its value to be shown.
    Source: docs/methods/readiness-scores.md, "Grades".
    """
    if fact.known_on is None or not fact.is_known:
        return fact
    limit = LINK_DAYS if key.is_link else OTHER_DAYS
    age = (as_of - fact.known_on).days
    if age <= limit:
        return fact
    if fact.grade is Grade.MEASURED and age <= 2 * limit:
        return replace(fact, grade=Grade.DECLARED, is_stale=True)
    return replace(fact, grade=Grade.MISSING, is_stale=True)


_ORDER = {Grade.MEASURED: 2, Grade.DECLARED: 1, Grade.MISSING: 0}


def believed(facts: Iterable[Fact]) -> Fact:
    """Choose among facts of one key: measured, then declared, then missing; of equals the latest.

    A thin measurement stands behind a full one. Of equals of one day the first given is kept.

    Raises:
        ValueError: if there is no fact to choose from.
    """
    return max(
        facts,
        key=lambda one: (
            _ORDER[one.grade] if one.is_known else 0,
            not one.is_thin,
            one.known_on or date.min,
        ),
    )


def contradiction(facts: Iterable[Fact], key: FactKey) -> Contradiction | None:
    """Name a measured number below half of the declared one; None where they agree.

    Only numbers of which more is better are compared.
    """
    if key.kind is not Kind.NUMBER or key.less_is_better:
        return None
    given = [fact for fact in facts if fact.is_known]
    measured = [fact for fact in given if fact.grade is Grade.MEASURED]
    declared = [fact for fact in given if fact.grade is Grade.DECLARED and not fact.is_stale]
    if not measured or not declared:
        return None
    seen, said = believed(measured), believed(declared)
    low, high = key.rank(seen.value or 0.0), key.rank(said.value or 0.0)
    if low < CONTRADICTS_BELOW * high:
        return Contradiction(key.key, seen.room, low, high)
    return None


def gather(
    code: str, country: str, facts: Iterable[Fact], keys: Keys, as_of: date
) -> tuple[OfficeFacts, tuple[Contradiction, ...]]:
    """Age an office's facts and keep one of each key and room.

    Args:
        code: the office's.
        country: the office's member.
        facts: all that was answered and measured; several of one key are welcome.
        keys: all fact keys.
        as_of: the day of the assessment.
    Returns:
        The office, and where measured and declared figures contradict each other.
    Raises:
        UnknownValue: if a fact's key is not in `keys`, or its value not on the key's scale.
    """
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts:
        if fact.key not in keys:
            raise UnknownValue(f"{fact.key}: no such fact key.")
        if fact.value is not None:
            keys[fact.key].rank(fact.value)
        groups.setdefault((fact.room, fact.key), []).append(aged(fact, keys[fact.key], as_of))
    own: dict[str, Fact] = {}
    rooms: dict[str, dict[str, Fact]] = {}
    found = []
    for (room, key), given in groups.items():
        (rooms.setdefault(room, {}) if room else own)[key] = believed(given)
        clash = contradiction(given, keys[key])
        if clash is not None:
            found.append(clash)
    return OfficeFacts(code, country, own, rooms), tuple(found)


def see(office: OfficeFacts, room: str, keys: Keys) -> Seen:
    """Look at an office from one of its rooms; "" looks at the office without a room."""
    facts = {**office.facts, **office.rooms.get(room, {})}
    ranks = {
        key: keys[key].rank(fact.value)
        for key, fact in facts.items()
        if key in keys and fact.grade is not Grade.MISSING and fact.value is not None
    }
    return Seen(room, facts, ranks)


def views(office: OfficeFacts, keys: Keys) -> tuple[Seen, ...]:
    """Look at an office from each of its rooms in the order of their keys, or without a room."""
    return tuple(see(office, room, keys) for room in sorted(office.rooms) or [""])
