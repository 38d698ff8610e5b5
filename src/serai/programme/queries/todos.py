"""What each person is asked to do here: one verb each, by due time."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.calc.schedule import Status
from serai.members.access import is_officer, is_programme_officer
from serai.members.queries import release_page, releases_to_answer
from serai.members.states.words import AUDIENCE_NAMES
from serai.programme import access
from serai.programme.queries.book import Book
from serai.programme.queries.history import proposals
from serai.programme.queries.milestones import statuses
from serai.programme.queries.requests import WAITING
from serai.programme.queries.risks import late_reviews
from serai.programme.states import ActionState, AttendanceAnswer, MeetingState, RequestState

CALLED = {MeetingState.CALLED, MeetingState.PAPERS_OUT}
PRESSING = {Status.OVERDUE, Status.DUE}


def _said(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def todos(viewer: Viewer, now: datetime, *, book: Book | None = None) -> list[Todo]:
    """Return what the viewer is asked to do in the programme, soonest due first.

    What is done by now is asked no more, whatever day the installation opens with; what is late is
    late as of that day. `book` is the page's, where one is open already.
    """
    if not viewer.is_signed_in:
        return []
    book = book or Book(viewer, now)
    found = [
        *_answers(book),
        *_actions(book),
        *_invitations(book),
        *_kept(book),
        *_proposals(viewer),
        *_releases(viewer),
    ]
    return sorted(found, key=lambda todo: (todo.due_at is None, str(todo.due_at or "")))


def _answers(book: Book) -> list[Todo]:
    speaks_for = access.speaks_for(book.viewer)
    if not (speaks_for or access.organisations_of(book.viewer)):
        return []
    return [
        Todo(
            title=_said(row.text),
            verb=pgettext("to do", "Answer"),
            address=reverse("programme:answer", args=[one.public_id]),
            due_at=row.due_on,
            is_sample=row.sample,
        )
        for row in book.requests(book.today)
        if row.state == RequestState.OPEN
        for one in row.own
        if one.state in WAITING and (not one.iso3 or one.iso3 in speaks_for)
    ]


def _actions(book: Book) -> list[Todo]:
    found = []
    for row in book.actions(book.today):
        is_to_verify = row.state == ActionState.DONE and _verifies(book.viewer, row.initiative)
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


def _invitations(book: Book) -> list[Todo]:
    return [
        Todo(
            title=_said(row.title),
            verb=_("Say whether you come"),
            address=reverse("programme:meeting", args=[row.public_id]),
            due_at=row.starts_at,
            is_sample=row.sample,
        )
        for row in book.coming
        if row.answer == AttendanceAnswer.WAITING and row.state in CALLED and row.ends_at > book.now
    ]


def _kept(book: Book) -> list[Todo]:
    """Return what the keeper of an initiative looks after by the first day and still: dates, reviews."""
    kept = book.kept(book.day)
    return [*_pressing(book, kept), *_reviews(book, kept)] if kept else []


def _pressing(book: Book, kept: frozenset[str]) -> list[Todo]:
    found = [
        row
        for row in book.milestones(book.day)
        if row.initiative in kept and row.status in PRESSING
    ]
    if found and book.day != book.today:
        now = statuses(book.viewer, [row.id for row in found], book.today)
        found = [row for row in found if now.get(row.id) in PRESSING]
    return [
        Todo(
            title=_said(row.name),
            verb=_("Complete or plan again"),
            address=reverse("programme:milestone", args=[row.public_id]),
            due_at=row.plan.end_latest if row.plan else None,
            note=_said(row.initiative_name),
            is_sample=row.sample,
        )
        for row in found
    ]


def _reviews(book: Book, kept: frozenset[str]) -> list[Todo]:
    return [
        Todo(
            title=_said(row.text),
            verb=pgettext("to do", "Review"),
            address=reverse("programme:risk", args=[row.public_id]),
            due_at=row.review_on,
            is_sample=row.sample,
        )
        for row in late_reviews(book.viewer, kept, book.day, book.today)
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
    ]


def _releases(viewer: Viewer) -> list[Todo]:
    return [
        Todo(
            title=row.title,
            verb=_("Consent or decline"),
            address=reverse(release_page(row.thing), args=[row.public_id]),
            note=_("To be read by: %(readers)s") % {"readers": AUDIENCE_NAMES[row.to_audience]},
            is_sample=row.sample,
        )
        for row in releases_to_answer(viewer)
    ]
