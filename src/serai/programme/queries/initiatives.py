"""Initiatives as of a day, with their notes, outlines and what stands next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.ready import KEPT, Ready
from serai.base.text import TranslatedText
from serai.calc import schedule
from serai.calc.schedule import Punctuality, Status
from serai.programme import access
from serai.programme.models import Initiative, Outline, StatusNote
from serai.programme.queries.milestones import MilestoneRow, milestones
from serai.programme.queries.requests import RequestRow, requests
from serai.programme.queries.shared import (
    is_entered_later,
    is_trial,
    not_sample,
    reads_names,
    reads_sample,
    sees_initiative,
    state_of,
    states_by,
)
from serai.programme.queries.texts import initiative_name, initiative_text, initiative_texts
from serai.programme.states import InitiativeState, NotePart, NoteState, RequestState

STALE_DAYS = 30
LATE = frozenset({Status.OVERDUE})
NEXT = (Status.DUE, Status.DUE_SOON, Status.PLANNED)


@dataclass(frozen=True)
class NoteRow:
    """One part of an initiative's story; stale when older than 30 days."""

    public_id: str
    part: str
    text: TranslatedText
    author: str
    author_id: int | None
    written_on: date
    state: str
    is_stale: bool
    is_entered_later: bool
    sample: bool


@dataclass(frozen=True)
class HeadingRow:
    """One heading of an outline."""

    level: int
    title: TranslatedText


@dataclass(frozen=True)
class OutlineRow:
    """A tree of headings, in reading order."""

    key: str
    title: TranslatedText
    headings: tuple[HeadingRow, ...]


@dataclass(frozen=True)
class InitiativeRow:
    """One initiative as it stood on a day.

    Attributes:
        sample: it, its state or the close of a request is demonstration data, and so marked.
    """

    id: int
    code: str
    public_id: str
    name: TranslatedText
    purpose: TranslatedText
    state: str
    audience: str
    keeper: str
    keeper_id: int | None
    partners: tuple[TranslatedText, ...]
    national_studies: tuple[TranslatedText, ...]
    milestones: tuple[MilestoneRow, ...]
    open_requests: tuple[RequestRow, ...]
    punctuality: Punctuality
    sample: bool

    @property
    def late(self) -> tuple[MilestoneRow, ...]:
        """Return the overdue milestones, longest overdue first."""
        found = [row for row in self.milestones if row.status in LATE]
        return tuple(sorted(found, key=lambda row: (-(row.standing.days or 0), row.number)))

    @property
    def next(self) -> tuple[MilestoneRow, ...]:
        """Return what comes next, soonest first."""
        found = [row for row in self.milestones if row.status in NEXT and row.plan is not None]
        return tuple(sorted(found, key=lambda row: (row.plan.end_latest, row.number)))  # type: ignore[union-attr]


def initiatives(
    viewer: Viewer,
    as_of: date,
    *,
    known_milestones: Sequence[MilestoneRow] | None = None,
    known_requests: Sequence[RequestRow] | None = None,
) -> list[InitiativeRow]:
    """Return the initiatives with their milestones and open requests, in order; three queries.

    One fewer for each of the two lists that `book.Book` has read for the viewer and day already.
    """
    known = _ready(viewer.itself, as_of).rows()
    found = sorted(known, key=lambda one: (initiative_text(one).order, one.pk))
    by_code: dict[str, list[MilestoneRow]] = {one.code: [] for one in found}
    for row in milestones(viewer, as_of) if known_milestones is None else known_milestones:
        by_code.setdefault(row.initiative, []).append(row)
    read = requests(viewer, as_of) if known_requests is None else known_requests
    return [
        _row(viewer, one, by_code[one.code], [r for r in read if r.initiative == one.code])
        for one in found
    ]


@lru_cache(maxsize=KEPT)
def _ready(viewer: Viewer, as_of: date) -> Ready[Initiative]:
    with_sample = reads_sample(viewer)
    found = (
        Initiative.objects.filter(  # type: ignore[no-redef]
            sees_initiative(viewer), known_from__lte=as_of
        )
        .select_related("keeper")
        .annotate(
            **states_by(as_of, "initiative", with_sample),
            known_texts=initiative_texts(as_of, with_sample),
        )
        .order_by("id")
    )
    return Ready(found)


def _row(
    viewer: Viewer,
    one: Initiative,
    rows: Sequence[MilestoneRow],
    asked: Sequence[RequestRow],
) -> InitiativeRow:
    reads_keeper = viewer.is_signed_in
    text = initiative_text(one)
    is_asked_in_trial = any(r.is_trial and r.state != RequestState.OPEN for r in asked)
    return InitiativeRow(
        id=one.pk,
        code=one.code,
        public_id=one.public_id,
        name=text.name,
        purpose=text.purpose,
        state=state_of(one) or InitiativeState.PROPOSED.value,
        audience=one.audience,
        keeper=one.keeper.full_name if one.keeper and reads_keeper else "",
        keeper_id=one.keeper_id,
        partners=text.partners,
        national_studies=text.national_studies,
        milestones=tuple(rows),
        open_requests=tuple(r for r in asked if r.state == RequestState.OPEN),
        punctuality=schedule.punctuality(
            (row.completion, row.baseline) for row in rows if row.completion is not None
        ),
        sample=one.sample or text.sample or is_trial(one) or is_asked_in_trial,
    )


def notes(
    viewer: Viewer, as_of: date, *, initiative: Initiative | None = None
) -> dict[str, dict[str, NoteRow]]:
    """Return the latest cleared note of each part by initiative code, as of a day."""
    found = (
        _notes(viewer, as_of, initiative)
        .filter(
            not_sample(viewer, "steps__"),
            steps__state=NoteState.CLEARED.value,
            steps__known_from__lte=as_of,
        )
        .annotate(**states_by(as_of, "note", reads_sample(viewer)))
    )
    latest: dict[str, dict[str, NoteRow]] = {}
    for row in found.order_by("written_on", "id"):
        latest.setdefault(row.initiative.code, {})[row.part] = _note(
            row, as_of, NoteState.CLEARED.value, with_author=reads_names(viewer)
        )
    return latest


def drafts(viewer: Viewer, initiative: Initiative, as_of: date) -> list[NoteRow]:
    """Return the notes that wait to be cleared, for those who keep the initiative."""
    if not access.may_keep_initiative(viewer, initiative):
        return []
    found = _notes(viewer, as_of, initiative).filter(state=NoteState.DRAFT.value)
    return [_note(row, as_of, row.state) for row in found.order_by("written_on", "id")]


def _notes(viewer: Viewer, as_of: date, initiative: Initiative | None) -> QuerySet[StatusNote]:
    found = StatusNote.objects.filter(
        sees_initiative(viewer, "initiative__") & not_sample(viewer), known_from__lte=as_of
    ).select_related("initiative__programme", "author")
    return found.filter(initiative=initiative) if initiative is not None else found


def _note(row: StatusNote, as_of: date, state: str, *, with_author: bool = True) -> NoteRow:
    return NoteRow(
        public_id=row.public_id,
        part=NotePart(row.part).value,
        text=row.text,
        author=row.author.full_name if row.author and with_author else "",
        author_id=row.author_id,
        written_on=row.written_on,
        state=state,
        is_stale=(as_of - row.written_on).days > STALE_DAYS,
        is_entered_later=is_entered_later(
            row.known_from, row.recorded_at, row.initiative.programme.time_zone
        ),
        sample=row.sample or is_trial(row),
    )


def note(viewer: Viewer, public_id: str) -> StatusNote:
    """Return one note; a draft only to those who keep the initiative.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    row = (
        StatusNote.objects.filter(sees_initiative(viewer, "initiative__"), public_id=public_id)
        .select_related("initiative__programme")
        .first()
    )
    is_draft = row is not None and row.state == NoteState.DRAFT
    if row is None or (is_draft and not access.may_keep_initiative(viewer, row.initiative)):
        raise NotFound(public_id)
    return row


@dataclass(frozen=True)
class NoteToWrite:
    """What a writer of a part begins with: its draft, else what is cleared now."""

    draft: StatusNote | None
    text: TranslatedText


def note_to_write(viewer: Viewer, initiative: Initiative, part: NotePart) -> NoteToWrite:
    """Return a part's latest draft, and the text in each language that a writer begins with."""
    rows = StatusNote.objects.filter(
        not_sample(viewer), initiative=initiative, part=part.value
    ).select_related("initiative")
    rows = rows.order_by("-written_on", "-id")
    draft = rows.filter(state=NoteState.DRAFT.value).first()
    latest = draft or rows.filter(state=NoteState.CLEARED.value).first()
    return NoteToWrite(draft, latest.text if latest else TranslatedText())


def outlines(viewer: Viewer, as_of: date) -> dict[str, OutlineRow]:
    """Return the latest outline of each initiative as of a day, by initiative code."""
    found = (
        Outline.objects.filter(sees_initiative(viewer, "initiative__"), known_from__lte=as_of)
        .select_related("initiative")
        .order_by("known_from", "id")
    )
    return {row.initiative.code: _outline(row) for row in found}


def _outline(row: Outline) -> OutlineRow:
    return OutlineRow(
        key=row.key,
        title=row.title,
        headings=tuple(
            HeadingRow(int(one["level"]), TranslatedText.from_json(one["title"]))
            for one in row.headings
        ),
    )


@dataclass(frozen=True)
class InitiativeChoice:
    """An initiative to choose from."""

    code: str
    name: TranslatedText
    may_keep: bool


def initiative_choices(viewer: Viewer, as_of: date = date.max) -> list[InitiativeChoice]:
    """Return the initiatives a viewer sees, in order, by their names of a day; one query."""
    rows = Initiative.objects.filter(sees_initiative(viewer)).annotate(
        known_name=initiative_name(as_of, reads_sample(viewer))
    )
    rows = rows.order_by("order", "id")
    return [
        InitiativeChoice(row.code, row.known_name, access.may_keep_initiative(viewer, row))
        for row in rows
    ]
