"""The help desk: requests as their readers see them, what each may do next, answers for all."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members.access import is_officer, keys_after
from serai.readiness import access
from serai.readiness.models import (
    Advisory,
    Delegation,
    Duty,
    EventPlan,
    HelpMessage,
    HelpRequest,
    MeetingRoom,
    Office,
)
from serai.readiness.queries.assessments import staff_filter
from serai.readiness.states import ALLOWED, DutyKind, HelpState

OPEN_STATES = tuple(one for one in HelpState if one is not HelpState.CLOSED)
DESK = frozenset({HelpState.IN_WORK, HelpState.WAITING, HelpState.SOLVED})
AGENCY = frozenset({HelpState.CLOSED, HelpState.REOPENED})
CLOSE_AFTER = timedelta(days=5)
SHORTEST_NAME = 3


@dataclass(frozen=True)
class HelpRow:
    """One request in the list.

    Attributes:
        days: since it came to its state.
    """

    public_id: str
    subject: str
    office: str
    country: TranslatedText
    kind: str
    priority: str
    state: HelpState
    technician: str
    asked_at: datetime
    days: float
    sample: bool


@dataclass(frozen=True)
class MessageRow:
    """One message, or a move to a state."""

    text: str
    state: str
    at: datetime
    by: str
    is_desk: bool


@dataclass(frozen=True)
class HelpPage:
    """One request as its reader sees it.

    Attributes:
        moves: states the viewer may bring it to.
        may_take: the viewer may take it, or give it to a technician.
        rooms, events: of the office, for the desk: what it needs to help.
    """

    messages: tuple[MessageRow, ...]
    moves: tuple[HelpState, ...]
    may_take: bool
    may_say: bool
    is_desk: bool
    rooms: tuple[str, ...]
    events: tuple[tuple[str, datetime], ...]


# ---------------------------------------------------------------- requests
def _whole() -> QuerySet[HelpRequest]:
    return HelpRequest.objects.select_related(
        "office__organisation__member", "office__initiative", "plan__meeting", "technician",
        "asked_by",
    )  # fmt: skip


def _seen(viewer: Viewer) -> Q:
    """Return the filter of `access.may_see_help`."""
    own = [int(one) for one in keys_after(viewer, "organisation")]
    allowed = Q(office__organisation_id__in=own)
    allowed |= staff_filter(viewer, "office__initiative__code")
    if access.is_technician(viewer):
        allowed |= Q(office__in=access.offices_at_desk())
    return allowed


def help_requests(
    viewer: Viewer, now: datetime, *, words: str = "", state: str = "", kind: str = ""
) -> list[HelpRow]:
    """Return the requests a viewer may see, the most urgent and oldest first; one query.

    Args:
        viewer: who reads.
        now: to tell how long each has stood.
        words: all must stand in subject, office or messages, in any case.
        state: one state, or `open` for all that are not closed.
        kind: one kind alone.
    """
    found = _whole().filter(_seen(viewer))
    if state == "open":
        found = found.exclude(state=HelpState.CLOSED)
    elif state:
        found = found.filter(state=state)
    if kind:
        found = found.filter(kind=kind)
    rows = list(found.order_by("moved_at", "id"))
    if words.strip():
        rows = _with_words(rows, words)
    urgent = ["now", "high", "normal", "low"]
    rows.sort(key=lambda one: (one.state == HelpState.CLOSED, urgent.index(one.priority)))
    return [_row(one, now) for one in rows]


def _with_words(rows: list[HelpRequest], words: str) -> list[HelpRequest]:
    """Keep the requests that hold every word; databases differ in how they fold letters."""
    wanted = words.casefold().split()
    texts: dict[int, list[str]] = {one.pk: [one.subject, one.office.name] for one in rows}
    said = HelpMessage.objects.filter(request__in=list(texts)).values_list("request_id", "text")
    for number, text in said.order_by("id"):
        texts[number].append(text)
    folded = {number: " ".join(held).casefold() for number, held in texts.items()}
    return [one for one in rows if all(word in folded[one.pk] for word in wanted)]


def _row(one: HelpRequest, now: datetime) -> HelpRow:
    member = one.office.organisation.member
    return HelpRow(
        one.public_id, one.subject, one.office.name,
        member.shown_name if member else TranslatedText(), one.kind, one.priority,
        HelpState(one.state), one.technician.full_name if one.technician else "", one.asked_at,
        (now - one.moved_at) / timedelta(days=1), one.sample,
    )  # fmt: skip


def help_request(viewer: Viewer, public_id: str) -> HelpRequest:
    """Return one request.

    Raises:
        NotFound: there is none, or it is not for the viewer.
    """
    found = _whole().filter(public_id=public_id).first()
    if found is None or not access.may_see_help(viewer, found):
        raise NotFound(public_id)
    return found


def help_page(viewer: Viewer, found: HelpRequest) -> HelpPage:
    """Return a request with what was said and what the viewer may do; at most nine queries."""
    is_desk = access.may_help(viewer, found)
    settles = access.may_settle(viewer, found)
    current = HelpState(found.state)
    allowed = (DESK if is_desk else frozenset()) | (AGENCY if settles else frozenset())
    own = found.asked_by_id
    return HelpPage(
        messages=tuple(
            MessageRow(
                one.text, one.state, one.at, one.by.full_name if one.by else "",
                one.by_id is not None and one.by_id != own,
            )
            for one in found.messages.select_related("by").order_by("id")
        ),
        moves=tuple(
            one for one in HelpState if one in ALLOWED[HelpState][current] and one in allowed
        ),
        may_take=is_desk and HelpState.ASSIGNED in ALLOWED[HelpState][current],
        may_say=access.may_say(viewer, found) and current is not HelpState.CLOSED,
        is_desk=is_desk,
        rooms=_rooms(found.office) if is_desk else (),
        events=_events(found.office) if is_desk else (),
    )  # fmt: skip


def _rooms(office: Office) -> tuple[str, ...]:
    rooms = MeetingRoom.objects.filter(office=office, is_closed=False).order_by("name", "id")
    return tuple(rooms.values_list("name", flat=True))


def _events(office: Office) -> tuple[tuple[str, datetime], ...]:
    found = Delegation.objects.filter(office=office).exclude(state__in=access.ENDED)
    rows = found.select_related("plan__meeting").order_by("plan__starts_at", "id")
    language = get_language() or "en"
    return tuple((one.plan.meeting.title.pick(language)[0], one.plan.starts_at) for one in rows)


# ---------------------------------------------------------------- choices
def offices_to_help(viewer: Viewer) -> list[Office]:
    """Return the offices for which a viewer may ask; one query."""
    own = [int(one) for one in keys_after(viewer, "organisation")]
    found = Office.objects.filter(organisation_id__in=own, is_closed=False)
    rows = found.select_related("organisation__member", "initiative").order_by("name", "id")
    return [one for one in rows if access.may_ask_help(viewer, one)]


def events_to_help(offices: Iterable[Office]) -> list[EventPlan]:
    """Return the events ahead in which one of these offices takes part; one query."""
    ahead = Delegation.objects.filter(office__in=list(offices)).exclude(state__in=access.ENDED)
    found = EventPlan.objects.filter(pk__in=ahead.values("plan_id")).select_related("meeting")
    return list(found.order_by("starts_at", "id"))


def technicians() -> list[tuple[int, str]]:
    """Return who works at the desk, as number and name; one query."""
    found = Duty.objects.filter(kind=DutyKind.TECHNICIAN, ended_at=None).select_related("person")
    rows = found.order_by("person__full_name", "id")
    return list({one.person_id: one.person.full_name for one in rows}.items())


def to_close(now: datetime) -> list[HelpRequest]:
    """Return requests that were solved five days ago and not opened again; one query."""
    found = _whole().filter(state=HelpState.SOLVED, moved_at__lte=now - CLOSE_AFTER)
    return list(found.order_by("id"))


# ---------------------------------------------------------------- answers for all
def advisories(viewer: Viewer, words: str = "") -> list[Advisory]:
    """Return the answers a viewer reads, in their order; one query."""
    found = Advisory.objects.order_by("order", "id")
    if not is_officer(viewer):
        found = found.filter(is_shown=True)
    wanted = words.casefold().split()
    return [one for one in found if all(word in _folded(one) for word in wanted)]


def _folded(one: Advisory) -> str:
    texts = [*one.question.texts, *one.answer.texts]
    return " ".join(said for _language, said, _state in texts).casefold()


def advisory(viewer: Viewer, public_id: str) -> Advisory:
    """Return one answer for all.

    Raises:
        NotFound: there is none, or it is not shown yet.
    """
    found = Advisory.objects.filter(public_id=public_id).first()
    if found is None or not access.may_read_advisory(viewer, found):
        raise NotFound(public_id)
    return found


def names_left(text: str, found: HelpRequest) -> list[str]:
    """Return the names of a request's office and people that stand in a text; three queries."""
    place = found.office.organisation
    people = {one.by.full_name for one in found.messages.select_related("by") if one.by}
    if found.technician:
        people.add(found.technician.full_name)
    if found.asked_by:
        people.add(found.asked_by.full_name)
    told = [said for _language, said, _state in place.names.texts]
    whole = {found.office.name, found.office.city, *told, *_rooms(found.office), *people}
    folded = text.casefold()
    left = {one for one in whole if len(one) >= SHORTEST_NAME and one.casefold() in folded}
    # A part of a name is looked for as it is written: many are common words in small letters.
    parts = {part for one in people for part in one.split() if len(part) >= SHORTEST_NAME}
    left |= {one for one in parts if re.search(rf"\b{re.escape(one)}\b", text)}
    return sorted(left)
