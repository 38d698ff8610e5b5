"""Meetings: planned, called, given papers, held, and their minutes agreed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import Message, send
from serai.base.text import TranslatedText
from serai.base.zones import known_zones
from serai.members.states import Audience
from serai.programme import access, emails
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
from serai.programme.actions.finding import index_decision, index_meeting, index_papers
from serai.programme.models import AgendaItem, Attendance, Initiative, Meeting, Paper
from serai.programme.states import (
    MEETING_PREFIX,
    AttendanceAnswer,
    AttendanceRole,
    DecisionState,
    ItemPurpose,
    MeetingKind,
    MeetingMode,
    MeetingState,
)


@dataclass(frozen=True)
class MeetingFacts:
    """What is said of a meeting when it is planned or changed; its readers change by an act of release."""

    title: str | TranslatedText
    kind: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    mode: str = MeetingMode.VIRTUAL.value
    place: str = ""
    join_link: str = ""


def _check(facts: MeetingFacts) -> None:
    required(facts.title, _("The title"))
    if facts.zone not in known_zones():
        raise Refused(
            _("“%(zone)s” is no time zone. Choose one from the list.") % {"zone": facts.zone},
            "zone",
        )
    if facts.ends_at <= facts.starts_at:
        raise Refused(_("The meeting ends before it begins. Give a later end."), "minutes")


def _columns(facts: MeetingFacts, language: str) -> dict[str, object]:
    return {
        "title": as_text(facts.title, language),
        "kind": MeetingKind(facts.kind).value,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "zone": facts.zone,
        "mode": MeetingMode(facts.mode).value,
        "place": facts.place.strip(),
        "join_link": facts.join_link.strip(),
    }


@transaction.atomic
def plan_meeting(
    *,
    initiative: Initiative | None,
    facts: MeetingFacts,
    audience: str = Audience.SECRETARIAT.value,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Meeting:
    """Plan a meeting; nobody is told until it is called.

    The secretariat and its participants know of it. Whoever sets the programme up may give a wider
    audience; everybody else widens it by an act of release.
    """
    _check(facts)
    if Audience(audience).is_wider_than(Audience.SECRETARIAT):
        require(access.may_set_up, by)
    stamped = stamp(by=by, now=now, told=told)
    meeting = Meeting(
        initiative=initiative,
        code=_code(facts),
        audience=Audience(audience).value,
        changed_at=now,
        **_columns(facts, by.language),
        **stamped,
    )
    require(access.may_call_meeting, by, meeting)
    meeting.save()
    first_step("meeting", meeting, MeetingState.PLANNED, stamped)
    index_meeting(meeting, now)
    note_audit("plan_meeting", meeting, by=by, now=now, after={"code": meeting.code})
    return meeting


def _code(facts: MeetingFacts) -> str:
    """Make the code decisions are numbered by: SOM-2021-06, then SOM-2021-06-2."""
    local = facts.starts_at.astimezone(ZoneInfo(facts.zone))
    stem = f"{MEETING_PREFIX[MeetingKind(facts.kind)]}-{local:%Y-%m}"
    taken = set(Meeting.objects.filter(code__startswith=stem).values_list("code", flat=True))
    number = 1
    while (code := stem if number == 1 else f"{stem}-{number}") in taken:
        number += 1
    return code


@transaction.atomic
def change_meeting(*, meeting: Meeting, facts: MeetingFacts, by: Viewer, now: datetime) -> Meeting:
    """Change time, place or title; those invited are told."""
    require(access.may_call_meeting, by, meeting)
    _check(facts)
    settled = {MeetingState.HELD, MeetingState.MINUTES_DRAFT, MeetingState.MINUTES_AGREED}
    if meeting.state in {*settled, MeetingState.CANCELLED}:
        raise Refused(_("This meeting is over or cancelled; its time and place stay as they are."))
    for name, value in _columns(facts, by.language).items():
        setattr(meeting, name, value)
    meeting.sequence += 1
    meeting.changed_at = now
    meeting.save()
    index_meeting(meeting, now)
    index_papers(meeting, now)
    note_audit("change_meeting", meeting, by=by, now=now, after={"sequence": meeting.sequence})
    if meeting.state != MeetingState.PLANNED:
        for message in emails.meeting_changed(meeting, now):
            send(message)
    return meeting


@transaction.atomic
def move_meeting(
    *, meeting: Meeting, state: str, by: Viewer, now: datetime, told: Told = NOW
) -> Meeting:
    """Take a meeting to its next state, and tell whom it concerns."""
    require(access.may_call_meeting, by, meeting)
    wanted = MeetingState(state)
    _ready(meeting, wanted, now)
    before = take_step("meeting", meeting, wanted, by=by, now=now, told=told)
    meeting.changed_at = now
    meeting.sequence += wanted is MeetingState.CANCELLED
    meeting.save(update_fields=["changed_at", "sequence"])
    if wanted is MeetingState.MINUTES_AGREED:
        _adopt(meeting, by, now, told)
        index_meeting(meeting, now)
    index_papers(meeting, now)
    note_audit(
        "move_meeting", meeting, by=by, now=now, before={"state": before},
        after={"state": wanted.value},
    )  # fmt: skip
    for message in _messages(meeting, wanted, now):
        send(message)
    return meeting


def _ready(meeting: Meeting, wanted: MeetingState, now: datetime) -> None:
    """Refuse a step whose ground is missing."""
    if wanted is MeetingState.PAPERS_OUT and not _papers(meeting):
        raise Refused(_("No paper is on the agenda. Add a paper, then send papers out."))
    if wanted is MeetingState.HELD and meeting.starts_at > now:
        raise Refused(_("The meeting has not begun yet. Mark it as held afterwards."))
    if wanted is MeetingState.MINUTES_AGREED and not str(meeting.minutes).strip():
        raise Refused(_("The minutes are empty. Write them before they are agreed."))


def _papers(meeting: Meeting) -> bool:
    return Paper.objects.filter(item__meeting=meeting).exists()


def _messages(meeting: Meeting, wanted: MeetingState, now: datetime) -> list[Message]:
    makers: Mapping[MeetingState, Callable[[Meeting, datetime], list[Message]]] = {
        MeetingState.CALLED: emails.meeting_called,
        MeetingState.PAPERS_OUT: emails.papers_out,
        MeetingState.MINUTES_DRAFT: emails.minutes_for_agreement,
        MeetingState.CANCELLED: emails.meeting_changed,
    }
    make = makers.get(wanted)
    return make(meeting, now) if make else []


def _adopt(meeting: Meeting, by: Viewer, now: datetime, told: Told) -> None:
    """Adopt what was decided, as the minutes are agreed; what is superseded steps back."""
    proposed = meeting.decisions.select_related("supersedes", "meeting__initiative").filter(
        state=DecisionState.PROPOSED.value
    )
    for decision in proposed.order_by("id"):
        take_step("decision", decision, DecisionState.ADOPTED, by=by, now=now, told=told)
        index_decision(decision, now)
        old = decision.supersedes
        if old is not None and old.state == DecisionState.ADOPTED:
            take_step(
                "decision", old, DecisionState.SUPERSEDED, by=by, now=now, told=told,
                citing=decision,
            )  # fmt: skip


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str | TranslatedText,
    purpose: str,
    minutes: str | TranslatedText = "",
    by: Viewer,
    now: datetime,
) -> AgendaItem:
    """Add an item to the agenda, with the next number."""
    require(access.may_call_meeting, by, meeting)
    required(title, _("The title"))
    Meeting.objects.select_for_update().get(pk=meeting.pk)
    latest = meeting.items.order_by("-number").first()
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=latest.number + 1 if latest else 1,
        title=as_text(title, by.language),
        purpose=ItemPurpose(purpose).value,
        minutes=as_text(minutes, by.language),
    )
    note_audit("add_item", item, by=by, now=now, after={"number": item.number})
    return item


@transaction.atomic
def invite(
    *,
    meeting: Meeting,
    person_id: int,
    organisation_id: int | None = None,
    role: str = AttendanceRole.DELEGATE.value,
    by: Viewer,
    now: datetime,
) -> Attendance:
    """Put a person on the list of participants; who is called late is told at once."""
    require(access.may_call_meeting, by, meeting)
    attendance, is_new = Attendance.objects.get_or_create(
        meeting=meeting,
        person_id=person_id,
        defaults={"organisation_id": organisation_id, "role": AttendanceRole(role).value},
    )
    if not is_new:
        raise Refused(_("This person is on the list already."), "person")
    note_audit("invite", attendance, by=by, now=now, after={"person": person_id})
    if meeting.state in {MeetingState.CALLED, MeetingState.PAPERS_OUT}:
        for message in emails.meeting_called(meeting, now, only=person_id):
            send(message)
    return attendance


@transaction.atomic
def answer_invitation(*, meeting: Meeting, answer: str, by: Viewer, now: datetime) -> Attendance:
    """Say whether one comes."""
    require(access.may_answer_invitation, by, meeting)
    if meeting.state not in {MeetingState.CALLED, MeetingState.PAPERS_OUT}:
        raise Refused(_("This meeting takes no answers now."))
    wanted = AttendanceAnswer(answer)
    if wanted is AttendanceAnswer.WAITING:
        raise Refused(_("Choose whether you come."))
    attendance = Attendance.objects.get(meeting=meeting, person_id=by.person_id or 0)
    attendance.answer = wanted.value
    attendance.save(update_fields=["answer"])
    note_audit("answer_invitation", attendance, by=by, now=now, after={"answer": wanted.value})
    return attendance


@transaction.atomic
def mark_attended(
    *, meeting: Meeting, present: Mapping[int, bool], by: Viewer, now: datetime
) -> int:
    """Record who was there, by person; return how many were."""
    require(access.may_call_meeting, by, meeting)
    rows = list(meeting.attendances.filter(person_id__in=present))
    for row in rows:
        row.attended = present[row.person_id]
    Attendance.objects.bulk_update(rows, ["attended"])
    count = sum(1 for row in rows if row.attended)
    note_audit("mark_attended", meeting, by=by, now=now, after={"present": count})
    return count


@transaction.atomic
def write_minutes(
    *,
    meeting: Meeting,
    text: str,
    by_item: Mapping[str, str] | None = None,
    by: Viewer,
    now: datetime,
) -> Meeting:
    """Write the minutes in the writer's language, of the whole and of items by public number.

    Agreed minutes stay as they are.
    """
    require(access.may_call_meeting, by, meeting)
    if meeting.state not in {MeetingState.HELD, MeetingState.MINUTES_DRAFT}:
        raise Refused(_("Minutes are written after the meeting is held and until they are agreed."))
    meeting.minutes = _rewritten(meeting.minutes, text, by.language)
    meeting.changed_at = now
    meeting.save(update_fields=["minutes", "changed_at"])
    items = list(meeting.items.filter(public_id__in=by_item or {}).order_by("number", "id"))
    for item in items:
        item.minutes = _rewritten(item.minutes, (by_item or {})[item.public_id], by.language)
    AgendaItem.objects.bulk_update(items, ["minutes"])
    note_audit("write_minutes", meeting, by=by, now=now, after={"items": len(items)})
    return meeting


def _rewritten(known: TranslatedText, text: str, language: str) -> TranslatedText:
    """Put a text in place of the one in the same language; an empty one takes it out."""
    others = tuple(row for row in known.texts if row[0] != language)
    return TranslatedText((*others, (language, text, "source")) if text.strip() else others)
