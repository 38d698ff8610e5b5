"""An assessment's rows: what was found takes the place of what stood there, in a few writes."""

from collections.abc import Iterator, Mapping

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from serai.base.text import TranslatedText
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Fact as Known
from serai.calc.readiness.facts import Grade, OfficeFacts, Value
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Gate, Role
from serai.calc.readiness.rules import Advice
from serai.calc.readiness.scores import CriterionScore as Level
from serai.readiness.models import (
    Assessment,
    Attainment,
    CriterionScore,
    Fact,
    Finding,
    Recommendation,
)
from serai.readiness.queries.evaluation import GATE, Evaluation, is_secret
from serai.readiness.states import FindingKind, RecommendationState

LANGUAGES = ("en", "ru")
DECIMALS = 1
LIVE = (
    RecommendationState.PROPOSED,
    RecommendationState.ACCEPTED,
    RecommendationState.DECLINED,
    RecommendationState.DONE,
)
Rooms = Mapping[str, int]


def write_results(found: Assessment, done: Evaluation, definition: Definition) -> None:
    """Replace every fact, level, verdict, finding and draft of advice of an open assessment."""
    rooms: Rooms = dict(found.office.rooms.values_list("key", "pk"))
    found.facts.all().delete()
    found.scores.all().delete()
    found.attainments.all().delete()
    found.findings.all().delete()
    found.recommendations.filter(state=RecommendationState.DRAFT).delete()
    Fact.objects.bulk_create(_facts(found, done.office, rooms))
    CriterionScore.objects.bulk_create(_levels(found, done, definition))
    Attainment.objects.bulk_create(
        Attainment(
            assessment=found, event=one.event, role=one.role, status=one.status,
            room_id=rooms.get(one.room), sample=found.sample,
        )
        for several in done.attained.values()
        for one in several
    )  # fmt: skip
    Finding.objects.bulk_create([*_gaps(found, done, rooms), *_gate(found, done)])
    Finding.objects.bulk_create(_contradictions(found, done, rooms))
    Recommendation.objects.bulk_create(_advice(found, done, rooms))


def _facts(found: Assessment, office: OfficeFacts, rooms: Rooms) -> Iterator[Fact]:
    """Yield every fact; of those on security no more than that they are known."""
    given: list[Known] = [*office.facts.values()]
    for theirs in office.rooms.values():
        given += theirs.values()
    for one in given:
        secret = is_secret(one.key)
        yield Fact(
            assessment=found, scope=one.scope, room_id=rooms.get(one.room), key=one.key,
            value=None if secret else one.value, unit=one.unit, grade=one.grade,
            is_thin=one.is_thin, is_stale=one.is_stale,
            known_on=None if secret else one.known_on,
            source="" if secret else one.source, sample=found.sample,
        )  # fmt: skip


def _levels(
    found: Assessment, done: Evaluation, definition: Definition
) -> Iterator[CriterionScore]:
    dimensions = {one.code: one.dimension for one in definition.framework.criteria}
    for level in done.score.criteria:
        yield CriterionScore(
            assessment=found, criterion=level.criterion, dimension=dimensions[level.criterion],
            level=level.level, grade=_grade(level), sample=found.sample,
        )  # fmt: skip


def _grade(level: Level) -> Grade:
    if level.level is None:
        return Grade.MISSING
    return Grade.MEASURED if level.is_measured else Grade.DECLARED


def _gaps(found: Assessment, done: Evaluation, rooms: Rooms) -> Iterator[Finding]:
    for one in done.gaps:
        yield Finding(
            assessment=found, kind=FindingKind.GAP, event=one.event, role=one.role,
            room_id=rooms.get(one.room), fact=one.gap.fact, lever=one.gap.lever,
            gate=one.gap.gate, need=one.gap.need, have=one.gap.have,
            is_missing=one.gap.is_missing, is_decisive=one.gap.is_decisive, sample=found.sample,
        )  # fmt: skip


def _gate(found: Assessment, done: Evaluation) -> Iterator[Finding]:
    """Yield for each sensitivity whose security gate is not passed that it is not, or not known."""
    for sensitivity, verdict in done.gate.items():
        if verdict is not Verdict.PASSES:
            yield Finding(
                assessment=found, kind=FindingKind.GAP, role=Role.HOST, fact=GATE,
                lever=Lever.SECURITY, gate=Gate.SECURITY, need=sensitivity.value,
                is_missing=verdict is Verdict.UNKNOWN, sample=found.sample,
            )  # fmt: skip


def _contradictions(found: Assessment, done: Evaluation, rooms: Rooms) -> Iterator[Finding]:
    for one in done.contradictions:
        if not is_secret(one.key):
            yield Finding(
                assessment=found, kind=FindingKind.CONTRADICTION, fact=one.key,
                room_id=rooms.get(one.room), need=one.declared, have=one.measured,
                sample=found.sample,
            )  # fmt: skip


def _advice(found: Assessment, done: Evaluation, rooms: Rooms) -> Iterator[Recommendation]:
    """Yield drafts of what is not before the office already."""
    kept = set(
        Recommendation.objects.filter(
            assessment__office=found.office_id, state__in=[one.value for one in LIVE]
        ).values_list("rule", "rule_version", "room_id", "aims_at")
    )
    own = set(found.recommendations.values_list("rule", "room_id"))
    for one in done.advice:
        room = rooms.get(one.room)
        if (one.rule.id, one.rule.version, room, done.aims_at) in kept:
            continue
        if (one.rule.id, room) in own:
            continue
        yield Recommendation(
            assessment=found, rule=one.rule.id, rule_version=one.rule.version,
            topic=one.rule.topic, aims_at=done.aims_at, room_id=room,
            facts=_looked_at(one, done.office), text=filled(one), package=one.rule.package,
            source=one.rule.source, sample=found.sample,
        )  # fmt: skip


def _looked_at(advice: Advice, office: OfficeFacts) -> dict[str, Value | None]:
    """Return the facts a rule looked at, but for those on security."""
    facts = {**office.facts, **office.rooms.get(advice.room, {})}
    return {
        key: facts[key].value
        for key in advice.facts
        if key in facts and facts[key].is_known and not is_secret(key)
    }


def filled(advice: Advice) -> dict[str, dict[str, str]]:
    """Return the words of a rule with its gaps filled, by language."""
    gaps = dict(advice.gaps)
    words = TranslatedText()
    for language in LANGUAGES:
        with override(language):
            known = {name: _written(gaps.get(name)) for name in advice.rule.gaps or {}}
            words = words.with_text(language, _(advice.rule.text).format(**known))
    return words.to_json()


def _written(value: Value | None) -> str:
    """Write a value for a sentence; a gap that no fact fills says so."""
    if value is None:
        return _("(not known)")
    if isinstance(value, str):
        return value
    is_whole = round(value, DECIMALS) == int(value)
    return number_format(value, 0 if is_whole else DECIMALS, use_l10n=True)
