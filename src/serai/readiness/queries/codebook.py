"""Facts, gaps and attainments of many offices as rows of files, each as its reader may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from serai.base.access import Viewer
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Kind
from serai.readiness import access
from serai.readiness.models import Assessment, Attainment, Fact, Finding, MeetingRoom, Office
from serai.readiness.queries.assessments import sees_results, whole_assessments
from serai.readiness.queries.evaluation import GATE, is_secret
from serai.readiness.states import AssessmentState, FindingKind

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True)
class FactRow:
    """One fact of one office.

    Attributes:
        office_id: the office's public number.
        number: the fact's own, ascending.
        assessment_id: what it belongs to.
    """

    office: str
    organisation: str
    member: str
    as_of: date
    scope: str
    room: str
    fact: str
    value: float | str | None
    unit: str
    grade: str
    thin: str
    stale: str
    known_on: date | None
    source: str
    sample: bool
    office_id: str
    number: int
    assessment_id: int


@dataclass(frozen=True)
class CodebookRow:
    """What one fact is."""

    fact: str
    scope: str
    unit: str
    choices: str
    better: str
    reading: str
    questions: str
    run_figure: str


@dataclass(frozen=True)
class GapRow:
    """One row of an event that does not pass."""

    office: str
    organisation: str
    member: str
    event: str
    role: str
    room: str
    fact: str
    lever: str
    gate: str
    need: object
    have: object
    missing: str
    decisive: str
    sample: bool


@dataclass(frozen=True)
class StandRow:
    """Where one office stands with one event in one role; numbers as of a fact."""

    office: str
    organisation: str
    member: str
    event: str
    role: str
    status: str
    room: str
    sample: bool
    office_id: str
    number: int
    assessment_id: int


def _assessments(viewer: Viewer, office: Office | None) -> "QuerySet[Assessment]":
    """Return the assessments that count and that the viewer reads, of one office or of all."""
    found = whole_assessments().filter(sees_results(viewer), office__is_closed=False)
    if office is not None:
        found = found.filter(office=office)
    return found.exclude(state=AssessmentState.SUPERSEDED)


def _head(one: Assessment) -> tuple[str, str, str]:
    place = one.office.organisation
    return one.office.name, place.names.pick("en")[0], place.member.iso3 if place.member else ""


def _said(value: bool) -> str:
    return "yes" if value else ""


def _room(room: MeetingRoom | None) -> str:
    return room.name if room else ""


def numbers_read(viewer: Viewer) -> list[int]:
    """Return the assessments whose results stand in the viewer's files; one query."""
    return list(_assessments(viewer, None).values_list("pk", flat=True))


def fact_rows(viewer: Viewer, office: Office | None = None) -> list[FactRow]:
    """Return every fact the viewer reads, those on security left out; two queries."""
    heads = {
        one.pk: one for one in _assessments(viewer, office) if access.may_see_facts(viewer, one)
    }
    rows = Fact.objects.filter(assessment__in=list(heads)).select_related("room")
    found = []
    for row in rows.order_by("assessment_id", "id"):
        if is_secret(row.key):
            continue
        one = heads[row.assessment_id]
        found.append(
            FactRow(
                *_head(one), one.as_of, row.scope, _room(row.room), row.key, row.value, row.unit,
                row.grade, _said(row.is_thin), _said(row.is_stale), row.known_on, row.source,
                row.sample, one.office.public_id, row.pk, one.pk,
            )
        )  # fmt: skip
    return found


def codebook_rows(definition: Definition) -> Iterator[CodebookRow]:
    """Yield what each fact of the files is."""
    for key in definition.keys.values():
        if is_secret(key.key):
            continue
        better = "later in the list" if key.kind is Kind.CHOICE else "more"
        yield CodebookRow(
            key.key, key.scope.value, key.unit, ", ".join(key.choices),
            "less" if key.less_is_better else better, key.reading.value,
            " ".join(key.questions), key.run_figure,
        )  # fmt: skip


def gap_rows(viewer: Viewer, office: Office | None = None) -> list[GapRow]:
    """Return every gap the viewer reads; two queries.

    Those whom results were released to read what is asked, not what is there; the security gate
    stands for whoever is told of it.
    """
    heads = {one.pk: one for one in _assessments(viewer, office)}
    whole = {pk for pk, one in heads.items() if access.may_see_facts(viewer, one)}
    gated = {pk for pk, one in heads.items() if access.reads_gate(viewer, one.office)}
    rows = Finding.objects.filter(assessment__in=list(heads), kind=FindingKind.GAP)
    return [
        GapRow(
            *_head(heads[row.assessment_id]), row.event, row.role,
            _room(row.room) if row.assessment_id in whole else "", row.fact, row.lever, row.gate,
            row.need, row.have if row.assessment_id in whole else None, _said(row.is_missing),
            _said(row.is_decisive), row.sample,
        )
        for row in rows.exclude(event="").select_related("room").order_by("assessment_id", "id")
        if row.fact != GATE or row.assessment_id in gated
    ]  # fmt: skip


def attainment_rows(viewer: Viewer, office: Office | None = None) -> list[StandRow]:
    """Return every verdict the viewer reads; two queries."""
    heads = {one.pk: one for one in _assessments(viewer, office)}
    rows = Attainment.objects.filter(assessment__in=list(heads)).select_related("room")
    return [
        StandRow(
            *_head(heads[row.assessment_id]), row.event, row.role, row.status,
            _room(row.room) if access.may_see_facts(viewer, heads[row.assessment_id]) else "",
            row.sample, heads[row.assessment_id].office.public_id, row.pk, row.assessment_id,
        )
        for row in rows.order_by("assessment_id", "id")
    ]  # fmt: skip
