"""Calendar links of one's own, and what a link shows its owner today."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.schedule import Window
from serai.programme import access
from serai.programme.models import CalendarFeed, Completion, Meeting, Milestone, Plan
from serai.programme.queries.meetings import visible_meetings
from serai.programme.queries.milestones import (
    holding_plan,
    is_approved,
    standing_completion,
    visible_milestones,
    with_dates,
)
from serai.programme.states import MeetingState

CANCELLED_KEPT = timedelta(days=90)


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
    rows = visible_milestones(viewer, today).order_by("id")
    gatherings = visible_meetings(viewer).exclude(
        state=MeetingState.CANCELLED.value, changed_at__lt=now - CANCELLED_KEPT
    )
    if scope != "all":
        rows = rows.filter(initiative__code=scope)
        gatherings = gatherings.filter(initiative__code=scope)
    found = (
        _milestone(one, today) for one in with_dates(rows, today).prefetch_related("initiative")
    )
    called = gatherings.select_related("initiative").prefetch_related("attendances")
    return FeedContents(
        milestones=tuple(one for one in found if one is not None),
        meetings=tuple(_meeting(viewer, one) for one in called.order_by("id")),
    )


def _milestone(one: Milestone, today: date) -> FeedMilestone | None:
    plan: Plan | None = holding_plan(one.known_plans, today)
    end: Completion | None = standing_completion(one.known_completions, today)
    holder = end or plan
    if holder is None:
        return None
    approved = [p for p in one.known_plans if is_approved(p, today)]
    moments = [one.recorded_at, *(p.verdict.recorded_at for p in approved)]
    moments += [c.recorded_at for c in one.known_completions]
    moments += [c.withdrawn.recorded_at for c in one.known_completions if hasattr(c, "withdrawn")]
    return FeedMilestone(
        public_id=one.public_id,
        name=one.name,
        initiative=one.initiative.code,
        initiative_name=one.initiative.name,
        window=holder.as_window(),
        words=holder.words,
        sequence=max(0, len(approved) - 1) + len(one.known_completions),
        changed_at=max(moments),
        sample=one.sample,
    )


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
        state=one.state,
        sequence=one.sequence,
        changed_at=one.changed_at,
        sample=one.sample,
    )
