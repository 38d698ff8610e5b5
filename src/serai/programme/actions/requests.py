"""Requests to members and organisations, and their answers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

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
    today,
)
from serai.programme.actions.finding import index_request
from serai.programme.models import Initiative, Request, RequestAddressee
from serai.programme.states import AddresseeState, RequestState


@dataclass(frozen=True)
class About:
    """The thing of another room that a request is about."""

    room: str = ""
    kind: str = ""
    number: str = ""


@transaction.atomic
def open_request(
    *,
    initiative: Initiative | None,
    text: str | TranslatedText,
    countries: Iterable[str] = (),
    organisations: Iterable[int] = (),
    about: About | None = None,
    due_on: date | None = None,
    due_words: TranslatedText | None = None,
    audience: str = Audience.MEMBERS.value,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Request:
    """Ask members (by ISO code) and organisations (by number) for something."""
    require(access.may_open_request, by, initiative)
    required(text, _("The request"))
    codes, numbers = sorted(set(countries)), sorted(set(organisations))
    if not codes and not numbers:
        raise Refused(
            _("Nobody is addressed. Choose at least one member or organisation."), "countries"
        )
    about = about or About()
    facts = stamp(by=by, now=now, told=told)
    request = Request.objects.create(
        initiative=initiative,
        text=as_text(text, by.language),
        about_room=about.room,
        about_kind=about.kind,
        about_number=about.number,
        due_on=due_on,
        due_words=due_words or TranslatedText(),
        audience=Audience(audience).value,
        **facts,
    )
    first_step("request", request, RequestState.OPEN, facts)
    asked_on = told.known_from or today(now)
    _address(request, found.members_on(codes, asked_on), numbers, facts)
    index_request(request, now)
    note_audit("open_request", request, by=by, now=now, after={"addressees": len(codes)})
    for message in emails.request_opened(request, now):
        send(message)
    return request


def _address(
    request: Request, countries: list[Any], numbers: list[int], facts: dict[str, object]
) -> None:
    """Write one addressee per member and organisation."""
    asked: list[dict[str, object]] = [{"country": one} for one in countries]
    asked += [{"organisation_id": number} for number in numbers]
    for whom in asked:
        addressee = RequestAddressee.objects.create(request=request, **whom, **facts)
        first_step("addressee", addressee, AddresseeState.OPEN, facts)


@transaction.atomic
def ask_also(
    *, about: About, countries: Iterable[str], by: Viewer, now: datetime, told: Told = NOW
) -> int:
    """Ask more members what another room's thing asks already; return how many are new to it.

    None where that thing has no open request.
    """
    request = Request.objects.filter(
        about_room=about.room, about_kind=about.kind, about_number=about.number,
        state=RequestState.OPEN.value,
    ).first()  # fmt: skip
    if request is None:
        return 0
    require(access.may_open_request, by, request.initiative)
    known = set(
        request.addressees.filter(country__isnull=False).values_list("country__iso3", flat=True)
    )
    codes = sorted(set(countries) - known)
    facts = stamp(by=by, now=now, told=told)
    _address(request, found.members_on(codes, told.known_from or today(now)), [], facts)
    if codes:
        index_request(request, now)
        note_audit("ask_also", request, by=by, now=now, after={"countries": codes})
        for message in emails.request_opened(request, now):
            send(message)
    return len(codes)


@transaction.atomic
def see_request(
    *, addressee: RequestAddressee, note: str = "", by: Viewer, now: datetime
) -> RequestAddressee:
    """Note that an addressee has seen a request, and what they say of it; the same again is once."""
    require(access.may_answer_request, by, addressee)
    note = note.strip()
    if addressee.state == AddresseeState.SEEN and addressee.note == note:
        return addressee
    _check_open(addressee)
    take_step("addressee", addressee, AddresseeState.SEEN, by=by, now=now, reason=note)
    addressee.note = note
    addressee.save(update_fields=["note"])
    note_audit("see_request", addressee, by=by, now=now)
    return addressee


@transaction.atomic
def answer_request(
    *,
    addressee: RequestAddressee,
    state: str,
    note: str = "",
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> RequestAddressee:
    """Answer for one addressee: answered, declined with a reason, or not applicable."""
    require(access.may_answer_request, by, addressee)
    wanted = AddresseeState(state)
    if wanted in {AddresseeState.OPEN, AddresseeState.SEEN}:
        raise Refused(_("Choose answered, declined or not applicable."))
    if wanted is AddresseeState.DECLINED and not note.strip():
        raise Refused(_("Say why it is declined, in a sentence."), "note")
    _check_open(addressee)
    before = take_step(
        "addressee", addressee, wanted, by=by, now=now, told=told, reason=note.strip()
    )
    addressee.note = note.strip()
    addressee.answered_on = told.known_from or today(now)
    addressee.save(update_fields=["note", "answered_on"])
    note_audit(
        "answer_request", addressee, by=by, now=now, before={"state": before},
        after={"state": wanted.value},
    )  # fmt: skip
    return addressee


def _check_open(addressee: RequestAddressee) -> None:
    if addressee.request.state == RequestState.CLOSED:
        raise Refused(_("This request is closed. Write to the secretariat."))


@transaction.atomic
def answer_request_about(
    *, about: About, country: str, state: str, by: Viewer, now: datetime, told: Told = NOW
) -> RequestAddressee | None:
    """Answer for a member what another room's thing asked; None if it asked nothing of it."""
    addressee = (
        RequestAddressee.objects.select_related("request__initiative", "country")
        .filter(
            request__about_room=about.room,
            request__about_kind=about.kind,
            request__about_number=about.number,
            request__state=RequestState.OPEN.value,
            country__iso3=country,
        )
        .order_by("id")
        .first()
    )
    if addressee is None or addressee.state == AddresseeState.ANSWERED:
        return addressee
    return answer_request(addressee=addressee, state=state, by=by, now=now, told=told)


@transaction.atomic
def close_request(*, request: Request, by: Viewer, now: datetime) -> Request:
    """Close a request; what is unanswered stays so."""
    require(access.may_open_request, by, request.initiative)
    take_step("request", request, RequestState.CLOSED, by=by, now=now)
    note_audit("close_request", request, by=by, now=now)
    return request


@transaction.atomic
def release_names(*, request: Request, by: Viewer, now: datetime) -> Request:
    """Let members read which members have not answered: an act with a name and a date."""
    require(access.may_release_names, by, request)
    if request.names_released_on is not None:
        raise Refused(_("The names are released already."))
    request.names_released_on = today(now)
    request.names_released_by_id = by.person_id
    request.save(update_fields=["names_released_on", "names_released_by"])
    note_audit("release_names", request, by=by, now=now)
    return request


@transaction.atomic
def remind(*, request: Request, by: Viewer, now: datetime) -> int:
    """Write again to those who have not answered; return to how many addressees."""
    require(access.may_open_request, by, request.initiative)
    if request.state != RequestState.OPEN:
        raise Refused(_("This request is closed: nobody is reminded."))
    waiting = {AddresseeState.OPEN.value, AddresseeState.SEEN.value}
    count = request.addressees.filter(state__in=waiting).count()
    for message in emails.request_reminder(request, now):
        send(message)
    note_audit("remind", request, by=by, now=now, after={"addressees": count})
    return count
