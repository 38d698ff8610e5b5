"""Questions the secretariat asks back, and remarks beside answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.calc.xforms import Ref
from serai.members.states import Audience
from serai.surveys import access, emails
from serai.surveys.actions.acts import Refused, actor, label, note_audit, take_step
from serai.surveys.models import AnswerRequest, Remark, RequestTurn, Response
from serai.surveys.queries.follow_up import asked_of
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import AnswerRequestState, RequestReason, ResponseState

LONGEST_QUESTION = 2_000
LIVE = (AnswerRequestState.DRAFTED, AnswerRequestState.ASKED, AnswerRequestState.ANSWERED)
UNENDED = (AnswerRequestState.ASKED, AnswerRequestState.ANSWERED)


class StillAsked(Refused):
    """Questions of the secretariat wait: their answers are as they were, and nobody said why."""


@dataclass(frozen=True)
class Asked:
    """One question to be asked about one answer; without words the usual ones of its reason."""

    ref: Ref
    reason: RequestReason
    question: str = ""


def usual_question(reason: RequestReason) -> str:
    """Return what is asked where the officer writes nothing, in the language that is on."""
    return {
        RequestReason.MISSING: _(
            "This answer is missing. Please give it, or say why there is none."
        ),
        RequestReason.NO_INFORMATION: _(
            "The answer says that nothing is known. Can you find it out?"
        ),
        RequestReason.INCONSISTENT: _("This answer does not fit another one. Please check it."),
        RequestReason.UNCLEAR: _("This answer is not clear to us. Please write it more precisely."),
        RequestReason.EVIDENCE: _("Please add a document that shows this."),
        RequestReason.MIGRATION: _("The question has changed. Please look at your answer again."),
    }[reason]


@transaction.atomic
def ask_back(
    *, response: Response, asked: Sequence[Asked], due_on: date | None, by: Viewer, now: datetime
) -> list[AnswerRequest]:
    """Ask about answers of a cleared response: each opens its answer and nothing else."""
    found = locked_response(response.pk)
    require(access.may_review, by, found)
    if found.wave.survey.is_anonymous:
        raise Refused(_("Nobody has a name here: there is no one to ask back."))
    if not asked:
        raise Refused(_("Choose at least one answer to ask about."))
    _check_day(due_on, now)
    rows = [_request(found, one, due_on, by, now) for one in asked]
    _open(found)
    note_audit("ask_back", found, by=by, now=now, after={"requests": [row.pk for row in rows]})
    send_all(emails.requests_asked(found, len(rows), max(row.pk for row in rows)))
    return rows


def _check_day(due_on: date | None, now: datetime) -> None:
    if due_on is not None and due_on < now.date():
        raise Refused(_("The day is in the past. Give today or a later day."), "due_on")


def _check_length(question: str) -> None:
    if len(question) > LONGEST_QUESTION:
        raise Refused(
            _("The question is longer than %(n)d letters.") % {"n": LONGEST_QUESTION}, "question"
        )


def _open(response: Response) -> None:
    """Let the answers that are asked about change."""
    if response.state != ResponseState.CORRECTING:
        take_step(response, ResponseState.CORRECTING, revision=response.revision + 1)


def _request(
    response: Response, asked: Asked, due_on: date | None, by: Viewer, now: datetime
) -> AnswerRequest:
    form = compiled(response.version)
    if asked.ref.path not in form.by_path:
        raise Refused(_("This question is not in the form any more. Load the page again."))
    _check_length(asked.question)
    live = AnswerRequest.objects.filter(
        response=response, path=asked.ref.path, entry=asked.ref.entry, state__in=LIVE
    ).first()
    fields: dict[str, Any] = {
        "question": _words(response, asked, by),
        "reason": asked.reason.value,
        "due_on": due_on,
        "asked_by_id": actor(by),
        "asked_at": now,
    }
    if live is not None and live.state == AnswerRequestState.DRAFTED:
        return take_step(live, AnswerRequestState.ASKED, **fields)
    if live is not None:
        raise Refused(_("One of these answers is asked about already."))
    return AnswerRequest.objects.create(
        response=response, path=asked.ref.path, entry=asked.ref.entry, made_at=now,
        state=AnswerRequestState.ASKED, sample=response.sample or by.is_sample, **fields,
    )  # fmt: skip


def _words(response: Response, asked: Asked, by: Viewer) -> TranslatedText:
    """Return the question: the officer's own words, or the usual ones in each language."""
    if asked.question.strip():
        return TranslatedText.of(asked.question.strip(), by.language)
    words = TranslatedText()
    for language in response.wave.survey.languages:
        with override(language):
            words = words.with_text(language, usual_question(asked.reason))
    return words


@transaction.atomic
def answer_request(
    *, request: AnswerRequest, reply: str, by: Viewer, now: datetime
) -> AnswerRequest:
    """Say that a question is answered: by the changed answer, in words, or both."""
    require(access.may_lead, by, locked_response(request.response_id))
    row = AnswerRequest.objects.select_for_update().get(pk=request.pk)
    is_changed = row in asked_of(row.response).changed
    if not is_changed and not reply.strip():
        raise Refused(
            _("Change the answer, or write in a sentence why it stays as it is."), "reply"
        )
    take_step(
        row, AnswerRequestState.ANSWERED, reply=reply.strip(), answered_by_id=actor(by),
        answered_at=now,
    )  # fmt: skip
    note_audit("answer_request", row, by=by, now=now)
    return row


def take_as_answered(*, response: Response, by: Viewer, now: datetime) -> None:
    """Take the questions whose answers were changed as answered, with the act that follows.

    Raises:
        StillAsked: the answer to another one is as it was.
    """
    asked = asked_of(response)
    if asked.waiting:
        raise StillAsked(
            ngettext(
                "%(n)d question of the secretariat still waits for an answer.",
                "%(n)d questions of the secretariat still wait for an answer.",
                len(asked.waiting),
            )
            % {"n": len(asked.waiting)}
        )
    for row in asked.changed:
        take_step(row, AnswerRequestState.ANSWERED, answered_by_id=actor(by), answered_at=now)
        note_audit("answer_request", row, by=by, now=now)


@transaction.atomic
def ask_again(
    *, request: AnswerRequest, question: str, due_on: date | None, by: Viewer, now: datetime
) -> AnswerRequest:
    """Ask anew what is answered and still not clear: its answer opens again, the words before stay."""
    found = locked_response(request.response_id)
    require(access.may_review, by, found)
    row = AnswerRequest.objects.select_for_update().get(pk=request.pk)
    if row.state != AnswerRequestState.ANSWERED:
        raise Refused(_("Only what is answered can be asked again. Reload the page to see it."))
    if not question.strip():
        raise Refused(_("Write what is still missing."), "question")
    _check_length(question)
    _check_day(due_on, now)
    RequestTurn.objects.create(
        request=row, question=row.question, asked_by_id=row.asked_by_id, asked_at=row.asked_at,
        reply=row.reply, answered_by_id=row.answered_by_id, answered_at=row.answered_at,
    )  # fmt: skip
    take_step(
        row, AnswerRequestState.ASKED, question=TranslatedText.of(question.strip(), by.language),
        due_on=due_on, asked_by_id=actor(by), asked_at=now, reply="", answered_by_id=None,
        answered_at=None,
    )  # fmt: skip
    _open(found)
    turns = row.turns.count()
    note_audit("ask_again", row, by=by, now=now, after={"turn": turns + 1})
    send_all(emails.requests_asked(found, 1, f"{row.pk}.{turns}"))
    return row


@transaction.atomic
def close_request(*, request: AnswerRequest, by: Viewer, now: datetime) -> AnswerRequest:
    """End a question that is answered well enough."""
    require(access.may_review, by, locked_response(request.response_id))
    take_step(request, AnswerRequestState.CLOSED)
    note_audit("close_request", request, by=by, now=now)
    return request


@transaction.atomic
def withdraw_request(*, request: AnswerRequest, by: Viewer, now: datetime) -> AnswerRequest:
    """Take a question back; where it was the last and nothing changed, the answers lock again."""
    found = locked_response(request.response_id)
    require(access.may_review, by, found)
    take_step(request, AnswerRequestState.WITHDRAWN)
    note_audit("withdraw_request", request, by=by, now=now)
    is_last = not found.requests.filter(state__in=UNENDED).exists()
    if found.state == ResponseState.CORRECTING and is_last and not _has_changed(found):
        wanted = _closed_state(found)
        take_step(found, wanted, revision=found.revision + 1)
        note_audit("lock_again", found, by=by, now=now, after={"state": wanted.value})
    return request


def _closed_state(response: Response) -> ResponseState:
    """Return where a response stands that is not corrected: asked about it was cleared before."""
    has_signature = response.wave.survey.has_signature
    return ResponseState.CLEARED if has_signature else ResponseState.HANDED_IN


def _has_changed(response: Response) -> bool:
    return response.answers.filter(pk__gt=response.signed_through).exists()


@transaction.atomic
def remark(
    *, response: Response, ref: Ref, text: str, audience: Audience, by: Viewer, now: datetime
) -> Remark:
    """Leave a word beside an answer."""
    found = locked_response(response.pk)
    require(access.may_remark, by, found)
    if not text.strip():
        raise Refused(_("The remark is empty. Write it and save again."), "text")
    if ref.path not in compiled(found.version).by_path:
        raise Refused(_("This question is not in the form any more. Load the page again."))
    if not access.may_read_remark(by, found, audience):
        raise Refused(
            _("You could not read this remark yourself. Choose other readers."), "audience"
        )
    row = Remark.objects.create(
        response=found, path=ref.path, entry=ref.entry, text=text.strip(),
        audience=audience.value, by_id=actor(by), at=now, sample=found.sample or by.is_sample,
    )  # fmt: skip
    note_audit(
        "remark", row, by=by, now=now, after={"on": label(found), "audience": audience.value}
    )
    return row
