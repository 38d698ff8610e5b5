"""What each person is asked to do here: one verb each, by due time."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.members.access import is_officer, is_programme_officer
from serai.programme import access
from serai.programme.models import Attendance, Initiative
from serai.programme.queries.decisions import actions
from serai.programme.queries.history import proposals
from serai.programme.queries.milestones import milestones
from serai.programme.queries.requests import WAITING, RequestRow, requests
from serai.programme.queries.risks import risks
from serai.programme.queries.shared import programme
from serai.programme.states import ActionState, AttendanceAnswer, MeetingState, RequestState

PRESSING = {Status.OVERDUE, Status.DUE}


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def todos(
    viewer: Viewer, now: datetime, *, known_requests: Sequence[RequestRow] | None = None
) -> list[Todo]:
    """Return what the viewer is asked to do in the programme, soonest due first.

    What is done by now is asked no more, whatever day the installation opens with; what is late is
    late as of that day. `known_requests` are today's, where the caller has read them already.
    """
    if not viewer.is_signed_in:
        return []
    own = programme(viewer)
    today = own.today(now)
    asked = requests(viewer, today) if known_requests is None else known_requests
    found = [
        *_answers(viewer, asked),
        *_actions(viewer, today),
        *_invitations(viewer, now),
        *_kept(viewer, {own.day(now), today}),
        *_proposals(viewer),
    ]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


def _answers(viewer: Viewer, asked: Sequence[RequestRow]) -> list[Todo]:
    return [
        Todo(
            title=_said(row.text),
            verb=pgettext("to do", "Answer"),
            address=reverse("programme:answer", args=[one.public_id]),
            due_at=row.due_on,
            is_sample=row.sample,
        )
        for row in asked
        if row.state == RequestState.OPEN
        for one in row.own
        if one.state in WAITING and (not one.iso3 or one.iso3 in access.speaks_for(viewer))
    ]


def _actions(viewer: Viewer, today: date) -> list[Todo]:
    found = []
    for row in actions(viewer, today):
        is_to_verify = row.state == ActionState.DONE and _verifies(viewer, row.initiative)
        if not (is_to_verify or (row.is_own and row.state == ActionState.OPEN)):
            continue
        found.append(
            Todo(
                title=_said(row.text),
                verb=_("Verify") if is_to_verify else _("Do"),
                address=reverse("programme:action", args=[row.public_id]),
                due_at=row.due_on,
                note=row.decision,
                is_sample=row.sample,
            )
        )
    return found


def _verifies(viewer: Viewer, initiative: str) -> bool:
    """Tell whether the viewer verifies the action items of an initiative, or of the programme."""
    return is_officer(viewer, initiative) if initiative else is_programme_officer(viewer)


def _invitations(viewer: Viewer, now: datetime) -> list[Todo]:
    called = [MeetingState.CALLED.value, MeetingState.PAPERS_OUT.value]
    rows = (
        Attendance.objects.filter(
            person_id=viewer.person_id or 0,
            answer=AttendanceAnswer.WAITING.value,
            meeting__state__in=called,
            meeting__ends_at__gt=now,
        )
        .select_related("meeting")
        .order_by("meeting__starts_at", "id")
    )
    return [
        Todo(
            title=_said(row.meeting.title),
            verb=_("Say whether you come"),
            address=reverse("programme:meeting", args=[row.meeting.public_id]),
            due_at=row.meeting.starts_at,
            is_sample=row.meeting.sample,
        )
        for row in rows
    ]


def _kept(viewer: Viewer, days: set[date]) -> list[Todo]:
    """Return what the keeper of an initiative looks after on each of the days: dates, reviews."""
    kept = set(
        Initiative.objects.filter(keeper_id=viewer.person_id)
        .order_by("id")
        .values_list("code", flat=True)
    )
    if not kept:
        return []
    found = [_pressing(viewer, kept, day) for day in sorted(days)]
    still = {todo.address for todo in found[-1]}
    return [todo for todo in found[0] if todo.address in still]


def _pressing(viewer: Viewer, kept: set[str], day: date) -> list[Todo]:
    found = [
        Todo(
            title=_said(row.name),
            verb=_("Complete or plan again"),
            address=reverse("programme:milestone", args=[row.public_id]),
            due_at=row.plan.end_latest if row.plan else None,
            note=_said(row.initiative_name),
            is_sample=row.sample,
        )
        for row in milestones(viewer, day)
        if row.initiative in kept and row.status in PRESSING
    ]
    return found + [
        Todo(
            title=_said(row.text),
            verb=pgettext("to do", "Review"),
            address=reverse("programme:risk", args=[row.public_id]),
            due_at=row.review_on,
            is_sample=row.sample,
        )
        for row in risks(viewer, day)
        if row.initiative in kept and row.is_review_overdue
    ]


def _proposals(viewer: Viewer) -> list[Todo]:
    if not access.may_see_proposals(viewer):
        return []
    return [
        Todo(
            title=_("%(number)d. %(name)s: %(words)s")
            % {"number": row.number, "name": _said(row.milestone_name), "words": _said(row.words)},
            verb=_("Decide on a new date"),
            address=reverse("programme:decide_plan", args=[row.public_id]),
            note=_said(row.initiative_name),
            is_sample=row.sample,
        )
        for row in proposals(viewer)
        if row.by_id is None or row.by_id != viewer.person_id
    ]
