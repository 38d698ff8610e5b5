"""Requests for help: asked, taken, answered, solved, closed; answers written for all."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.readiness import access, emails
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.models import Advisory, EventPlan, HelpMessage, HelpRequest, Office
from serai.readiness.queries.help import (
    AGENCY,
    DESK,
    events_to_help,
    names_left,
    technicians,
    to_close,
)
from serai.readiness.states import HelpKind, HelpPriority, HelpState

LONGEST = 4_000


@dataclass(frozen=True)
class HelpFacts:
    """What is asked: of which kind, how urgent, in which words, for which event if any."""

    kind: HelpKind
    priority: HelpPriority
    subject: str
    text: str
    plan: EventPlan | None = None


@transaction.atomic
def ask_help(*, office: Office, asked: HelpFacts, by: Viewer, now: datetime) -> HelpRequest:
    """Ask for help for an office; the requester gets a letter that it was received."""
    require(access.may_ask_help, by, office)
    if asked.plan is not None and asked.plan.pk not in {one.pk for one in events_to_help([office])}:
        raise Refused(_("This office does not take part in that event."), "plan")
    if not asked.subject.strip():
        raise Refused(_("Say in a few words what it is about."), "subject")
    made = HelpRequest.objects.create(
        office=office, plan=asked.plan, kind=asked.kind.value, priority=asked.priority.value,
        subject=asked.subject.strip(), asked_by_id=actor(by), asked_at=now, moved_at=now,
        sample=office.sample or by.is_sample,
    )  # fmt: skip
    _message(made, _text(asked.text), by, now, HelpState.NEW)
    note_audit("ask_help", made, by=by, now=now, after={"kind": made.kind})
    send_all(emails.help_received(made))
    return made


def _text(text: str) -> str:
    said = text.strip()
    if not said:
        raise Refused(_("Write something."), "text")
    if len(said) > LONGEST:
        raise Refused(_("This is longer than %(n)d letters.") % {"n": LONGEST}, "text")
    return said


def _message(
    request: HelpRequest,
    text: str,
    by: Viewer | None,
    now: datetime,
    state: HelpState | None = None,
) -> HelpMessage:
    return HelpMessage.objects.create(
        request=request, text=text, state=state.value if state else "", at=now,
        by_id=by.person_id if by else None, sample=request.sample,
    )  # fmt: skip


@transaction.atomic
def assign_help(
    *, request: HelpRequest, technician_id: int, by: Viewer, now: datetime
) -> HelpRequest:
    """Take a request, or give it to a technician."""
    require(access.may_help, by, request)
    if technician_id not in {number for number, _name in technicians()}:
        raise Refused(_("Choose somebody who works at the desk."), "technician")
    _step(request, HelpState.ASSIGNED, "", by, now, technician_id=technician_id)
    return request


@transaction.atomic
def move_help(
    *, request: HelpRequest, state: HelpState, text: str, by: Viewer, now: datetime
) -> HelpRequest:
    """Bring a request to its next state, with words where it waits or is solved.

    Raises:
        Refused: the state does not follow, or nothing is said where it is needed.
    """
    require(access.may_help if state in DESK else access.may_settle, by, request)
    if state not in DESK | AGENCY:
        raise Refused(_("Choose one of the steps that are shown."))
    is_needed = state in {HelpState.WAITING, HelpState.SOLVED, HelpState.REOPENED}
    said = _text(text) if is_needed or text.strip() else ""
    message = _step(request, state, said, by, now)
    if state is HelpState.CLOSED:
        send_all(emails.help_closed(request, by.person_id))
    elif said and state in DESK:
        send_all(emails.help_answered(request, message.pk, by.person_id))
    return request


def _step(
    request: HelpRequest, wanted: HelpState, text: str, by: Viewer | None, now: datetime,
    **fields: object,
) -> HelpMessage:  # fmt: skip
    before = request.state
    take_step(request, wanted, moved_at=now, **fields)
    note_audit(
        "move_help", request, by=by, now=now, before={"state": before},
        after={"state": wanted.value},
    )  # fmt: skip
    return _message(request, text, by, now, wanted)


@transaction.atomic
def say_help(*, request: HelpRequest, text: str, by: Viewer, now: datetime) -> HelpMessage:
    """Say something; what the agency says to a request that waits for it puts it back in work."""
    require(access.may_say, by, request)
    said = _text(text)
    if request.state == HelpState.CLOSED:
        raise Refused(_("It is closed. Open it again to go on."))
    is_desk = access.may_help(by, request)
    if request.state == HelpState.WAITING and not is_desk:
        return _step(request, HelpState.IN_WORK, said, by, now)
    made = _message(request, said, by, now)
    note_audit("say_help", request, by=by, now=now)
    if is_desk:
        send_all(emails.help_answered(request, made.pk, by.person_id))
    return made


@transaction.atomic
def close_solved(*, now: datetime) -> int:
    """Close what was solved five days ago and not opened again; return how many."""
    found = to_close(now)
    for one in found:
        _step(one, HelpState.CLOSED, "", None, now)
        send_all(emails.help_closed(one, None))
    return len(found)


# ---------------------------------------------------------------- answers for all
@dataclass(frozen=True)
class AdvisoryFacts:
    """A question with its answer, by language, and whether all may read it."""

    question: TranslatedText
    answer: TranslatedText
    is_shown: bool


@transaction.atomic
def write_advisory(
    *, facts: AdvisoryFacts, by: Viewer, now: datetime, of: Advisory | None = None,
    request: HelpRequest | None = None,
) -> Advisory:  # fmt: skip
    """Write an answer for all, or change one. Nothing of a request it comes from is kept.

    Raises:
        Refused: a name of the request's office or people still stands in it.
    """
    require(access.may_keep_advisories, by)
    if request is not None:
        for name, text in (("question", facts.question), ("answer", facts.answer)):
            for language, said, _state in text.texts:
                if left := names_left(said, request):
                    raise Refused(
                        _("Take these names out first: %(names)s.") % {"names": ", ".join(left)},
                        f"{name}_{language}",
                    )
    made = of or Advisory(order=Advisory.objects.count() + 1, sample=by.is_sample)
    made.question, made.answer, made.is_shown = facts.question, facts.answer, facts.is_shown
    made.changed_at, made.changed_by_id = now, actor(by)
    made.save()
    note_audit("write_advisory", made, by=by, now=now, after={"is_shown": made.is_shown})
    return made
