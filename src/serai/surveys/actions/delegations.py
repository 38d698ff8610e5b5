"""Parts of a response given to others, and their texts taken or declined."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.calc.xforms import Ref
from serai.surveys import access, emails
from serai.surveys.actions.acts import Refused, actor, note_audit, take_step
from serai.surveys.actions.answers import Change, Kept, Outcome, write_answers
from serai.surveys.models import Delegation, Response, Suggestion
from serai.surveys.queries.board import section_titles
from serai.surveys.queries.forms import compiled, parts_of
from serai.surveys.queries.responses import colleagues, fresh_response, locked_response
from serai.surveys.states import (
    UNLOCKED,
    DelegationScope,
    DelegationState,
    ResponseState,
    SuggestionState,
)

LONGEST_NOTE = 2_000


@dataclass(frozen=True)
class Given:
    """What is given to whom.

    Attributes:
        section: the slug of a section.
        entry: key of one of its entries; "" for all of it.
        sees_rest: whether the rest is read-only rather than hidden.
    """

    section: str
    person_id: int
    scope: DelegationScope
    entry: str = ""
    sees_rest: bool = False
    due_on: date | None = None
    note: str = ""


@transaction.atomic
def delegate(*, response: Response, given: Given, by: Viewer, now: datetime) -> Delegation:
    """Give a section, or one entry of it, to somebody of the same body."""
    return delegate_parts(response=response, given=[given], by=by, now=now)[0]


@transaction.atomic
def delegate_parts(
    *, response: Response, given: Sequence[Given], by: Viewer, now: datetime
) -> list[Delegation]:
    """Give several parts at once, all or none; each person gets one letter."""
    found = locked_response(response.pk)
    require(access.may_lead, by, found)
    if found.state not in {ResponseState.FILLING, ResponseState.CORRECTING}:
        raise Refused(_("The answers are locked: nothing can be given away now."))
    rows = [_give(found, one, by, now) for one in given]
    counts = Counter(row.person_id for row in rows)
    first = {row.person_id: row for row in reversed(rows)}
    for person, row in first.items():
        send_all(emails.delegation("offered", row, "offered", count=counts[person]))
    return rows


def _give(found: Response, given: Given, by: Viewer, now: datetime) -> Delegation:
    _check_given(found, given, by, now)
    known = found.delegations.filter(
        section=given.section, entry=given.entry, person_id=given.person_id,
        state__in=access.HELD_OPEN,
    ).first()  # fmt: skip
    if known is not None:
        raise Refused(
            _("This person has “%(part)s” already. Leave it out, or take it back first.")
            % {"part": _title_of(found, given.section)},
            "part",
        )
    row = Delegation.objects.create(
        response=found, section=given.section, entry=given.entry, person_id=given.person_id,
        scope=given.scope.value, sees_rest=given.sees_rest, due_on=given.due_on,
        note=given.note.strip(), given_by_id=actor(by), given_at=now,
        sample=found.sample or by.is_sample,
    )  # fmt: skip
    note_audit(
        "delegate", row, by=by, now=now,
        after={"section": given.section, "scope": given.scope.value, "person": given.person_id},
    )  # fmt: skip
    return row


def _title_of(found: Response, section: str) -> str:
    form = compiled(found.version)
    titles = section_titles(form, get_language() or "en")
    slugs = (part.slug for part in parts_of(form))
    return dict(zip(slugs, titles, strict=True))[section]


def _check_given(response: Response, given: Given, by: Viewer, now: datetime) -> None:
    parts = {part.slug: part for part in parts_of(compiled(response.version))}
    part = parts.get(given.section)
    if part is None:
        raise Refused(_("There is no such section. Load the page again."), "part")
    if (
        given.entry
        and not response.entries.filter(
            key=given.entry, repeat_path=part.repeat_path, is_removed=False
        ).exists()
    ):
        raise Refused(_("This entry is not there any more. Load the page again."), "part")
    if given.person_id == by.person_id:
        raise Refused(_("That is you. Choose somebody else."), "person")
    if given.person_id not in {one.pk for one in colleagues(response, now)}:
        raise Refused(
            _("This person has no role in your organisation. Invite them under Members first."),
            "person",
        )
    if len(given.note) > LONGEST_NOTE:
        raise Refused(_("The note is longer than %(n)d letters.") % {"n": LONGEST_NOTE}, "note")


@transaction.atomic
def answer_offer(
    *, delegation: Delegation, takes: bool, reply: str = "", by: Viewer, now: datetime
) -> Delegation:
    """Accept a part, or decline it with a reason."""
    require(access.may_answer_offer, by, delegation)
    if not takes and not reply.strip():
        raise Refused(_("Say why, in a sentence: your lead reads it."), "reply")
    wanted = DelegationState.ACCEPTED if takes else DelegationState.DECLINED
    take_step(delegation, wanted, reply=reply.strip(), closed_at=None if takes else now)
    note_audit("answer_offer", delegation, by=by, now=now, after={"state": wanted.value})
    send_all(emails.delegation("answered", delegation, wanted.value))
    return delegation


@transaction.atomic
def give_back(*, delegation: Delegation, reply: str = "", by: Viewer, now: datetime) -> Delegation:
    """Say that a part is done; until the lead closes it, it can be taken up again."""
    require(access.may_answer_offer, by, delegation)
    take_step(delegation, DelegationState.RETURNED, reply=reply.strip())
    note_audit("give_back", delegation, by=by, now=now)
    send_all(emails.delegation("returned", delegation, now.isoformat()))
    return delegation


@transaction.atomic
def end_delegation(*, delegation: Delegation, by: Viewer, now: datetime) -> Delegation:
    """Close a part that was given back, or take it back before; what was answered stays."""
    require(access.may_lead, by, delegation.response)
    is_returned = delegation.state == DelegationState.RETURNED
    wanted = DelegationState.CLOSED if is_returned else DelegationState.REVOKED
    take_step(delegation, wanted, closed_at=now)
    note_audit("end_delegation", delegation, by=by, now=now, after={"state": wanted.value})
    if wanted is DelegationState.REVOKED:
        send_all(emails.delegation("revoked", delegation, "revoked"))
    return delegation


@transaction.atomic
def expire_delegations(*, today: date, now: datetime) -> int:
    """End parts whose day is over, or whose holder left the body; what was answered stays."""
    held = Delegation.objects.filter(state__in=access.HELD_OPEN).order_by("id")
    count = 0
    for row in held.select_related("response__invitation"):
        is_returned = row.state == DelegationState.RETURNED
        is_over = row.due_on is not None and row.due_on < today and not is_returned
        if not is_over and row.person_id in {one.pk for one in colleagues(row.response, now)}:
            continue
        wanted = DelegationState.CLOSED if is_returned else DelegationState.EXPIRED
        take_step(row, wanted, closed_at=now)
        if wanted is DelegationState.EXPIRED:
            send_all(emails.delegation("expired", row, "expired"))
        note_audit("expire_delegation", row, by=None, now=now, after={"is_over": is_over})
        count += 1
    return count


# ---------------------------------------------------------------- suggestions
@transaction.atomic
def take_suggestion(
    *, suggestion: Suggestion, value: str | None = None, base: int, by: Viewer, now: datetime
) -> Outcome:
    """Make a suggestion the answer, as it is or edited.

    Args:
        suggestion: what was proposed.
        value: the edited text; None takes it as it is.
        base: number of the answer the lead saw beside it.
        by: its lead.
        now: the moment.
    """
    found = locked_response(suggestion.response_id)
    require(access.may_lead, by, found)
    fresh = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
    text = fresh.value if value is None else value
    change = Change(f"suggestion:{fresh.pk}", Ref(fresh.path, fresh.entry), base, text)
    outcome = write_answers(response=found, changes=[change], by=by, now=now).outcomes[0]
    if outcome.kept not in {Kept.SAVED, Kept.SAME}:
        return outcome
    is_edited = text != fresh.value
    take_step(
        fresh, SuggestionState.TAKEN_EDITED if is_edited else SuggestionState.TAKEN,
        closed_by_id=actor(by), closed_at=now,
        taken_as_id=outcome.stands.answer_id if outcome.stands else None,
    )  # fmt: skip
    note_audit("take_suggestion", fresh, by=by, now=now)
    return outcome


@transaction.atomic
def decline_suggestion(*, suggestion: Suggestion, by: Viewer, now: datetime) -> Suggestion:
    """Leave the answer as it is."""
    require(access.may_lead, by, locked_response(suggestion.response_id))
    take_step(suggestion, SuggestionState.DECLINED, closed_by_id=actor(by), closed_at=now)
    note_audit("decline_suggestion", suggestion, by=by, now=now)
    return suggestion


@transaction.atomic
def tell_suggestions(*, today: date) -> int:
    """Tell each lead, once a day, how many texts wait beside the answers; return how many letters."""
    waiting = (
        Suggestion.objects.filter(
            state=SuggestionState.OPEN, response__state__in=[s.value for s in UNLOCKED]
        )
        .order_by()
        .values("response_id")
        .annotate(n=Count("id"))
    )
    letters = [
        letter
        for row in waiting
        for letter in emails.suggestions(fresh_response(row["response_id"]), row["n"], today)
    ]
    send_all(letters)
    return len(letters)
