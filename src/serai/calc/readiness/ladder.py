"""The ladder of event types, and what each asks of those who attend and of those who host."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.facts import Keys
from serai.calc.readiness.framework import Lever, Texts


class Role(StrEnum):
    """As what an office takes part.

    Seat: people at their desks. Room: a room that listens and speaks. Speaker: a room that speaks
    under interpretation. Host: the office holds the event.
    """

    SEAT = "seat"
    ROOM = "room"
    SPEAKER = "speaker"
    HOST = "host"


class Gate(StrEnum):
    """Rows that stand together as one gate."""

    NONE = "none"
    CONTINGENCY = "contingency"
    SECURITY = "security"


class Sensitivity(StrEnum):
    """How much harm there is if what is said becomes known."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


SENSITIVITIES = tuple(Sensitivity)


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row: what is asked, and by which lever it is met."""

    role: Role
    condition: Condition
    lever: Lever
    gate: Gate = Gate.NONE
    source: str = ""


@dataclass(frozen=True, slots=True)
class EventType:
    """One rung.

    Attributes:
        value: what being able to host it is worth in plans.
        has_interpretation: whether speakers are interpreted.
        requirements: all rows of all roles, those taken over from the rung below included.
    """

    code: str
    value: Decimal
    requirements: tuple[Requirement, ...]
    has_interpretation: bool = False
    name: Texts = field(default_factory=dict)

    def rows(self, role: Role) -> tuple[Requirement, ...]:
        """Return the rows of one role."""
        return tuple([one for one in self.requirements if one.role is role])


@dataclass(frozen=True, slots=True)
class SecurityRow:
    """A row of the security gate: asked from this sensitivity up, of hosts."""

    sensitivity: Sensitivity
    requirement: Requirement


@dataclass(frozen=True, slots=True)
class Ladder:
    """Event types from the simplest up, and the security gate."""

    events: tuple[EventType, ...]
    security: tuple[SecurityRow, ...] = ()

    def event(self, code: str) -> EventType:
        """Return an event type.

        Raises:
            KeyError: if the ladder has no such rung.
        """
        for one in self.events:
            if one.code == code:
                return one
        raise KeyError(code)

    def rows(
        self, event: EventType, role: Role, sensitivity: Sensitivity = Sensitivity.LOW
    ) -> tuple[Requirement, ...]:
        """Return an event's rows of a role; a host's with the security gate of a sensitivity."""
        own = event.rows(role)
        if role is not Role.HOST:
            return own
        reach = SENSITIVITIES.index(sensitivity)
        return own + tuple(
            one.requirement
            for one in self.security
            if SENSITIVITIES.index(one.sensitivity) <= reach
        )


def ladder_faults(ladder: Ladder, keys: Keys) -> Iterator[str]:
    """Yield what is wrong with a ladder, each fault with its row.

    Every rung has rows for every role; keys are known; thresholds never fall along the ladder;
    no rung drops a row of the one below.
    """
    below: EventType | None = None
    for event in ladder.events:
        for role in Role:
            if not event.rows(role):
                yield f"event {event.code}: asks nothing of role {role.value}."
        for one in event.requirements:
            if one.condition.fact not in keys:
                yield f"event {event.code}, {one.role.value}: unknown fact '{one.condition.fact}'."
        if below is not None:
            if event.value < below.value:
                yield f"event {event.code}: its value is below that of {below.code}."
            yield from _falls(below, event)
        below = event


def _falls(below: EventType, above: EventType) -> Iterator[str]:
    """Yield rows of a rung that ask less than the rung below."""
    rows = {
        (one.role, one.condition.fact, one.condition.operator): one for one in above.requirements
    }
    for one in below.requirements:
        where = f"event {above.code}, {one.role.value}, {one.condition.fact}"
        mine = rows.get((one.role, one.condition.fact, one.condition.operator))
        if mine is None:
            yield f"{where}: {below.code} asks for it, {above.code} does not."
        elif _asks_less(mine.condition, one.condition):
            yield (
                f"{where}: {mine.condition.threshold} asks less than "
                f"{one.condition.threshold} of {below.code}."
            )


def _asks_less(mine: Condition, its: Condition) -> bool:
    if mine.operator is Operator.AT_LEAST:
        return mine.limit < its.limit
    return mine.limit > its.limit
