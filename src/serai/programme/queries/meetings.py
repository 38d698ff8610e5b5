"""Meetings with agenda, papers and participants, as the viewer may see them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from serai.base.access import NotFound, Viewer
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.members.access import visible
from serai.programme import access
from serai.programme.models import AgendaItem, Attendance, Decision, Meeting, Paper
from serai.programme.queries.shared import (
    EMPTY,
    is_trial,
    reads_sample,
    state_of,
    states_by,
    within_initiative,
)
from serai.programme.states import DecisionState, MeetingState


@dataclass(frozen=True)
class MeetingRow:
    """One meeting in a list."""

    id: int
    public_id: str
    code: str
    title: TranslatedText
    kind: str
    initiative: str
    initiative_name: TranslatedText
    starts_at: datetime
    ends_at: datetime
    zone: str
    place: str
    mode: str
    audience: str
    state: str
    item_count: int
    paper_count: int
    decision_count: int
    is_mine: bool
    sample: bool


@dataclass(frozen=True)
class PaperRow:
    """One paper that the viewer may read."""

    public_id: str
    title: TranslatedText
    file_id: int | None
    file_name: str
    bytes: int | None
    run_number: str
    languages: tuple[str, ...]
    due_on: date | None
    audience: str
    may_release: bool


@dataclass(frozen=True)
class ItemRow:
    """One agenda item with its papers."""

    public_id: str
    number: int
    title: TranslatedText
    purpose: str
    minutes: TranslatedText
    papers: tuple[PaperRow, ...]


@dataclass(frozen=True)
class ParticipantRow:
    """One person invited."""

    person_id: int
    name: str
    organisation: TranslatedText
    role: str
    answer: str
    attended: bool | None
    is_me: bool


@dataclass(frozen=True)
class MeetingPage:
    """All that the page of one meeting shows this viewer."""

    row: MeetingRow
    join_link: str
    items: tuple[ItemRow, ...]
    participants: tuple[ParticipantRow, ...]
    minutes: TranslatedText
    reads_participants: bool
    may_call: bool


def visible_meetings(viewer: Viewer) -> QuerySet[Meeting]:
    """Leave the meetings a viewer may know of: their audience's, and those they are invited to."""
    own = Q(attendances__person_id=viewer.person_id) if viewer.is_signed_in else Q(pk=None)
    wide = within_initiative(viewer, visible(viewer, country=None, organisation=None))
    return Meeting.objects.filter(wide | Q(pk__in=Meeting.objects.filter(own).values("pk")))


def with_states(viewer: Viewer, found: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Read meetings with the state they have reached for this viewer, sample steps or not."""
    return found.annotate(**states_by(date.max, "meeting", reads_sample(viewer)))


def stands(one: Meeting) -> str:
    """Return the state of `with_states`."""
    return state_of(one) or one.state


def _with_counts(viewer: Viewer) -> QuerySet[Meeting]:
    found = with_states(viewer, visible_meetings(viewer))
    settling = Decision.objects.annotate(**states_by(date.max, "decision", reads_sample(viewer)))
    return found.select_related("initiative").prefetch_related(
        Prefetch("items", AgendaItem.objects.prefetch_related("papers").order_by("number", "id")),
        Prefetch("attendances", Attendance.objects.select_related("person", "organisation")),
        Prefetch("decisions", settling.order_by("id")),
    )


def meetings(
    viewer: Viewer, *, since: datetime | None = None, until: datetime | None = None
) -> list[MeetingRow]:
    """Return the meetings a viewer may know of, latest first; five queries."""
    found = _with_counts(viewer)
    if since is not None:
        found = found.filter(ends_at__gte=since)
    if until is not None:
        found = found.filter(starts_at__lte=until)
    return [_row(viewer, one) for one in found.order_by("-starts_at", "-id")]


@dataclass(frozen=True)
class ComingMeeting:
    """One meeting as a first page announces it.

    Attributes:
        answer: whether the viewer comes; empty where the viewer is not invited.
    """

    public_id: str
    title: TranslatedText
    starts_at: datetime
    ends_at: datetime
    zone: str
    state: str
    answer: str
    sample: bool

    @property
    def whole_day(self) -> date | None:
        """Return the day of a meeting of which only the day is known; None where hours are."""
        starts_at = self.starts_at.astimezone(ZoneInfo(self.zone))
        is_whole = starts_at.time() == time() and self.ends_at - self.starts_at == timedelta(days=1)
        return starts_at.date() if is_whole else None


def coming_meetings(viewer: Viewer, since: datetime) -> list[ComingMeeting]:
    """Return the meetings that end later and are not cancelled, soonest first; one query."""
    found = _ready_coming(viewer.itself, since.astimezone(UTC).date()).rows()
    return [
        ComingMeeting(
            public_id=one.public_id,
            title=one.title,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            zone=one.zone,
            state=stands(one),
            answer=one.answer or "",  # type: ignore[attr-defined]
            sample=one.sample or is_trial(one),
        )
        for one in found
        if one.ends_at > since and stands(one) != MeetingState.CANCELLED
    ]


@lru_cache(maxsize=KEPT)
def _ready_coming(viewer: Viewer, since: date) -> Ready[Meeting]:
    invited = Attendance.objects.filter(meeting=OuterRef("pk"), person_id=viewer.person_id or 0)
    found = (
        with_states(viewer, visible_meetings(viewer))
        .filter(ends_at__gte=datetime.combine(since, time(), UTC))
        .annotate(answer=Subquery(invited.order_by("id").values("answer")[:1]))
        .order_by("starts_at", "id")
    )
    names = ("public_id", "title", "starts_at", "ends_at", "zone", "state", "sample")
    return Ready(found.only(*names))


def _row(viewer: Viewer, one: Meeting) -> MeetingRow:
    items = list(one.items.all())
    reads_drafts = access.may_see_participants(viewer, one)
    return MeetingRow(
        id=one.pk,
        public_id=one.public_id,
        code=one.code,
        title=one.title,
        kind=one.kind,
        initiative=one.initiative.code if one.initiative else "",
        initiative_name=one.initiative.name if one.initiative else EMPTY,
        starts_at=one.starts_at,
        ends_at=one.ends_at,
        zone=one.zone,
        place=one.place,
        mode=one.mode,
        audience=one.audience,
        state=stands(one),
        item_count=len(items),
        paper_count=sum(_readable(viewer, one, item) for item in items),
        decision_count=sum(
            1
            for row in one.decisions.all()
            if reads_drafts or (state_of(row) or row.state) != DecisionState.PROPOSED
        ),
        is_mine=access.takes_part(viewer, one),
        sample=one.sample or is_trial(one),
    )


def _readable(viewer: Viewer, meeting: Meeting, item: AgendaItem) -> int:
    """Count the papers of an item that this viewer may read."""
    item.meeting = meeting
    count = 0
    for paper in item.papers.all():
        paper.item = item
        count += _may_read(viewer, paper, stands(meeting))
    return count


def _may_read(viewer: Viewer, paper: Paper, state: str) -> bool:
    """Tell whether a viewer may read a paper; sample people put none out to those without sample."""
    is_out = reads_sample(viewer) or state not in access.HELD_BACK
    return is_out and access.may_read_paper(viewer, paper)


def meeting(viewer: Viewer, public_id: str) -> Meeting:
    """Return one meeting with its agenda and participants.

    Raises:
        NotFound: if there is none this viewer may know of.
    """
    row = _with_counts(viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotFound(public_id)
    return row


def meeting_page(viewer: Viewer, meeting: Meeting) -> MeetingPage:
    """Return what this viewer may see of a meeting."""
    reads = access.may_see_participants(viewer, meeting)
    items = AgendaItem.objects.filter(meeting=meeting).prefetch_related(
        Prefetch("papers", Paper.objects.select_related("file").order_by("id"))
    )
    is_agreed = stands(meeting) == MeetingState.MINUTES_AGREED
    return MeetingPage(
        row=_row(viewer, meeting),
        join_link=meeting.join_link if reads else "",
        items=tuple(
            _item(viewer, item, meeting, with_minutes=reads or is_agreed)
            for item in items.order_by("number", "id")
        ),
        participants=tuple(
            _participant(viewer, row) for row in meeting.attendances.all()
        ) if reads else (),
        minutes=meeting.minutes if reads or is_agreed else EMPTY,
        reads_participants=reads,
        may_call=access.may_call_meeting(viewer, meeting),
    )  # fmt: skip


def _item(viewer: Viewer, item: AgendaItem, meeting: Meeting, *, with_minutes: bool) -> ItemRow:
    item.meeting = meeting
    papers = []
    for paper in item.papers.all():
        paper.item = item
        if _may_read(viewer, paper, stands(meeting)):
            papers.append(_paper(viewer, paper))
    return ItemRow(
        public_id=item.public_id,
        number=item.number,
        title=item.title,
        purpose=item.purpose,
        minutes=item.minutes if with_minutes else EMPTY,
        papers=tuple(papers),
    )


def _paper(viewer: Viewer, paper: Paper) -> PaperRow:
    return PaperRow(
        public_id=paper.public_id,
        title=paper.title,
        file_id=paper.file_id,
        file_name=paper.file.name if paper.file else "",
        bytes=paper.file.bytes if paper.file else None,
        run_number=paper.run_number,
        languages=tuple(paper.languages),
        due_on=paper.due_on,
        audience=paper.audience,
        may_release=access.may_release(viewer, paper),
    )


def _participant(viewer: Viewer, row: Attendance) -> ParticipantRow:
    return ParticipantRow(
        person_id=row.person_id,
        name=row.person.full_name,
        organisation=row.organisation.names if row.organisation else EMPTY,
        role=row.role,
        answer=row.answer,
        attended=row.attended,
        is_me=row.person_id == viewer.person_id,
    )


def paper(viewer: Viewer, public_id: str) -> Paper:
    """Return one paper.

    Raises:
        NotFound: if there is none this viewer may read.
    """
    row = (
        Paper.objects.filter(public_id=public_id, item__meeting__in=visible_meetings(viewer))
        .select_related("item__meeting__initiative", "file")
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    home = with_states(viewer, Meeting.objects.filter(pk=row.item.meeting_id)).get()
    if not _may_read(viewer, row, stands(home)):
        raise NotFound(public_id)
    return row


def item(viewer: Viewer, public_id: str) -> AgendaItem:
    """Return one agenda item.

    Raises:
        NotFound: if its meeting is not this viewer's to know of.
    """
    row = (
        AgendaItem.objects.filter(public_id=public_id, meeting__in=visible_meetings(viewer))
        .select_related("meeting__initiative")
        .first()
    )
    if row is None:
        raise NotFound(public_id)
    return row


def items_to_choose(viewer: Viewer, language: str) -> list[tuple[str, str]]:
    """Return the agenda items that a viewer keeps papers of, as (public number, "code, 1. title").

    Those of meetings that are still to be held, the latest meeting first.
    """
    ahead = [MeetingState.PLANNED.value, MeetingState.CALLED.value, MeetingState.PAPERS_OUT.value]
    rows = AgendaItem.objects.filter(
        meeting__in=visible_meetings(viewer), meeting__state__in=ahead
    ).select_related("meeting__initiative")
    return [
        (row.public_id, f"{row.meeting.code}, {row.number}. {row.title.pick(language)[0]}")
        for row in rows.order_by("-meeting__starts_at", "-meeting_id", "number", "id")
        if access.may_keep_agenda(viewer, row)
    ]


def meetings_to_choose(viewer: Viewer, language: str) -> list[tuple[int, str]]:
    """Return meetings as (number, "code: title") for a list to choose from, latest first."""
    rows = visible_meetings(viewer).exclude(state=MeetingState.CANCELLED.value)
    return [
        (row.pk, f"{row.code}: {row.title.pick(language)[0]}")
        for row in rows.order_by("-starts_at", "-id")
    ]
