"""The rules of advice, listed by hand: a new one is a line in its topic's file and its test."""

from collections.abc import Iterable

from serai.calc.readiness.facts import Keys, OfficeFacts, Scope, see
from serai.calc.readiness.ladder import EventType, Ladder, Role, Sensitivity
from serai.calc.readiness.rules import (
    capacity,
    collaboration,
    continuity,
    demand,
    equipment,
    security,
    space,
)
from serai.calc.readiness.rules.rule import Advice, Case, Outcome, Rule, Topic, look

RULES: tuple[Rule, ...] = (
    capacity.CAP_1,
    capacity.CAP_2,
    capacity.CAP_3,
    capacity.CAP_4,
    equipment.EQP_1,
    equipment.EQP_2,
    equipment.EQP_3,
    equipment.EQP_4,
    space.SPC_1,
    space.SPC_2,
    space.SPC_3,
    collaboration.COL_1,
    collaboration.COL_2,
    collaboration.COL_3,
    collaboration.COL_4,
    continuity.PLB_1,
    continuity.PLB_2,
    continuity.PLB_3,
    continuity.PLB_4,
    demand.SCL_1,
    demand.SCL_2,
    demand.SCL_3,
    security.SEC_1,
    security.SEC_2,
    security.SEC_3,
    security.SEC_4,
)

__all__ = ["RULES", "Advice", "Case", "Outcome", "Rule", "Topic", "advise", "look"]


def advise(
    office: OfficeFacts,
    event: EventType,
    ladder: Ladder,
    keys: Keys,
    *,
    room: str = "",
    role: Role = Role.HOST,
    sensitivity: Sensitivity = Sensitivity.LOW,
    rules: Iterable[Rule] = RULES,
) -> tuple[Advice, ...]:
    """Ask every rule of an office that aims at an event.

    Args:
        office: what is known of it.
        event: the event aimed at.
        ladder: whose security gate is asked as well.
        keys: all fact keys.
        room: the room it is to be held in; "" for the first by key, or an office without rooms.
        role: as what the office aims at it.
        sensitivity: which security rows are asked.
        rules: those asked.
    Returns:
        One advice a rule, in the rules' order; a rule on rooms gives one for each room.
    """
    rows = ladder.rows(event, role, sensitivity)
    cases = {
        name: Case(see(office, name, keys), keys, event, rows, role, sensitivity)
        for name in sorted(office.rooms) or [""]
    }
    chosen = cases[room] if room else next(iter(cases.values()))
    found = []
    for rule in rules:
        asked = cases.values() if rule.scope is Scope.ROOM else [chosen]
        found += [look(rule, case) for case in asked]
    return tuple(found)
