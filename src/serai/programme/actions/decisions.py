"""Decisions with their numbers, and the action items that follow."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send
from serai.base.text import TranslatedText
from serai.members.states import Audience
from serai.programme import access, emails
from serai.programme.actions import found
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    as_text,
    first_step,
    note_audit,
    required,
    stamp,
    take_step,
)
from serai.programme.actions.finding import index_action
from serai.programme.actions.milestones import NO_EVIDENCE, Evidence
from serai.programme.actions.windows import NO_DUE, Due
from serai.programme.models import (
    ActionItem,
    ActionNote,
    AgendaItem,
    Decision,
    Initiative,
    Meeting,
)
from serai.programme.states import ActionState, DecisionState, MeetingState


@transaction.atomic
def record_decision(
    *,
    meeting: Meeting,
    text: str | TranslatedText,
    item: AgendaItem | None = None,
    addressees: Iterable[str] = (),
    to_secretariat: bool = False,
    due: Due = NO_DUE,
    supersedes: Decision | None = None,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Decision:
    """Record a decision with the meeting's next number; it is adopted with the minutes."""
    require(access.may_record_decision, by, meeting)
    required(text, _("The decision"))
    if meeting.state in {MeetingState.PLANNED, MeetingState.CANCELLED}:
        raise Refused(_("Call the meeting first: decisions belong to a meeting that takes place."))
    if meeting.state == MeetingState.MINUTES_AGREED:
        raise Refused(_("The minutes are agreed: no decision can be added."))
    if item is not None and item.meeting_id != meeting.pk:
        raise Refused(_("This agenda item belongs to another meeting."))
    _check_replaced(supersedes)
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    facts = stamp(
        by=by, now=now, told=Told(told.known_from, told.source_note, meeting.sample or told.sample)
    )
    decision = Decision.objects.create(
        meeting=meeting,
        item=item,
        number=f"{meeting.code}/D{meeting.decisions.count() + 1}",
        text=as_text(text, by.language),
        to_secretariat=to_secretariat,
        due_on=due.on,
        due_words=due.words,
        supersedes=supersedes,
        **facts,
    )
    decision.addressees.set(found.members(addressees))
    first_step("decision", decision, DecisionState.PROPOSED, facts)
    note_audit("record_decision", decision, by=by, now=now, after={"number": decision.number})
    return decision


def _check_replaced(old: Decision | None) -> None:
    """Let only a decision that stands, or is to be adopted, be replaced, and by one other."""
    if old is None:
        return
    if old.state == DecisionState.SUPERSEDED:
        raise Refused(
            _("%(number)s is superseded already. Choose the decision that replaced it.")
            % {"number": old.number},
            "supersedes",
        )
    standing = old.superseded_by.exclude(meeting__state=MeetingState.CANCELLED.value)
    if (other := standing.order_by("id").first()) is not None:
        raise Refused(
            _("%(other)s replaces %(number)s already. Choose another decision.")
            % {"other": other.number, "number": old.number},
            "supersedes",
        )


@transaction.atomic
def add_action(
    *,
    text: str | TranslatedText,
    decision: Decision | None = None,
    initiative: Initiative | None = None,
    owner_id: int | None = None,
    person_id: int | None = None,
    countries: Iterable[str] = (),
    due: Due = NO_DUE,
    audience: str = Audience.SECRETARIAT.value,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> ActionItem:
    """Ask somebody to do something by a day."""
    scope = initiative or (decision.meeting.initiative if decision else None)
    require(access.may_open_request, by, scope)
    required(text, _("The action"))
    codes = sorted(set(countries))
    if owner_id is None and person_id is None and not codes:
        raise Refused(_("Nobody is named. Choose a person, an organisation or a member."), "owner")
    is_sample = bool(told.sample or (decision and decision.sample))
    facts = stamp(by=by, now=now, told=Told(told.known_from, told.source_note, is_sample))
    action = ActionItem.objects.create(
        decision=decision,
        initiative=scope,
        text=as_text(text, by.language),
        owner_id=owner_id,
        person_id=person_id,
        due_on=due.on,
        due_words=due.words,
        audience=Audience(audience).value,
        **facts,
    )
    action.countries.set(found.members(codes))
    first_step("action", action, ActionState.OPEN, facts)
    index_action(action, now)
    note_audit("add_action", action, by=by, now=now)
    for message in emails.action_assigned(action, now):
        send(message)
    return action


@transaction.atomic
def finish_action(
    *,
    action: ActionItem,
    evidence: Evidence = NO_EVIDENCE,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> ActionItem:
    """Say that an action item is done; an officer verifies it."""
    require(access.may_work_on_action, by, action)
    take_step("action", action, ActionState.DONE, by=by, now=now, told=told)
    action.evidence_id, action.evidence_link = evidence.file_id, evidence.link
    action.save(update_fields=["evidence", "evidence_link"])
    note_audit("finish_action", action, by=by, now=now)
    return action


@transaction.atomic
def drop_action(
    *, action: ActionItem, reason: str, by: Viewer, now: datetime, told: Told = NOW
) -> ActionItem:
    """Say that an action item will not be done, and why."""
    require(access.may_work_on_action, by, action)
    required(reason, _("The reason"))
    take_step("action", action, ActionState.DROPPED, by=by, now=now, told=told, reason=reason)
    note_audit("drop_action", action, by=by, now=now)
    return action


@transaction.atomic
def verify_action(
    *, action: ActionItem, is_done: bool, by: Viewer, now: datetime, told: Told = NOW
) -> ActionItem:
    """Agree that an action item is done, or open it again."""
    require(access.may_verify_action, by, action)
    wanted = ActionState.VERIFIED if is_done else ActionState.OPEN
    take_step("action", action, wanted, by=by, now=now, told=told)
    note_audit("verify_action", action, by=by, now=now, after={"state": wanted.value})
    return action


@transaction.atomic
def note_action(
    *, action: ActionItem, text: str, by: Viewer, now: datetime, told: Told = NOW
) -> ActionNote:
    """Add a line to an action item."""
    require(access.may_work_on_action, by, action)
    required(text, _("The note"))
    note = ActionNote.objects.create(
        action=action, text=text.strip(),
        **stamp(by=by, now=now, told=Told(told.known_from, told.source_note, action.sample)),
    )  # fmt: skip
    note_audit("note_action", action, by=by, now=now)
    return note
