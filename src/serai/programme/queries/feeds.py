"""Calendar links of one's own, and what a link shows its owner today."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import Precision, Window
from serai.programme import access
from serai.programme.models import (
    CalendarFeed,
    Initiative,
    Meeting,
    Milestone,
    Plan,
)
from serai.programme.queries.facts import (
    completions_known,
    real_completions,
    standing_completion,
)
from serai.programme.queries.meetings import stands, visible_meetings, with_states
from serai.programme.queries.milestones import visible_milestones
from serai.programme.queries.shared import is_trial, reads_sample
from serai.programme.states import MeetingState, PlanState

CANCELLED_KEPT = timedelta(days=90)
DAYS = ("start_earliest", "start_latest", "end_earliest", "end_latest")


@dataclass(frozen=True)
class FeedRow:
    """One calendar link of one's own."""

    public_id: str
    scope: str
    made_at: datetime
    latest_read_at: datetime | None


def feeds(viewer: Viewer) -> list[FeedRow]:
    """Return the viewer's own working links, oldest first."""
    rows = CalendarFeed.objects.filter(person_id=viewer.person_id or 0, revoked_at=None)
    return [
        FeedRow(row.public_id, row.scope, row.made_at, row.last_read_at)
        for row in rows.order_by("made_at", "id")
    ]


def feed(viewer: Viewer, public_id: str) -> CalendarFeed:
    """Return one of the viewer's own links.

    Raises:
        NotFound: if it is somebody else's.
    """
    row = CalendarFeed.objects.filter(
        person_id=viewer.person_id or 0, public_id=public_id, revoked_at=None
    ).first()
    if row is None or not viewer.is_signed_in:
        raise NotFound(public_id)
    return row


def feed_by_token(token: str) -> CalendarFeed | None:
    """Return the link of a token, also a revoked one; None if there never was one."""
    kept = hashlib.sha256(token.encode()).hexdigest()
    return CalendarFeed.objects.filter(token_hash=kept).first()


@dataclass(frozen=True)
class FeedMilestone:
    """A milestone for a calendar; `sequence` counts its approved plans after the first."""

    public_id: str
    name: TranslatedText
    initiative: str
    initiative_name: TranslatedText
    window: Window
    words: TranslatedText
    sequence: int
    changed_at: datetime
    sample: bool


@dataclass(frozen=True)
class FeedMeeting:
    """A meeting for a calendar; the link to join only for its participants."""

    public_id: str
    code: str
    title: TranslatedText
    initiative: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    join_link: str
    state: str
    sequence: int
    changed_at: datetime
    sample: bool


@dataclass(frozen=True)
class FeedContents:
    """What a link shows."""

    milestones: tuple[FeedMilestone, ...]
    meetings: tuple[FeedMeeting, ...]


def feed_contents(viewer: Viewer, scope: str, today: date, now: datetime) -> FeedContents:
    """Return what a viewer may see of milestones with a date and of meetings."""
    rows = visible_milestones(viewer, today)
    gatherings = with_states(viewer, visible_meetings(viewer)).exclude(  # type: ignore[misc]
        known_state=MeetingState.CANCELLED.value, changed_at__lt=now - CANCELLED_KEPT
    )
    if scope != "all":
        rows = rows.filter(initiative__code=scope)
        gatherings = gatherings.filter(initiative__code=scope)
    called = gatherings.select_related("initiative").prefetch_related("attendances")
    return FeedContents(
        milestones=_milestones(rows, today, with_sample=reads_sample(viewer)),
        meetings=tuple(_meeting(viewer, one) for one in called.order_by("id")),
    )


@dataclass(frozen=True)
class _Approved:
    """An approved plan, as light as a link of 500 milestones needs it."""

    window: Window
    words: TranslatedText
    recorded_at: datetime
    sample: bool


def _milestones(
    rows: QuerySet[Milestone], today: date, *, with_sample: bool
) -> tuple[FeedMilestone, ...]:
    """Return milestones that have a date; three queries, and no model made for a fact."""
    approved = _approved(rows, today, with_sample=with_sample)
    homes: dict[int, Initiative] = {}
    found = []
    known = rows.annotate(known_completions=completions_known(today))  # type: ignore[no-redef]
    for one in known.prefetch_related("initiative").order_by("id"):
        home = homes.setdefault(one.initiative_id, one.initiative)
        plans, reached = approved.get(one.pk, []), one.known_completions
        if not with_sample:
            reached = real_completions(reached)
        end = standing_completion(reached, today)
        if end is None and not plans:
            continue
        moments = [one.recorded_at, *(plan.recorded_at for plan in plans)]
        moments += [done.recorded_at for done in reached]
        moments += [done.withdrawn_at for done in reached if done.withdrawn_at is not None]
        found.append(
            FeedMilestone(
                public_id=one.public_id,
                name=one.name,
                initiative=home.code,
                initiative_name=home.name,
                window=end.as_window() if end else plans[-1].window,
                words=end.words if end else plans[-1].words,
                sequence=max(0, len(plans) - 1) + len(reached),
                changed_at=max(moments),
                sample=one.sample
                or (end.sample if end else plans[-1].sample)
                or any(done.is_withdrawal_sample for done in reached),
            )
        )
    return tuple(found)


def _approved(
    rows: QuerySet[Milestone], today: date, *, with_sample: bool
) -> dict[int, list[_Approved]]:
    """Return the plans approved by a day, by milestone; the one that holds stands last."""
    known = Plan.objects.filter(
        milestone__in=rows.values("pk"),
        known_from__lte=today,
        verdict__state=PlanState.APPROVED.value,
        verdict__known_from__lte=today,
    ).order_by("verdict__known_from", "verdict__id")
    if not with_sample:
        known = known.filter(sample=False, verdict__sample=False)
    found: dict[int, list[_Approved]] = {}
    for milestone, at, words, planned, agreed, *days, precision, is_ongoing in known.values_list(
        "milestone_id", "verdict__recorded_at", "words", "sample", "verdict__sample", *DAYS,
        "precision", "is_ongoing",
    ):  # fmt: skip
        window = Window(
            **dict(zip(DAYS, days, strict=True)), precision=Precision(precision), words=str(words),
            is_ongoing=is_ongoing,
        )  # fmt: skip
        found.setdefault(milestone, []).append(_Approved(window, words, at, planned or agreed))
    return found


def _meeting(viewer: Viewer, one: Meeting) -> FeedMeeting:
    return FeedMeeting(
        public_id=one.public_id,
        code=one.code,
        title=one.title,
        initiative=one.initiative.code if one.initiative else "",
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.zone,
        place=one.place,
        join_link=one.join_link if access.may_see_participants(viewer, one) else "",
        state=stands(one),
        sequence=one.sequence,
        changed_at=one.changed_at,
        sample=one.sample or is_trial(one),
    )
