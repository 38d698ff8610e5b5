"""The desk: who is in, by which way, what went wrong; what was noted, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.readiness import access
from serai.readiness.models import Delegation, DeskNote, EventPlan
from serai.readiness.queries.events import DelegationRow, delegation_row, offices_read
from serai.readiness.states import DeskNoteKind, Trouble


@dataclass(frozen=True)
class NoteRow:
    """One note of the desk; no office where it is of the whole event."""

    office: str
    kind: DeskNoteKind
    is_in: bool | None
    on_plan: str
    trouble: Trouble | None
    text: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Standing:
    """Where a delegation stands now.

    Attributes:
        is_in: None before anything was said of it.
        on_plan: as planned, or a way of plan B; "" before anything was said of it.
        trouble: the latest that was said; None before, and once it goes well again.
        said_at: when its latest note was written; None before the first.
    """

    row: DelegationRow
    is_in: bool | None
    on_plan: str
    trouble: Trouble | None
    text: str
    said_at: datetime | None


@dataclass(frozen=True)
class DeskPage:
    """All that the desk shows.

    Attributes:
        is_over: delegations came, and whoever looks knows none of them any more.
    """

    standings: tuple[Standing, ...]
    notes: tuple[NoteRow, ...]
    in_count: int
    is_over: bool = False


def desk_page(viewer: Viewer, plan: EventPlan) -> DeskPage:
    """Return the desk of an event for whoever works at it: the delegations they may read."""
    if not access.may_work_at(viewer, plan):
        return DeskPage((), (), 0)
    read = offices_read(viewer)
    said = plan.notes.select_related("by", "delegation__office").order_by("at", "id")
    notes = [one for one in said if one.delegation is None or one.delegation.office_id in read]
    rows = list(
        plan.delegations.select_related(
            "office__organisation__member", "office__initiative", "room"
        ).order_by("office__organisation__member__iso3", "office__name", "id")
    )
    standings = tuple(_standing(viewer, one, notes) for one in rows if one.office_id in read)
    return DeskPage(
        standings,
        tuple(_note(one) for one in reversed(notes)),
        sum(one.is_in is True for one in standings),
        is_over=bool(rows) and not standings,
    )


def _standing(viewer: Viewer, one: Delegation, notes: Iterable[DeskNote]) -> Standing:
    mine = [
        note for note in notes if note.delegation_id == one.pk and note.kind == DeskNoteKind.LIVE
    ]
    latest = mine[-1] if mine else None
    newest = mine[::-1]
    trouble = next((note.trouble for note in newest if note.trouble), "")
    return Standing(
        row=delegation_row(viewer, one),
        is_in=next((note.is_in for note in newest if note.is_in is not None), None),
        on_plan=next((note.on_plan for note in newest if note.on_plan), ""),
        trouble=Trouble(trouble) if trouble not in {"", Trouble.NONE} else None,
        text=latest.text if latest else "",
        said_at=latest.at if latest else None,
    )


def _note(one: DeskNote) -> NoteRow:
    return NoteRow(
        office=one.delegation.office.name if one.delegation else "",
        kind=DeskNoteKind(one.kind),
        is_in=one.is_in,
        on_plan=one.on_plan,
        trouble=Trouble(one.trouble) if one.trouble else None,
        text=one.text,
        at=one.at,
        by=one.by.full_name if one.by else "",
    )


def notes_of(viewer: Viewer, found: Delegation) -> list[NoteRow]:
    """Return what was noted of a delegation, newest first, for whoever may read it."""
    if not access.may_see_delegation(viewer, found):
        return []
    rows = found.notes.select_related("by", "delegation__office").order_by("-at", "-id")
    return [_note(one) for one in rows]
