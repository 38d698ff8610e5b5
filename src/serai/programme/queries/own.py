"""What a first page shows of one's own: papers of coming meetings, what one has sent."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from django.db.models import Q

from serai.base.access import Viewer
from serai.base.shown import Mark
from serai.base.text import TranslatedText
from serai.programme import access
from serai.programme.models import Paper, RequestAddressee, Step
from serai.programme.queries.decisions import visible_actions
from serai.programme.queries.meetings import visible_meetings
from serai.programme.queries.requests import visible_requests
from serai.programme.states import ActionState, AddresseeState, MeetingState, words

ANSWERS = (AddresseeState.ANSWERED, AddresseeState.DECLINED, AddresseeState.NOT_APPLICABLE)
OUTCOMES = (ActionState.DONE, ActionState.DROPPED)


@dataclass(frozen=True)
class ComingPaper:
    """One paper of a coming meeting."""

    title: TranslatedText
    meeting: str
    meeting_title: TranslatedText
    due_on: date | None
    sample: bool


@dataclass(frozen=True)
class Receipt:
    """One thing a person has sent: what, with which outcome, when."""

    kind: str
    thing: str
    title: TranslatedText
    mark: Mark
    sent_at: datetime
    sample: bool


def coming_papers(viewer: Viewer, since: datetime, *, most: int) -> list[ComingPaper]:
    """Return the papers a viewer may read of meetings that end later, the soonest meeting first."""
    rows = (
        Paper.objects.filter(
            item__meeting__in=visible_meetings(viewer), item__meeting__ends_at__gt=since
        )
        .exclude(item__meeting__state=MeetingState.CANCELLED.value)
        .select_related("item__meeting__initiative")
        .prefetch_related("item__meeting__attendances")
        .order_by("item__meeting__starts_at", "item__meeting_id", "item__number", "id")
    )
    return [
        ComingPaper(
            title=row.title,
            meeting=row.item.meeting.public_id,
            meeting_title=row.item.meeting.title,
            due_on=row.due_on,
            sample=row.item.meeting.sample,
        )
        for row in rows
        if access.may_read_paper(viewer, row)
    ][:most]


def receipts(viewer: Viewer, *, most: int) -> list[Receipt]:
    """Return the answers and outcomes a person has sent and may still read, the latest first."""
    answers = Q(state__in=ANSWERS, addressee__request__in=visible_requests(viewer))
    outcomes = Q(state__in=OUTCOMES, action__in=visible_actions(viewer))
    rows = (
        Step.objects.filter(answers | outcomes, recorded_by_id=viewer.person_id or 0)
        .select_related("addressee__request", "action")
        .order_by("-recorded_at", "-id")
    )
    return [_receipt(row) for row in rows[:most]]


def _receipt(row: Step) -> Receipt:
    if row.action:
        thing, mark = row.action, words.state_mark("action", row.state)
        return Receipt("action", thing.public_id, thing.text, mark, row.recorded_at, row.sample)
    asked = cast("RequestAddressee", row.addressee).request
    mark = words.state_mark("addressee", row.state)
    return Receipt("request", asked.public_id, asked.text, mark, row.recorded_at, row.sample)
