"""Risks, assumptions and issues as of a day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef

from serai.base.access import NotFound, Viewer
from serai.base.models import Rows
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.calc.schedule import (
    RiskBand,
    is_review_overdue,
    risk_band,
    risk_grid,
    risk_score,
)
from serai.members.access import Release, may_widen, visible
from serai.members.states import Audience
from serai.programme import access
from serai.programme.models import Risk, RiskReview, Step
from serai.programme.queries.milestones import visible_milestones
from serai.programme.queries.shared import (
    KEPT_DAYS,
    is_trial,
    not_sample,
    reads_names,
    reads_sample,
    state_of,
    states_by,
    within_initiative,
)
from serai.programme.queries.texts import home_name, milestone_name
from serai.programme.states import RiskKind, RiskState


@dataclass(frozen=True)
class TouchedMilestone:
    """A milestone a risk touches, which the viewer may see."""

    public_id: str
    number: int
    name: TranslatedText


@dataclass(frozen=True)
class RiskRow:
    """One risk as its latest review by a day left it."""

    public_id: str
    initiative: str
    initiative_name: TranslatedText
    kind: str
    text: TranslatedText
    cause: TranslatedText
    consequence: TranslatedText
    probability: int
    impact: int
    score: int
    band: RiskBand
    response: str
    response_text: TranslatedText
    owner: str
    owner_id: int | None
    review_on: date | None
    is_review_overdue: bool
    review_count: int
    state: str
    audience: str
    touched: tuple[TouchedMilestone, ...]
    node_codes: tuple[str, ...]
    sample: bool
    is_made_up: bool = False

    @property
    def milestones(self) -> tuple[str, ...]:
        """Return the numbers of the milestones it touches."""
        return tuple(str(one.number) for one in self.touched)

    @property
    def is_open(self) -> bool:
        """Tell whether it still needs attention."""
        return self.state != RiskState.CLOSED


@dataclass(frozen=True)
class ReviewRow:
    """One look at a risk."""

    known_from: date
    probability: int
    impact: int
    score: int
    note: str
    by: str


def risks(viewer: Viewer, as_of: date, *, initiative: str | None = None) -> list[RiskRow]:
    """Return the risks known by a day, highest score first; one query."""
    with_sample = reads_sample(viewer)
    found = (
        Risk.objects.filter(  # type: ignore[no-redef]
            within_initiative(viewer, visible(viewer, country=None, organisation=None)),
            known_from__lte=as_of,
        )
        .annotate(
            **states_by(as_of, "risk", with_sample),
            known_home=home_name(as_of, with_sample),
            has_happened=_has_happened(as_of, with_sample),
            known_touched=_touched(viewer, as_of),
            known_reviews=_reviews(as_of, with_sample),
        )
        .select_related("initiative", "owner")
        .order_by("initiative__order", "id")
    )
    if initiative is not None:
        found = found.filter(initiative__code=initiative)
    rows = [_row(viewer, one, as_of) for one in found]
    return sorted(rows, key=lambda row: -row.score)


@lru_cache(maxsize=2 * KEPT_DAYS)
def _has_happened(as_of: date, with_sample: bool) -> Exists:
    """Tell whether a risk has happened by a day: from then on it is an issue."""
    steps = Step.objects.filter(
        risk=OuterRef("pk"), state=RiskState.HAPPENED.value, known_from__lte=as_of
    )
    return Exists(steps if with_sample else steps.filter(sample=False))


def _touched(viewer: Viewer, as_of: date) -> Rows:
    """Return the milestones a risk touches, as far as the viewer sees them, as a column."""
    rows = visible_milestones(viewer, as_of).filter(risks=OuterRef("pk")).order_by("id")
    rows = rows.annotate(known_name=milestone_name(as_of, reads_sample(viewer)))
    return Rows(TouchedMilestone, rows, "public_id", "number", "known_name")


@dataclass(frozen=True, slots=True)
class KnownReview:
    """One look at a risk, as it is stored."""

    probability: int
    impact: int
    review_on: date | None
    sample: bool
    known_from: date


@lru_cache(maxsize=2 * KEPT_DAYS)
def _reviews(as_of: date, with_sample: bool) -> Rows:
    """Return the reviews of a risk known by a day, oldest first, as a column."""
    rows = RiskReview.objects.filter(risk=OuterRef("pk"), known_from__lte=as_of)
    rows = (rows if with_sample else rows.filter(sample=False)).order_by("known_from", "id")
    return Rows(KnownReview, rows, "probability", "impact", "review_on", "sample", "known_from")


def _row(viewer: Viewer, one: Risk, as_of: date) -> RiskRow:
    latest = one.known_reviews[-1] if one.known_reviews else None
    probability = latest.probability if latest else one.probability
    impact = latest.impact if latest else one.impact
    review_on = latest.review_on if latest else one.review_on
    state = state_of(one) or RiskState.OPEN.value
    score = risk_score(probability, impact)
    return RiskRow(
        public_id=one.public_id,
        initiative=one.initiative.code,
        initiative_name=one.known_home,
        kind=RiskKind.ISSUE.value if getattr(one, "has_happened", False) else one.kind,
        text=one.text,
        cause=one.cause,
        consequence=one.consequence,
        probability=probability,
        impact=impact,
        score=score,
        band=risk_band(score),
        response=one.response,
        response_text=one.response_text,
        owner=one.owner.full_name if one.owner and reads_names(viewer) else "",
        owner_id=one.owner_id,
        review_on=review_on,
        is_review_overdue=state != RiskState.CLOSED and is_review_overdue(review_on, as_of),
        review_count=len(one.known_reviews),
        state=state,
        audience=one.audience,
        touched=tuple(one.known_touched),
        node_codes=tuple(one.node_codes),
        sample=one.sample or is_trial(one) or any(review.sample for review in one.known_reviews),
        is_made_up=one.sample,
    )


@dataclass(frozen=True)
class LateReview:
    """A risk whose review is overdue, as the one who keeps it is asked to review it."""

    public_id: str
    text: TranslatedText
    review_on: date | None
    sample: bool


@dataclass(frozen=True, slots=True)
class KnownStep:
    """A state a risk reached, as it is stored."""

    state: str
    known_from: date
    sample: bool


def late_reviews(
    viewer: Viewer, initiatives: Collection[str], day: date, still: date
) -> list[LateReview]:
    """Return the risks whose review was overdue on a day and still is on another; one query.

    For whoever is shown what sample people entered; all else a row says is left unread.
    """
    found = _ready_late(viewer.itself, frozenset(initiatives), min(day, still), max(day, still))
    return [
        row
        for one in found.rows()
        if (row := _late_review(one, day)) is not None and _late_review(one, still) is not None
    ]


@lru_cache(maxsize=KEPT)
def _ready_late(
    viewer: Viewer, initiatives: frozenset[str], earliest: date, latest: date
) -> Ready[Risk]:
    steps = Step.objects.filter(risk=OuterRef("pk"), known_from__lte=latest)
    found = (
        Risk.objects.filter(  # type: ignore[no-redef]
            within_initiative(viewer, visible(viewer, country=None, organisation=None)),
            initiative__code__in=sorted(initiatives),
            known_from__lte=earliest,
        )
        .annotate(
            known_reviews=_reviews(latest, with_sample=True),
            known_steps=Rows(
                KnownStep, steps.order_by("known_from", "id"), "state", "known_from", "sample"
            ),
        )
        .order_by("initiative__order", "id")
    )
    return Ready(found)


def _late_review(one: Risk, day: date) -> LateReview | None:
    """Return a risk as known by a day, or None where its review was not overdue."""
    reviews = [review for review in one.known_reviews if review.known_from <= day]
    steps = [step for step in one.known_steps if step.known_from <= day]
    review_on = reviews[-1].review_on if reviews else one.review_on
    is_closed = bool(steps) and steps[-1].state == RiskState.CLOSED
    if is_closed or not is_review_overdue(review_on, day):
        return None
    is_sample = one.sample or any(review.sample for review in reviews)
    is_sample = is_sample or any(step.sample for step in steps[-1:])
    return LateReview(one.public_id, one.text, review_on, is_sample)


def grid(rows: Sequence[RiskRow]) -> tuple[tuple[int, ...], ...]:
    """Count open risks and issues per probability (row) and impact (column)."""
    counted = [r for r in rows if r.is_open and r.kind != RiskKind.ASSUMPTION]
    return risk_grid((r.probability, r.impact) for r in counted)


def risk(viewer: Viewer, public_id: str) -> Risk:
    """Return one risk.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        Risk.objects.filter(
            within_initiative(viewer, visible(viewer, country=None, organisation=None)),
            public_id=public_id,
        )
        .select_related("initiative__programme", "owner")
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def risk_release(risk: Risk, to: Audience) -> Release:
    """Return the step from an assumption's audience to another, with who wrote it."""
    return Release(
        Audience(risk.audience), to, initiative=risk.initiative.code,
        author_id=risk.recorded_by_id,
    )  # fmt: skip


def may_release_to_members(viewer: Viewer, risk: Risk) -> bool:
    """Tell whether this viewer may let members read an assumption that they do not read yet."""
    if risk.kind != RiskKind.ASSUMPTION:
        return False
    return may_widen(viewer, risk_release(risk, Audience.MEMBERS))


def reviews(viewer: Viewer, risk: Risk, as_of: date) -> list[ReviewRow]:
    """Return the reviews of a risk the viewer has been given, latest first.

    What was noted at a review stays with those who manage it, also when an assumption is released.
    """
    reads_notes = access.may_manage_risk(viewer, risk)
    found = risk.reviews.filter(not_sample(viewer), known_from__lte=as_of).select_related(
        "recorded_by"
    )
    return [
        ReviewRow(
            known_from=row.known_from,
            probability=row.probability,
            impact=row.impact,
            score=risk_score(row.probability, row.impact),
            note=row.note if reads_notes else "",
            by=row.recorded_by.full_name if row.recorded_by and viewer.is_signed_in else "",
        )
        for row in found.order_by("-known_from", "-id")
    ]
