"""What lies between an office and an event, and which missing facts are worth asking for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from serai.calc.readiness.attainment import Attainment, Status
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.facts import Fact, OfficeFacts, Value
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate


@dataclass(frozen=True, slots=True)
class Gap:
    """One row that does not pass.

    Attributes:
        need: the row's limit, in the fact's unit or as a choice's code.
        have: the fact's value; None where it is missing.
        is_decisive: this row alone sets the verdict: no other fails, or, where none fails, no
            other is unknown.
    """

    fact: str
    lever: Lever
    gate: Gate
    need: Value
    have: Value | None
    is_missing: bool
    is_decisive: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A missing fact of an office and how many unknown verdicts wait for it."""

    office: str
    room: str
    fact: str
    verdict_count: int


def gaps(office: OfficeFacts, found: Attainment) -> tuple[Gap, ...]:
    """Name the rows of an attainment that do not pass: failing ones first, then unknown ones.

    Rows of the security gate hold answers that few may read: `gate` tells them apart.
    """
    facts = {**office.facts, **office.rooms.get(found.room, {})}
    failing = [one for one in found.rows if one.verdict is Verdict.FAILS]
    unknown = [one for one in found.rows if one.verdict is Verdict.UNKNOWN]
    deciding = failing or unknown
    return tuple(
        Gap(
            one.requirement.condition.fact,
            one.requirement.lever,
            one.requirement.gate,
            one.requirement.condition.threshold,
            _have(facts.get(one.requirement.condition.fact)),
            one.verdict is Verdict.UNKNOWN,
            len(deciding) == 1 and one is deciding[0],
        )
        for one in failing + unknown
    )


def _have(fact: Fact | None) -> Value | None:
    return fact.value if fact is not None and fact.is_known else None


def questions(found: Iterable[tuple[str, Attainment]]) -> tuple[Question, ...]:
    """Order missing facts by how many verdicts they could change, most first.

    A verdict that is already "not attained" waits for no fact.

    Args:
        found: office code and attainment, of any events and roles.
    Returns:
        One question an office, room and fact; of equals by office, room, fact.
    Source: docs/methods/readiness-scores.md, "What to ask next".
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    for office, one in found:
        if one.status is not Status.UNKNOWN:
            continue
        missing = {
            row.requirement.condition.fact for row in one.rows if row.verdict is Verdict.UNKNOWN
        }
        counts.update((office, one.room, fact) for fact in missing)
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return tuple(Question(*where, count) for where, count in ordered)


def offices_lacking(found: Iterable[tuple[str, Iterable[Gap]]]) -> dict[Lever, int]:
    """Count the offices of a country that lack something of each lever; unknown is not lacking.

    Args:
        found: office code and its gaps to the event its country aims at.
    """
    lacking = {(office, gap.lever) for office, rows in found for gap in rows if not gap.is_missing}
    return dict(Counter(lever for _, lever in lacking))
