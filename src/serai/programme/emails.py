"""Who gets which letter of the programme, and what stands in it: links, never values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from serai.base.calendars import CONTENT_TYPE, Attendee, TimedEvent, write_invitation
from serai.base.mail import Attachment, Message
from serai.members.states import Topic
from serai.programme.queries import letters
from serai.programme.queries.letters import Recipient

if TYPE_CHECKING:
    from serai.programme.models import (
        ActionItem,
        ManualFlag,
        Meeting,
        Plan,
        PlanVerdict,
        Request,
    )


# A reader may turn off every letter of this room: what it asks of them stands on their first page.
TOPICS = {
    "request_opened": Topic.REQUESTS,
    "request_reminder": Topic.REQUESTS,
    "meeting_called": Topic.MEETINGS,
    "meeting_changed": Topic.MEETINGS,
    "papers_out": Topic.MEETINGS,
    "minutes_for_agreement": Topic.MEETINGS,
    "action_assigned": Topic.WORK,
    "plan_proposed": Topic.WORK,
    "plan_decided": Topic.WORK,
    "flag_ended": Topic.WORK,
}


@dataclass(frozen=True)
class Letter:
    """What one letter is about.

    Attributes:
        kind: the name of its templates; `TOPICS` says what turns it off.
        thing: label of what it is about, such as `programme.meeting:12`.
        page: name and arguments of the page it leads to.
        mark: what makes its key unique besides the thing: a day, a state.
    """

    kind: str
    thing: str
    page: tuple[str, tuple[str, ...]]
    facts: Mapping[str, object]
    mark: str = ""
    sample: bool = False


def _message(to: Recipient, letter: Letter, attachments: tuple[Attachment, ...] = ()) -> Message:
    return Message(
        key=f"programme.{letter.kind}:{letter.thing}:{to.person_id}:{letter.mark}",
        template=f"programme/email/{letter.kind}",
        facts=letter.facts,
        person_id=to.person_id,
        thing=letter.thing,
        link=_path(letter.page),
        attachments=attachments,
        sample=letter.sample,
    )


def _path(page: tuple[str, tuple[str, ...]]) -> str:
    """Return a page's address from the language on."""
    with override("en"):
        return reverse(page[0], args=page[1]).removeprefix("/en")


def _to_each(recipients: Iterable[Recipient], letter: Letter) -> list[Message]:
    return [_message(one, letter) for one in recipients]


# ---------------------------------------------------------------- meetings
def _about_meeting(kind: str, meeting: "Meeting") -> Letter:
    return Letter(
        kind=kind,
        thing=f"programme.meeting:{meeting.pk}",
        page=("programme:meeting", (meeting.public_id,)),
        facts={"meeting": meeting},
        mark=f"{meeting.state}.{meeting.sequence}",
        sample=meeting.sample,
    )


def _calendar_file(meeting: "Meeting", to: Recipient) -> Attachment:
    """Return the calendar file of a meeting for one reader, or of its cancellation."""
    path = _path(("programme:meeting", (meeting.public_id,)))
    event = TimedEvent(
        uid=f"meeting-{meeting.public_id}@serai",
        summary=meeting.title.pick(to.language)[0],
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        zone=meeting.zone,
        sequence=meeting.sequence,
        changed_at=meeting.changed_at,
        place=meeting.place,
        join_link=meeting.join_link,
        url=f"{settings.SITE_ADDRESS}/{to.language}{path}",
        is_cancelled=meeting.state == "cancelled",
    )
    name, _, address = settings.MAIL_FROM.rstrip(">").rpartition("<")
    content = write_invitation(
        event,
        organiser=Attendee(name.strip() or "Serai", address),
        attendees=[Attendee(to.name, to.email)],
    )
    method = "CANCEL" if event.is_cancelled else "REQUEST"
    return Attachment("meeting.ics", f"{CONTENT_TYPE}; method={method}", content)


def meeting_called(meeting: "Meeting", now: datetime, *, only: int | None = None) -> list[Message]:
    """Invite the participants, with a calendar file."""
    del now
    letter = _about_meeting("meeting_called", meeting)
    people = letters.participants(meeting, only=only)
    return [_message(one, letter, (_calendar_file(meeting, one),)) for one in people]


def meeting_changed(meeting: "Meeting", now: datetime) -> list[Message]:
    """Tell the participants of a new time or place, or that the meeting is cancelled."""
    del now
    letter = _about_meeting("meeting_changed", meeting)
    people = letters.participants(meeting)
    return [_message(one, letter, (_calendar_file(meeting, one),)) for one in people]


def papers_out(meeting: "Meeting", now: datetime) -> list[Message]:
    """Tell the participants that papers can be read."""
    del now
    return _to_each(letters.participants(meeting), _about_meeting("papers_out", meeting))


def minutes_for_agreement(meeting: "Meeting", now: datetime) -> list[Message]:
    """Ask the participants to agree to the minutes."""
    del now
    return _to_each(letters.participants(meeting), _about_meeting("minutes_for_agreement", meeting))


# ---------------------------------------------------------------- actions
def action_assigned(action: "ActionItem", now: datetime) -> list[Message]:
    """Tell the owners what they are asked to do."""
    letter = Letter(
        kind="action_assigned",
        thing=f"programme.actionitem:{action.pk}",
        page=("programme:action", (action.public_id,)),
        facts={"action": action},
        sample=action.sample,
    )
    return _to_each(letters.action_owners(action, now), letter)


# ---------------------------------------------------------------- requests
def _about_request(kind: str, request: "Request", now: datetime, *, waiting: bool) -> list[Message]:
    found = []
    for addressee, people in letters.addressees(request, now, waiting=waiting):
        letter = Letter(
            kind=kind,
            thing=f"programme.requestaddressee:{addressee.pk}",
            page=("programme:answer", (addressee.public_id,)),
            facts={"request": request, "addressee": addressee},
            mark=str(now.date()) if waiting else "",
            sample=request.sample,
        )
        found += _to_each(people, letter)
    return found


def request_opened(request: "Request", now: datetime) -> list[Message]:
    """Tell those who answer for each addressee."""
    return _about_request("request_opened", request, now, waiting=False)


def request_reminder(request: "Request", now: datetime) -> list[Message]:
    """Remind those who have not answered, at most once a day."""
    return _about_request("request_reminder", request, now, waiting=True)


# ---------------------------------------------------------------- plans
def _about_plan(kind: str, plan: "Plan", **facts: object) -> Letter:
    return Letter(
        kind=kind,
        thing=f"programme.plan:{plan.pk}",
        page=("programme:milestone", (plan.milestone.public_id,)),
        facts={"plan": plan, "milestone": plan.milestone, **facts},
        sample=plan.sample,
    )


def plan_proposed(plan: "Plan", holding: "Plan | None", now: datetime) -> list[Message]:
    """Ask those who may approve it for a decision."""
    people = letters.approvers(plan, now)
    return _to_each(people, _about_plan("plan_proposed", plan, holding=holding))


def plan_decided(plan: "Plan", verdict: "PlanVerdict", now: datetime) -> list[Message]:
    """Tell whoever proposed."""
    people = letters.proposer(plan, now)
    return _to_each(people, _about_plan("plan_decided", plan, verdict=verdict))


# ---------------------------------------------------------------- warnings
def flag_ended(flag: "ManualFlag", today: date, now: datetime) -> list[Message]:
    """Tell a keeper that a warning has ended."""
    letter = Letter(
        kind="flag_ended",
        thing=f"programme.manualflag:{flag.pk}",
        page=("programme:milestone", (flag.milestone.public_id,)),
        facts={"flag": flag, "milestone": flag.milestone},
        mark=str(today),
        sample=flag.sample,
    )
    return _to_each(letters.keeper_who_reads(flag.milestone, now), letter)
