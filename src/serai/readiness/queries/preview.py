"""What publishing a draft would change: levels and verdicts of the offices evaluated so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from serai.base.access import Viewer
from serai.calc.readiness.attainment import attain
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Fact as CalcFact
from serai.calc.readiness.facts import Grade, Keys, OfficeFacts, Scope, UnknownValue
from serai.calc.readiness.ladder import Role
from serai.calc.readiness.scores import score_office
from serai.readiness import access
from serai.readiness.models import Assessment, Fact
from serai.readiness.queries.gates import gates_of, with_gate


@dataclass(frozen=True)
class Changed:
    """One verdict or level that would change; `before` and `after` are codes, "" for none.

    Attributes:
        role: of an event; "" for a criterion.
    """

    office: str
    what: str
    role: str
    before: str
    after: str
    sample: bool


@dataclass(frozen=True)
class Preview:
    """All that would change.

    Attributes:
        offices: how many were evaluated; `touched` of them would see a change.
        moves: how often a verdict goes from one to another, most frequent first.
    """

    rows: tuple[Changed, ...]
    offices: int
    touched: int
    moves: tuple[tuple[str, str, int], ...]


def preview(viewer: Viewer, before: Definition, after: Definition) -> Preview:
    """Hold the stored facts of each office's latest assessment against both; three queries.

    Facts count as they were graded then. Of the security gate the rows of low sensitivity.
    """
    latest = _latest(viewer)
    gates = gates_of([one.pk for one, _facts in latest])
    rows: list[Changed] = []
    for assessment, facts in latest:
        old = _verdicts(facts, gates[assessment.pk], before)
        new = _verdicts(facts, gates[assessment.pk], after)
        for what, role in dict.fromkeys([*old, *new]):
            was, will = old.get((what, role), ""), new.get((what, role), "")
            if was != will:
                name = str(assessment.office)
                rows.append(Changed(name, what, role, was, will, assessment.sample))
    moves = Counter((row.before, row.after) for row in rows if row.role)
    return Preview(
        tuple(rows),
        len(latest),
        len({row.office for row in rows}),
        tuple((was, will, count) for (was, will), count in moves.most_common()),
    )


def _latest(viewer: Viewer) -> list[tuple[Assessment, list[Fact]]]:
    """Return the latest assessment with facts of each office that the viewer evaluates."""
    found = (
        Assessment.objects.filter(facts__isnull=False)
        .select_related("office__initiative", "office__organisation__member")
        .distinct()
        .order_by("office_id", "id")
    )
    by_office = {one.office_id: one for one in found if access.may_assess(viewer, one)}
    facts: dict[int, list[Fact]] = {one.pk: [] for one in by_office.values()}
    stored = Fact.objects.filter(assessment__in=list(facts)).select_related("room").order_by("id")
    for fact in stored:
        facts[fact.assessment_id].append(fact)
    ordered = sorted(by_office.values(), key=lambda one: (str(one.office), one.pk))
    return [(one, facts[one.pk]) for one in ordered]


def _verdicts(facts: Iterable[Fact], gate: Verdict, by: Definition) -> dict[tuple[str, str], str]:
    """Return an office's levels by criterion and verdicts by event and role."""
    office = with_gate(office_facts(facts, by.keys), gate, by)
    found: dict[tuple[str, str], str] = {}
    for one in score_office(office, by.framework, by.keys).criteria:
        found[(one.criterion, "")] = "" if one.level is None else str(one.level)
    for role in Role:
        for verdict in attain(office, by.ladder, by.keys, role):
            found[(verdict.event, role.value)] = verdict.status.value
    return found


def office_facts(facts: Iterable[Fact], keys: Keys) -> OfficeFacts:
    """Return stored facts as calc takes them; what is not on a key's scale counts as missing."""
    own: dict[str, CalcFact] = {}
    rooms: dict[str, dict[str, CalcFact]] = {}
    for one in facts:
        room = one.room.key if one.room else ""
        fact = CalcFact(
            one.key, one.value, Grade(one.grade), Scope(one.scope), room, one.unit,
            one.known_on, one.is_thin, one.is_stale, one.source,
        )  # fmt: skip
        if one.key not in keys:
            continue
        try:
            if fact.value is not None:
                keys[one.key].rank(fact.value)
        except UnknownValue:
            fact = replace(fact, grade=Grade.MISSING, value=None)
        (rooms.setdefault(room, {}) if room else own)[one.key] = fact
    return OfficeFacts("", "", own, rooms)
