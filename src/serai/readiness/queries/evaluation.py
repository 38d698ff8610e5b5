"""One office worked through: facts, levels, events, gaps, advice. Nothing is stored here.

What is read of security stays inside: only whether the gate is passed comes out (`gate`, and one
gap in the gate's name), and the advice of its topic, which has readers of its own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from serai.calc.readiness.attainment import Attainment, attain, headline, judge, target
from serai.calc.readiness.conditions import Verdict, together
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import (
    Contradiction,
    Fact,
    Grade,
    OfficeFacts,
    Scope,
    gather,
    views,
)
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.gaps import Gap, gaps
from serai.calc.readiness.ladder import SENSITIVITIES, Gate, Role, Sensitivity
from serai.calc.readiness.rules import Advice, Outcome, advise
from serai.calc.readiness.scores import OfficeScore, score_office
from serai.readiness.queries.answers import OfficeAnswers, declared_facts
from serai.readiness.queries.link_facts import Measured, measured_facts, told_facts, with_sizing

SECURITY = "security."
GATE = "security.gate"
LACKING = "country.offices_lacking_kit"


@dataclass(frozen=True)
class FoundGap:
    """A gap of one event in one role, seen from the room that serves best."""

    event: str
    role: Role
    room: str
    gap: Gap


@dataclass(frozen=True)
class Evaluation:
    """What one office's facts come to.

    Attributes:
        office: every fact, those on security among them: never stored or told with their values.
        attained: by role, one attainment an event in the ladder's order.
        gate: by sensitivity, whether the security gate is passed.
        advice: of rules that fire.
        aims_at: the event the advice is for, and in which role.
    """

    office: OfficeFacts
    contradictions: tuple[Contradiction, ...]
    score: OfficeScore
    attained: dict[Role, tuple[Attainment, ...]]
    gaps: tuple[FoundGap, ...]
    gate: dict[Sensitivity, Verdict]
    advice: tuple[Advice, ...]
    aims_at: str
    aims_as: Role
    headline_attend: str
    headline_host: str


def is_secret(key: str) -> bool:
    """Tell whether a fact's value is for security readers alone."""
    return key.startswith(SECURITY)


def attend_role(event_is_interpreted: bool, has_rooms: bool) -> Role:
    """Return as what an office attends: from a room where it has one, speaking where interpreted."""
    if not has_rooms:
        return Role.SEAT
    return Role.SPEAKER if event_is_interpreted else Role.ROOM


def evaluate(
    code: str,
    country: str,
    answers: OfficeAnswers,
    runs: Measured,
    told: Measured,
    definition: Definition,
    as_of: date,
    others_lacking: int = 0,
) -> Evaluation:
    """Work one office through.

    Args:
        code: the office's.
        country: of its member; "" for none.
        answers: its cleared response.
        runs: measured by our probe.
        told: other tools' results that were entered.
        definition: of the framework's edition.
        as_of: the day of the assessment.
        others_lacking: offices of its country, this one aside, that lack equipment.
    """
    keys = definition.keys
    given = [
        *declared_facts(answers, keys, as_of),
        *told_facts(told, keys),
        *measured_facts(runs, keys),
    ]
    office, contradictions = gather(code, country, given, keys, as_of)
    office = with_sizing(office, answers, keys)
    attained = {role: attain(office, definition.ladder, keys, role) for role in Role}
    attending = attended(attained, definition, has_rooms=bool(office.rooms))
    role = Role.HOST if answers.is_host else attending[0].role
    aimed_of = attained[Role.HOST] if answers.is_host else attending
    aimed = target(aimed_of) or aimed_of[-1]
    office = _with_lacking(office, aimed, definition, others_lacking)
    return Evaluation(
        office=office,
        contradictions=contradictions,
        score=score_office(office, definition.framework, keys),
        attained=attained,
        gaps=tuple(_gaps(office, [*attending, *attained[Role.HOST]])),
        gate=_gate(office, definition),
        advice=tuple(_advice(office, aimed, definition)),
        aims_at=aimed.event,
        aims_as=role,
        headline_attend=_code(headline(attending)),
        headline_host=_code(headline(attained[Role.HOST])),
    )


def attended(
    attained: dict[Role, tuple[Attainment, ...]], definition: Definition, *, has_rooms: bool
) -> tuple[Attainment, ...]:
    """Return where the office stands with attending each event, in the ladder's order."""
    return tuple(
        attained[attend_role(event.has_interpretation, has_rooms)][place]
        for place, event in enumerate(definition.ladder.events)
    )


def _code(found: Attainment | None) -> str:
    return found.event if found else ""


def _with_lacking(
    office: OfficeFacts, aimed: Attainment, definition: Definition, others: int
) -> OfficeFacts:
    """Add how many offices of the country lack equipment, this one among them."""
    key = definition.keys.get(LACKING)
    if key is None:
        return office
    own = any(gap.lever is Lever.KIT and not gap.is_missing for gap in gaps(office, aimed))
    fact = Fact(
        LACKING, float(others + own), Grade.DECLARED, Scope.ORGANISATION, unit=key.unit,
        source="computed",
    )  # fmt: skip
    return replace(office, facts={**office.facts, LACKING: fact})


def _gaps(office: OfficeFacts, found: Iterable[Attainment]) -> Iterator[FoundGap]:
    for one in found:
        for gap in _as_told(gaps(office, one)):
            yield FoundGap(one.event, one.role, one.room, gap)


def _as_told(found: Sequence[Gap]) -> list[Gap]:
    """Put one gap in the security gate's name in place of its rows; say anew what decides."""
    secret = [gap for gap in found if gap.gate is Gate.SECURITY or is_secret(gap.fact)]
    told = [gap for gap in found if gap not in secret]
    if secret:
        is_open = all(gap.is_missing for gap in secret)
        told.append(
            Gap(GATE, Lever.SECURITY, Gate.SECURITY, Sensitivity.LOW.value, None, is_open, False)
        )
    failing = [gap for gap in told if not gap.is_missing]
    deciding = failing or told
    return [
        replace(gap, is_decisive=len(deciding) == 1 and gap is deciding[0])
        for gap in sorted(told, key=lambda gap: gap.is_missing)
    ]


def _gate(office: OfficeFacts, definition: Definition) -> dict[Sensitivity, Verdict]:
    """Tell for each sensitivity whether the gate is passed, in the room that serves best."""
    found = {}
    for reach, sensitivity in enumerate(SENSITIVITIES):
        rows = [
            one.requirement
            for one in definition.ladder.security
            if SENSITIVITIES.index(one.sensitivity) <= reach
        ]
        verdicts = [
            together(one.verdict for one in judge(rows, seen))
            for seen in views(office, definition.keys)
        ]
        order = (Verdict.PASSES, Verdict.UNKNOWN, Verdict.FAILS)
        found[sensitivity] = min(verdicts, key=order.index)
    return found


def _advice(office: OfficeFacts, aimed: Attainment, definition: Definition) -> Iterator[Advice]:
    event = definition.ladder.event(aimed.event)
    for one in advise(
        office, event, definition.ladder, definition.keys, room=aimed.room, role=aimed.role
    ):
        if one.outcome is Outcome.FIRES:
            yield one
