"""Which events an office attains: each row passes, fails or is unknown, then the event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from serai.calc.readiness.conditions import Verdict, together
from serai.calc.readiness.facts import Grade, Keys, OfficeFacts, Seen, views
from serai.calc.readiness.ladder import EventType, Ladder, Requirement, Role, Sensitivity


class Status(StrEnum):
    """Where an office stands with an event."""

    NOT_ATTAINED = "not_attained"
    UNKNOWN = "unknown"
    DECLARED = "declared"
    CONFIRMED = "confirmed"


ATTAINED = frozenset({Status.DECLARED, Status.CONFIRMED})
_ORDER = tuple(Status)


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """One row and what holding the facts against it gave."""

    requirement: Requirement
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Attainment:
    """One event in one role.

    Attributes:
        room: the room that serves best; "" without rooms.
        rows: the verdicts in that room.
    """

    event: str
    role: Role
    status: Status
    room: str
    rows: tuple[RowVerdict, ...]

    @property
    def is_attained(self) -> bool:
        """Tell whether the event is attained, declared or confirmed."""
        return self.status in ATTAINED


def judge(rows: Iterable[Requirement], seen: Seen) -> tuple[RowVerdict, ...]:
    """Hold an office, seen from one room, against rows."""
    return tuple(RowVerdict(one, one.condition.verdict(seen)) for one in rows)


def passes(rows: Iterable[Requirement], seen: Seen) -> bool:
    """Tell whether all rows pass; a missing fact never passes."""
    return all(one.condition.verdict(seen) is Verdict.PASSES for one in rows)


def status(rows: Sequence[RowVerdict], seen: Seen, keys: Keys) -> Status:
    """Join rows: any fail, not attained; else any unknown, unknown; else declared or confirmed.

    Confirmed needs at least one link row, and each of them measured and not thin.

    Source: docs/methods/readiness-scores.md, "Events".
    """
    joined = together([one.verdict for one in rows])
    if joined is Verdict.FAILS:
        return Status.NOT_ATTAINED
    if joined is Verdict.UNKNOWN or not rows:
        return Status.UNKNOWN
    links = [
        seen.facts[one.requirement.condition.fact]
        for one in rows
        if keys[one.requirement.condition.fact].is_link
    ]
    is_confirmed = bool(links) and all(
        fact.grade is Grade.MEASURED and not fact.is_thin for fact in links
    )
    return Status.CONFIRMED if is_confirmed else Status.DECLARED


def attainment(
    seen: Sequence[Seen], event: EventType, rows: Sequence[Requirement], role: Role, keys: Keys
) -> Attainment:
    """Judge one event in one role, in the room that serves best.

    Args:
        seen: the office from each of its rooms, as `views` gives it; one room meets all rows.
        event: the rung judged.
        rows: its rows of the role, as `Ladder.rows` gives them.
        role: as what the office takes part.
        keys: all fact keys.
    Raises:
        ValueError: if the office is seen from nowhere.
    """
    return _best(((view, judge(rows, view)) for view in seen), event, role, keys)


def _best(
    judged: Iterable[tuple[Seen, tuple[RowVerdict, ...]]], event: EventType, role: Role, keys: Keys
) -> Attainment:
    best: tuple[tuple[int, int], Attainment] | None = None
    for view, verdicts in judged:
        found = status(verdicts, view, keys)
        met = sum(one.verdict is Verdict.PASSES for one in verdicts)
        place = (_ORDER.index(found), met)
        if best is None or place > best[0]:
            best = place, Attainment(event.code, role, found, view.room, verdicts)
    if best is None:
        raise ValueError("An office is seen from a room, or without one, but not from nowhere.")
    return best[1]


def attain(
    office: OfficeFacts,
    ladder: Ladder,
    keys: Keys,
    role: Role,
    sensitivity: Sensitivity = Sensitivity.LOW,
) -> tuple[Attainment, ...]:
    """Judge every event of the ladder in one role.

    Returns:
        One attainment an event, in the ladder's order.
    """
    return attain_as([role], office, ladder, keys, sensitivity)[role]


def attain_as(
    roles: Iterable[Role],
    office: OfficeFacts,
    ladder: Ladder,
    keys: Keys,
    sensitivity: Sensitivity = Sensitivity.LOW,
) -> dict[Role, tuple[Attainment, ...]]:
    """Judge every event of the ladder in several roles; the same row is held only once a room.

    Returns:
        By role, one attainment an event, in the ladder's order.
    """
    held: list[tuple[Seen, dict[int, RowVerdict]]] = [(view, {}) for view in views(office, keys)]
    found = {}
    for role in roles:
        judged = []
        for event in ladder.events:
            rows = ladder.rows(event, role, sensitivity)
            pairs = [(view, _judged_once(rows, view, known)) for view, known in held]
            judged.append(_best(pairs, event, role, keys))
        found[role] = tuple(judged)
    return found


def _judged_once(
    rows: Iterable[Requirement], seen: Seen, known: dict[int, RowVerdict]
) -> tuple[RowVerdict, ...]:
    """Hold rows against an office; rows an event takes over are the same objects."""
    verdicts = []
    for one in rows:
        found = known.get(id(one))
        if found is None:
            found = known[id(one)] = RowVerdict(one, one.condition.verdict(seen))
        verdicts.append(found)
    return tuple(verdicts)


def headline(found: Sequence[Attainment]) -> Attainment | None:
    """Return the highest event attained, of attainments in the ladder's order; None for none."""
    attained = [one for one in found if one.is_attained]
    return attained[-1] if attained else None


def target(found: Sequence[Attainment]) -> Attainment | None:
    """Return the first event above the headline; None at the ladder's top."""
    top = headline(found)
    place = -1 if top is None else list(found).index(top)
    return found[place + 1] if place + 1 < len(found) else None
