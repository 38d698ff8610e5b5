"""Whom to ask: chosen, written to, given more time, asked again; and what the asked say."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import came_back, send_all, trust_again
from serai.members import actions as members
from serai.members.queries import people_with_role
from serai.members.states import Role
from serai.surveys import access, emails, queries
from serai.surveys.actions.acts import Refused, label, note_audit, take_step
from serai.surveys.actions.finding import index_response
from serai.surveys.actions.links import keep_link_good, new_link
from serai.surveys.actions.responses import start_response
from serai.surveys.actions.waves import check_later, open_when_sent
from serai.surveys.models import Invitation, Response, Wave
from serai.surveys.queries.responses import whole_responses
from serai.surveys.states import InvitationState, WaveState

if TYPE_CHECKING:
    from serai.members.models import Organisation, Person

GROWING = frozenset({WaveState.PLANNED, WaveState.SENDING, WaveState.OPEN})
OUT = frozenset({WaveState.OPEN, WaveState.CLOSED})


@dataclass(frozen=True)
class Office:
    """One office of an organisation that answers for itself; the empty one is the whole of it."""

    label: str = ""

    @property
    def key(self) -> str:
        """Return what names the office in tables: its label in plain letters, else a sum of it."""
        if not self.label:
            return ""
        return slugify(self.label)[:60] or sha256(self.label.encode()).hexdigest()[:12]


@dataclass(frozen=True)
class Wanted:
    """Who is to be asked: an organisation or its office, and who answers and signs for it.

    Attributes:
        lead, signer: e-mail addresses; "" leaves the organisation's lead, and no signer.
        language: of the letters; "" takes the lead's.
    """

    organisation: "Organisation | None"
    office: Office = Office()
    lead: str = ""
    signer: str = ""
    language: str = ""
    due_on: date | None = None
    subject: str = ""


@transaction.atomic
def invite(*, wave: Wave, wanted: Sequence[Wanted], by: Viewer, now: datetime) -> list[Invitation]:
    """Add who is asked in a wave; nobody is written to before it is sent. All or none.

    Raises:
        Refused: naming the place that is asked already, or an address that is none.
    """
    require(access.may_keep_survey, by, wave)
    if wave.state not in GROWING:
        raise Refused(_("This wave is closed. Open it again first."))
    if wave.survey.is_anonymous:
        raise Refused(_("Here nobody is asked by name. Make an open link, and pass it on."))
    return [_invite(wave, one, by, now) for one in wanted]


def _invite(wave: Wave, wanted: Wanted, by: Viewer, now: datetime) -> Invitation:
    place = wanted.organisation
    lead = _person(wanted.lead, wanted, by, now) or _lead_of(place, now)
    signer = _person(wanted.signer, wanted, by, now)
    if place is None and lead is None:
        raise Refused(_("Name an organisation or a person."))
    twin = Invitation.objects.filter(
        wave=wave, organisation=place, unit_key=wanted.office.key, subject=wanted.subject
    ).exclude(state=InvitationState.CANCELLED)
    if (twin if place else twin.filter(lead=lead)).exists():
        raise Refused(_("%(place)s is asked already.") % {"place": _named(place, wanted, lead)})
    row = Invitation.objects.create(
        wave=wave, organisation=place, country=place.member if place else None,
        unit_key=wanted.office.key, unit_label=wanted.office.label, lead=lead, signer=signer,
        language=wanted.language or (lead.language if lead else by.language),
        due_on=wanted.due_on, subject=wanted.subject, sample=wave.sample or by.is_sample,
    )  # fmt: skip
    note_audit(
        "invite", row, by=by, now=now,
        after={"wave": wave.pk, "organisation": row.organisation_id, "lead": row.lead_id},
    )  # fmt: skip
    return row


def _named(place: "Organisation | None", wanted: Wanted, lead: "Person | None") -> str:
    name = place.names.pick("en")[0] if place else str(lead or "")
    return f"{name}, {wanted.office.label}" if wanted.office.label else name


def _person(email: str, wanted: Wanted, by: Viewer, now: datetime) -> "Person | None":
    """Return who has an address; a new one gets an account without a role."""
    if not email.strip():
        return None
    try:
        return members.enlist(
            email=email, language=wanted.language or by.language,
            organisation=wanted.organisation, by=by, now=now,
        )  # fmt: skip
    except members.Refused as error:
        raise Refused(str(error), "lead_email") from error


def _lead_of(place: "Organisation | None", now: datetime) -> "Person | None":
    """Return who leads an organisation's work: the first, where several do."""
    if place is None:
        return None
    return next(iter(people_with_role(Role.LEAD, now, organisation_id=place.pk)), None)


@dataclass(frozen=True)
class People:
    """What an officer changes of an invitation; people by number, or by a new address."""

    lead: "Person | None"
    signer: "Person | None"
    language: str
    lead_email: str = ""
    signer_email: str = ""


@transaction.atomic
def change_invitation(
    *, invitation: Invitation, named: People, by: Viewer, now: datetime
) -> Invitation:
    """Name other people, or another language; a letter that came back is then sent again."""
    require(access.may_keep_survey, by, invitation)
    row = _locked(invitation)
    if row.state in {InvitationState.CANCELLED, InvitationState.DONE}:
        raise Refused(_("This invitation is done or cancelled: nothing of it changes any more."))
    wanted = Wanted(row.organisation, language=named.language)
    lead = _person(named.lead_email, wanted, by, now) or named.lead
    if lead is None:
        raise Refused(_("Choose who answers, or write an e-mail address."), "lead")
    before = row.lead_id
    row.lead, row.language = lead, named.language
    row.signer = _person(named.signer_email, wanted, by, now) or named.signer
    row.save(update_fields=["lead", "signer", "language"])
    for response in whole_responses().filter(invitation=row):
        index_response(response, now)
    note_audit(
        "change_invitation", row, by=by, now=now, before={"lead": before},
        after={"lead": row.lead_id, "signer": row.signer_id},
    )  # fmt: skip
    return row


def _locked(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",))
    return rows.select_related(
        "wave__survey__initiative", "wave__version", "country", "organisation", "lead", "signer"
    ).get(pk=invitation.pk)


@transaction.atomic
def send_invitation(*, invitation_id: int, now: datetime) -> bool:
    """Write one letter, once; the wave opens with its last. Tell whether it was written now."""
    found = Invitation.objects.filter(pk=invitation_id).first()
    if found is None:
        return False
    # The wave's row first, as in `open_when_sent`: two letters at once never wait for each other.
    Wave.objects.select_for_update().get(pk=found.wave_id)
    row = _locked(found)
    is_new = row.state == InvitationState.DRAFTED and row.lead is not None
    if is_new:
        _write(row, now)
    open_when_sent(wave_id=row.wave_id, now=now)
    return is_new


def _write(row: Invitation, now: datetime) -> None:
    token = new_link(row, now)
    take_step(
        row, InvitationState.SENT, sent_at=now, token_hash=row.token_hash, expires_at=row.expires_at
    )
    send_all(emails.invitation(row, token), now=now)
    note_audit("send_invitation", row, by=None, now=now, after={"lead": row.lead_id})


@transaction.atomic
def send_again(*, invitation: Invitation, by: Viewer, now: datetime) -> Invitation:
    """Write the letter anew with a new link: after it came back, was declined, or got lost.

    Raises:
        Refused: where the wave is not open, or the body is done.
    """
    require(access.may_keep_survey, by, invitation)
    row = _locked(invitation)
    if row.wave.state != WaveState.OPEN:
        raise Refused(_("The wave is not open: nothing is sent."))
    if row.lead is None:
        raise Refused(_("Choose who answers, or write an e-mail address."), "lead")
    if row.state in {InvitationState.BOUNCED, InvitationState.DECLINED}:
        _write(row, now)
    elif row.state in {InvitationState.SENT, InvitationState.OPENED}:
        token = new_link(row, now)
        row.sent_at = now
        row.save(update_fields=["token_hash", "expires_at", "sent_at"])
        send_all(emails.invitation(row, token), now=now)
    else:
        raise Refused(_("It cannot be sent again as it stands."))
    note_audit("send_again", row, by=by, now=now)
    return row


@transaction.atomic
def trust_address(*, invitation: Invitation, by: Viewer, now: datetime) -> None:
    """Let letters go again to an address that has bounced: its owner says that it works."""
    require(access.may_keep_survey, by, invitation)
    if invitation.lead is not None:
        trust_again(invitation.lead.email)
        note_audit("trust_address", invitation, by=by, now=now)


@transaction.atomic
def extend_invitation(
    *, invitation: Invitation, due_on: date, by: Viewer, now: datetime
) -> Invitation:
    """Give one body more time, and tell it; once the wave has closed, it alone is let in."""
    require(access.may_keep_survey, by, invitation)
    row = _locked(invitation)
    if row.wave.state not in OUT or row.state not in access.MAY_DECLINE:
        raise Refused(_("More time is given once the letters are out and while answers wait."))
    check_later(due_on, queries.due_of(row), now)
    row.due_on = due_on
    row.has_late_day = row.wave.state == WaveState.CLOSED
    keep_link_good(row, now)
    row.save(update_fields=["due_on", "has_late_day", "expires_at"])
    Response.objects.filter(invitation=row).update(more_time_asked_at=None)
    send_all(emails.due_extended(row), now=now)
    note_audit("extend_invitation", row, by=by, now=now, after={"due_on": str(due_on)})
    return row


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Viewer, now: datetime) -> Invitation:
    """Ask a body no more; its link answers as a wrong one from now on."""
    require(access.may_keep_survey, by, invitation)
    row = _locked(invitation)
    take_step(row, InvitationState.CANCELLED, token_hash="")
    note_audit("cancel_invitation", row, by=by, now=now)
    open_when_sent(wave_id=row.wave_id, now=now)
    return row


# ---------------------------------------------------------------- by those who are asked
@transaction.atomic
def open_invitation(
    *, invitation: Invitation, full_name: str = "", by: Viewer, now: datetime
) -> Response:
    """Begin to answer, or go on: the response is made once. Who is new says their name first."""
    require(access.may_open_invitation, by, invitation)
    row = _locked(invitation)
    if full_name:
        try:
            members.take_up(full_name=full_name, by=by, now=now)
        except members.Refused as error:
            raise Refused(str(error), "full_name") from error
    if row.state == InvitationState.SENT:
        take_step(row, InvitationState.OPENED, opened_at=now)
        note_audit("open_invitation", row, by=by, now=now)
    return start_response(invitation=row, by=by, now=now)


@transaction.atomic
def decline(*, invitation: Invitation, reason: str, by: Viewer, now: datetime) -> Invitation:
    """Say that a body cannot answer, and why; the secretariat may ask again."""
    require(access.may_decline, by, invitation)
    if not reason.strip():
        raise Refused(_("Say in a sentence why your organisation cannot answer."), "reason")
    row = take_step(_locked(invitation), InvitationState.DECLINED, reason=reason.strip())
    note_audit("decline", row, by=by, now=now)
    return row


@transaction.atomic
def ask_new_link(*, invitation: Invitation, now: datetime) -> bool:
    """Write a new link to the address we know; tell whether one was written.

    Who asks is not known: the letter goes nowhere but to the person who is named to answer.
    """
    row = _locked(invitation)
    if row.state not in access.MAY_DECLINE or row.wave.state not in OUT:
        return False
    token = new_link(row, now)
    row.save(update_fields=["token_hash", "expires_at"])
    send_all(emails.new_link(row, token), now=now)
    note_audit("ask_new_link", row, by=None, now=now)
    return True


# ---------------------------------------------------------------- what came back
@transaction.atomic
def note_bounces(*, now: datetime) -> int:
    """Mark the invitations whose letters came back, and tell who made the wave; return how many."""
    rows = {
        label(one): one
        for one in queries.open_invitations()
        if one.state == InvitationState.SENT and one.sent_at is not None
    }
    back = came_back(rows, {name: one.sent_at for name, one in rows.items() if one.sent_at})
    waves: dict[int, list[Invitation]] = {}
    for name in sorted(back, key=lambda one: rows[one].pk):
        row = _locked(rows[name])
        if row.state != InvitationState.SENT:
            continue
        take_step(row, InvitationState.BOUNCED)
        note_audit("bounce", row, by=None, now=now)
        waves.setdefault(row.wave_id, []).append(row)
    for found in waves.values():
        _tell_officer(found, now)
    return sum(len(found) for found in waves.values())


def _tell_officer(found: list[Invitation], now: datetime) -> None:
    officer: Any = found[0].wave.made_by
    if officer is None:
        return
    places = [queries.place_of(one, officer.language) for one in found]
    mark = ".".join(str(one.pk) for one in found) + f":{now.date()}"
    send_all(emails.bounced(found[0].wave, places, officer, mark[:100]), now=now)
