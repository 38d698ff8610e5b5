"""One milestone with its whole history as of a day."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc import schedule
from serai.calc.schedule import Slip, Window
from serai.programme import access
from serai.programme.models import (
    Baseline,
    BaselineLine,
    Completion,
    Dependency,
    Milestone,
    Plan,
    PlanVerdict,
    Withdrawal,
)
from serai.programme.queries.decisions import visible_decisions
from serai.programme.queries.facts import with_facts
from serai.programme.queries.milestones import (
    MilestoneRow,
    shown,
    slip_of,
    visible_milestones,
)
from serai.programme.queries.shared import (
    is_entered_later,
    not_sample,
    reads_names,
    reads_sample,
    sees_initiative,
)
from serai.programme.states import PlanState


@dataclass(frozen=True)
class PlanShown:
    """One planned date in a milestone's history; `moved` is against the date before it."""

    public_id: str
    words: TranslatedText
    window: Window
    state: str
    known_from: date
    decided_on: date | None
    reason: str
    reason_text: str
    verdict_reason: str
    source_note: str
    by: str
    moved: Slip | None
    is_entered_later: bool
    sample: bool
    may_decide: bool = False


@dataclass(frozen=True)
class CompletionShown:
    """One record of completion, standing or withdrawn."""

    public_id: str
    words: TranslatedText
    window: Window
    known_from: date
    source_note: str
    by: str
    link: str
    file_id: int | None
    withdrawn_on: date | None
    withdrawn_reason: str
    is_entered_later: bool
    sample: bool


@dataclass(frozen=True)
class BaselineSlip:
    """A milestone's slip against one baseline."""

    number: int
    name: str
    set_on: date
    words: TranslatedText
    slip: Slip | None


@dataclass(frozen=True)
class LinkShown:
    """A dependency to or from another milestone."""

    id: int
    kind: str
    lag_days: int
    other: MilestoneRow


@dataclass(frozen=True)
class MilestonePage:
    """All that the page of one milestone shows."""

    row: MilestoneRow
    plans: tuple[PlanShown, ...]
    completions: tuple[CompletionShown, ...]
    baselines: tuple[BaselineSlip, ...]
    waits_for: tuple[LinkShown, ...]
    holds_up: tuple[LinkShown, ...]


def milestone_page(viewer: Viewer, milestone: Milestone, as_of: date) -> MilestonePage | None:
    """Return a milestone's history as of a day; None if it was not known then."""
    everything = list(
        with_facts(visible_milestones(viewer, as_of).order_by("order", "number", "id"), as_of)
    )
    rows = {row.id: row for row in shown(everything, as_of, viewer)}
    row = rows.get(milestone.pk)
    if row is None:
        return None
    one = next(item for item in everything if item.pk == milestone.pk)
    links = Dependency.objects.filter(
        not_sample(viewer), Q(ended_on=None) | Q(ended_on__gt=as_of), known_from__lte=as_of
    ).order_by("id")
    before = [x for x in links.filter(milestone=milestone) if x.after_id in rows]
    behind = [x for x in links.filter(after=milestone) if x.milestone_id in rows]
    return MilestonePage(
        row=row,
        plans=_plans(viewer, milestone, as_of),
        completions=_completions(viewer, milestone, as_of),
        baselines=tuple(
            BaselineSlip(
                number=line.number,
                name=line.name,
                set_on=line.set_on,
                words=line.words,
                slip=slip_of(row.plan, row.completion, line.as_window()),
            )
            for line in one.known_lines
        ),
        waits_for=tuple(LinkShown(x.pk, x.kind, x.lag_days, rows[x.after_id]) for x in before),
        holds_up=tuple(LinkShown(x.pk, x.kind, x.lag_days, rows[x.milestone_id]) for x in behind),
    )


def _plans(viewer: Viewer, milestone: Milestone, as_of: date) -> tuple[PlanShown, ...]:
    """Return planned dates oldest first; proposals and refusals to those who plan or approve."""
    with_open = access.reads_proposals(viewer, milestone)
    zone = milestone.initiative.programme.time_zone
    found: list[PlanShown] = []
    previous: Window | None = None
    plans = milestone.plans.filter(not_sample(viewer), known_from__lte=as_of).select_related(
        "verdict", "recorded_by"
    )
    for plan in plans.order_by("known_from", "id"):
        verdict = plan.verdict if hasattr(plan, "verdict") else None
        if verdict is not None and not _is_read(viewer, verdict, as_of):
            verdict = None
        state = verdict.state if verdict else PlanState.PROPOSED.value
        if state != PlanState.APPROVED and not with_open:
            continue
        window = plan.as_window()
        found.append(
            PlanShown(
                public_id=plan.public_id,
                words=plan.words,
                window=window,
                state=state,
                known_from=plan.known_from,
                decided_on=verdict.known_from if verdict else None,
                reason=plan.change_reason,
                reason_text=plan.reason_text,
                verdict_reason=verdict.reason if verdict else "",
                source_note=plan.source_note,
                by=_by(viewer, plan),
                moved=schedule.slip(window, previous) if previous else None,
                is_entered_later=is_entered_later(plan.known_from, plan.recorded_at, zone),
                sample=plan.sample or (verdict is not None and verdict.sample),
                may_decide=not hasattr(plan, "verdict") and access.may_approve_plan(viewer, plan),
            )
        )
        if state == PlanState.APPROVED:
            previous = window
    return tuple(found)


def _is_read(viewer: Viewer, end: PlanVerdict | Withdrawal, as_of: date) -> bool:
    """Tell whether what became of a fact was known by a day and is this viewer's to read."""
    return end.known_from <= as_of and (reads_sample(viewer) or not end.sample)


def _by(viewer: Viewer, fact: Plan | Completion) -> str:
    """Name who recorded a fact, to those who read names."""
    return fact.recorded_by.full_name if fact.recorded_by and reads_names(viewer) else ""


def _completions(viewer: Viewer, milestone: Milestone, as_of: date) -> tuple[CompletionShown, ...]:
    zone = milestone.initiative.programme.time_zone
    rows = (
        milestone.completions.filter(not_sample(viewer), known_from__lte=as_of)
        .select_related("withdrawn", "recorded_by")
        .order_by("known_from", "id")
    )
    found = []
    for one in rows:
        taken = one.withdrawn if hasattr(one, "withdrawn") else None
        if taken is not None and not _is_read(viewer, taken, as_of):
            taken = None
        found.append(
            CompletionShown(
                public_id=one.public_id,
                words=one.words,
                window=one.as_window(),
                known_from=one.known_from,
                source_note=one.source_note,
                by=_by(viewer, one),
                link=one.link,
                file_id=one.evidence_id,
                withdrawn_on=taken.known_from if taken else None,
                withdrawn_reason=taken.reason if taken else "",
                is_entered_later=is_entered_later(one.known_from, one.recorded_at, zone),
                sample=one.sample or (taken is not None and taken.sample),
            )
        )
    return tuple(found)


def plan(viewer: Viewer, public_id: str) -> Plan:
    """Return one planned date.

    Raises:
        NotFound: if there is none whose milestone this viewer may see.
    """
    row = (
        Plan.objects.filter(public_id=public_id, milestone__in=visible_milestones(viewer, date.max))
        .select_related("milestone__initiative__programme", "milestone__country")
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def completion(viewer: Viewer, public_id: str) -> Completion:
    """Return one completion.

    Raises:
        NotFound: if there is none whose milestone this viewer may see.
    """
    row = (
        Completion.objects.filter(
            not_sample(viewer),
            public_id=public_id,
            milestone__in=visible_milestones(viewer, date.max),
        )
        .select_related("milestone__initiative__programme", "evidence")
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def dependency(viewer: Viewer, number: int) -> Dependency:
    """Return one dependency.

    Raises:
        NotFound: if its milestone is not this viewer's to see.
    """
    row = (
        Dependency.objects.filter(
            pk=number, ended_on=None, milestone__in=visible_milestones(viewer, date.max)
        )
        .select_related("milestone__initiative", "after")
        .first()
    )
    if row is None:
        raise NotFound(str(number))
    return row


@dataclass(frozen=True)
class ProposalRow:
    """A proposed date that waits for a word."""

    public_id: str
    milestone: str
    milestone_name: TranslatedText
    number: int
    initiative: str
    initiative_name: TranslatedText
    words: TranslatedText
    reason: str
    reason_text: str
    by: str
    known_from: date
    sample: bool


def proposals(viewer: Viewer) -> list[ProposalRow]:
    """Return the dates that wait for this viewer's word, oldest first; one query."""
    rows = (
        Plan.objects.filter(verdict=None, milestone__in=visible_milestones(viewer, date.max))
        .select_related("milestone__initiative", "milestone__country", "recorded_by")
        .order_by("known_from", "id")
    )
    return [
        ProposalRow(
            public_id=row.public_id,
            milestone=row.milestone.public_id,
            milestone_name=row.milestone.name,
            number=row.milestone.number,
            initiative=row.milestone.initiative.code,
            initiative_name=row.milestone.initiative.name,
            words=row.words,
            reason=row.change_reason,
            reason_text=row.reason_text,
            by=row.recorded_by.full_name if row.recorded_by else "",
            known_from=row.known_from,
            sample=row.sample,
        )
        for row in rows
        if access.may_approve_plan(viewer, row)
    ]


@dataclass(frozen=True)
class BaselineRow:
    """One baseline of an initiative."""

    number: int
    name: str
    set_on: date
    decision: str
    line_count: int
    sample: bool


def baselines(viewer: Viewer, code: str, as_of: date) -> list[BaselineRow]:
    """Return the baselines of an initiative known by a day; two queries."""
    rows = (
        Baseline.objects.filter(
            sees_initiative(viewer, "initiative__") & not_sample(viewer),
            initiative__code=code,
            known_from__lte=as_of,
        )
        .annotate(
            is_decision_known=Exists(visible_decisions(viewer).filter(pk=OuterRef("decision_id")))
        )
        .select_related("decision")
        .prefetch_related(
            Prefetch(
                "lines",
                BaselineLine.objects.filter(
                    not_sample(viewer, "plan__"),
                    milestone__in=visible_milestones(viewer, as_of),
                ),
            )
        )
        .order_by("number", "id")
    )
    return [
        BaselineRow(
            row.number, row.name, row.set_on,
            row.decision.number if row.decision and row.is_decision_known else "",
            len(row.lines.all()), row.sample,
        )
        for row in rows
    ]  # fmt: skip
