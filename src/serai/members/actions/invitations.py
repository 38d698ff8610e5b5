"""Inviting people, and what comes of it."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import access, emails, queries
from serai.members.actions.grants import RoleWanted, affiliate, check_wanted, write_grant
from serai.members.actions.records import Refused, actor, note_audit, send_all
from serai.members.models import Grant, Invitation, Organisation, Person
from serai.members.states import InvitationState, PersonState, Role

INVITATION_DAYS = 30


@dataclass(frozen=True)
class Invited:
    """An invitation with the one sight of its token."""

    invitation: Invitation
    token: str


@transaction.atomic
def invite(*, email: str, wanted: RoleWanted, language: str, by: Viewer, now: datetime) -> Invited:
    """Write to somebody that a role waits for them; the link is good for 30 days."""
    check_invitation(email=email, wanted=wanted, by=by, now=now)
    return _invite(email, wanted, language, by=by, now=now)


def check_invitation(*, email: str, wanted: RoleWanted, by: Viewer, now: datetime) -> None:
    """Tell whether an invitation could be written now, without writing anything.

    Raises:
        Refused: naming what does not fit.
        Denied: if this viewer may not give the role there.
    """
    person = Person.objects.filter(email=_clean_email(email)).first()
    require(access.may_give, by, wanted.offer(person.pk if person else None))
    check_wanted(wanted, now.date())
    if person is not None:
        _refuse_closed(person)
        _refuse_second(person, wanted, now)


@transaction.atomic
def invite_first(*, email: str, wanted: RoleWanted, language: str, now: datetime) -> Invited:
    """Invite from the command line, where no viewer stands behind the change."""
    check_wanted(wanted, now.date())
    return _invite(email, wanted, language, by=None, now=now)


def _clean_email(email: str) -> str:
    """Return the address casefolded, or refuse it."""
    cleaned = email.strip().casefold()
    try:
        validate_email(cleaned)
    except ValidationError as error:
        raise Refused(
            _("“{email}” is not an e-mail address. Write it as name@agency.example.").format(
                email=email.strip()
            )
        ) from error
    return cleaned


def _invite(
    email: str, wanted: RoleWanted, language: str, *, by: Viewer | None, now: datetime
) -> Invited:
    address = _clean_email(email)
    person = Person.objects.select_for_update().filter(email=address).first()
    if person is None:
        person = Person.objects.create_user(
            address, language=language, state=PersonState.INVITED, time_zone=_zone_of(wanted)
        )
    _refuse_closed(person)
    _refuse_second(person, wanted, now)
    token = secrets.token_urlsafe(32)
    row = Invitation.objects.create(
        email=address,
        language=language,
        role=wanted.role,
        member=wanted.member,
        organisation=wanted.organisation,
        initiatives=sorted(wanted.initiatives),
        until_on=wanted.until_on,
        reason=wanted.reason,
        token_hash=queries.token_hash(token),
        sent_at=now,
        expires_at=now + timedelta(days=INVITATION_DAYS),
        invited_by_id=by.person_id if by else None,
        person=person,
    )
    note_audit(
        "invite",
        row,
        by=by,
        now=now,
        after={"person": person.pk, "role": row.role, "member": row.member_id},
    )
    send_all(emails.invitation(row, token))
    return Invited(row, token)


def _refuse_closed(person: Person) -> None:
    if person.state in {PersonState.CLOSED, PersonState.PAUSED}:
        raise Refused(
            _("The account of {email} is closed or paused. Ask an administrator.").format(
                email=person.email
            )
        )


def _zone_of(wanted: RoleWanted) -> str:
    member = wanted.member or (wanted.organisation.member if wanted.organisation else None)
    return member.time_zone if member else "UTC"


def _refuse_second(person: Person, wanted: RoleWanted, now: datetime) -> None:
    """Refuse a second open invitation for the same role and place."""
    twin = Invitation.objects.filter(
        person=person,
        role=wanted.role,
        member=wanted.member,
        organisation=wanted.organisation,
        state=InvitationState.SENT,
        expires_at__gt=now,
    )
    if twin.exists():
        raise Refused(_("This person has an open invitation for this role. Send it again instead."))


@transaction.atomic
def enlist(
    *, email: str, language: str, organisation: Organisation | None, by: Viewer, now: datetime
) -> Person:
    """Return who has an address; a new one gets an account without any role, for a duty elsewhere.

    Their name is asked for when they first come; the room that gives the duty writes the letter.
    """
    require(access.may_enlist, by)
    member = organisation.member if organisation else None
    person, is_new = _known_or_new(
        email, language, zone=member.time_zone if member else "UTC", sample=by.is_sample
    )
    if is_new:
        if organisation is not None:
            affiliate(person, organisation, now.date())
        note_audit("enlist", person, by=by, now=now, after={"language": language})
    return person


@transaction.atomic
def enlist_openly(*, email: str, language: str, sample: bool, now: datetime) -> Person:
    """Return who has an address, for somebody who came by a link open to all: nobody enlists them.

    The account has no role, and nobody gets into it without the code that goes to the address.
    """
    person, is_new = _known_or_new(email, language, zone="UTC", sample=sample)
    if is_new:
        note_audit("enlist_openly", person, by=None, now=now, after={"language": language})
    return person


def _known_or_new(email: str, language: str, *, zone: str, sample: bool) -> tuple[Person, bool]:
    """Return who has an address, and whether the account was made just now."""
    address = _clean_email(email)
    person = Person.objects.select_for_update().filter(email=address).first()
    if person is not None:
        _refuse_closed(person)
        return person, False
    made = Person.objects.create_user(
        address, language=language, state=PersonState.INVITED, time_zone=zone, sample=sample
    )
    return made, True


@transaction.atomic
def take_up(*, full_name: str, by: Viewer, now: datetime) -> Person:
    """Let somebody enlisted say their name; with it the account becomes active.

    Raises:
        Refused: without a name.
    """
    person = Person.objects.select_for_update().get(pk=actor(by))
    if not full_name.strip():
        raise Refused(_("Write your name: it stands beside what you answer."))
    person.full_name = full_name.strip()
    if person.state == PersonState.INVITED:
        person.state, person.joined_at = PersonState.ACTIVE, now
    person.save(update_fields=["full_name", "state", "joined_at"])
    note_audit("take_up", person, by=by, now=now)
    return person


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Viewer, now: datetime) -> None:
    """Take an invitation back; its link answers with a sentence from now on."""
    require(access.may_withdraw_invitation, by, invitation)
    close_invitation(invitation, InvitationState.WITHDRAWN, now)
    note_audit("withdraw_invitation", invitation, by=by, now=now)


@transaction.atomic
def repeat_invitation(*, invitation: Invitation, by: Viewer, now: datetime) -> Invited:
    """Send a new link for another 30 days; the old link stops working."""
    require(access.may_repeat_invitation, by, invitation)
    check_wanted(_wanted(invitation), now.date())
    token = secrets.token_urlsafe(32)
    invitation.token_hash = queries.token_hash(token)
    invitation.state = InvitationState.SENT
    invitation.sent_at = now
    invitation.expires_at = now + timedelta(days=INVITATION_DAYS)
    invitation.closed_at = None
    invitation.save(update_fields=["token_hash", "state", "sent_at", "expires_at", "closed_at"])
    note_audit("repeat_invitation", invitation, by=by, now=now)
    send_all(emails.invitation(invitation, token))
    return Invited(invitation, token)


def close_invitation(invitation: Invitation, state: InvitationState, now: datetime) -> None:
    """Move an invitation to where it ends."""
    invitation.state = state
    invitation.closed_at = now
    invitation.save(update_fields=["state", "closed_at", "grant"])


@dataclass(frozen=True)
class Introduction:
    """What a person says of themselves when they join."""

    full_name: str
    language: str
    time_zone: str
    address_as: str = ""


@transaction.atomic
def accept_invitation(
    *, invitation: Invitation, introduction: Introduction, by: Viewer, now: datetime
) -> Grant:
    """Take up the role; the account becomes active with its name, language and zone."""
    fresh = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if fresh.person_id != by.person_id:
        raise Refused(
            _("This invitation is for {email}. Sign in with that address.").format(
                email=fresh.email
            )
        )
    state = queries.state_of(fresh, now)
    if state is not InvitationState.SENT:
        raise Refused(invitation_words(state))
    if fresh.until_on is not None and fresh.until_on < now.date():
        raise Refused(
            _("The last day of this role has passed. Ask the person who invited you for a new one.")
        )
    person = Person.objects.select_for_update().get(pk=fresh.person_id)
    person.full_name = introduction.full_name.strip()
    person.address_as = introduction.address_as.strip()
    person.language = introduction.language
    person.time_zone = introduction.time_zone
    if person.state == PersonState.INVITED:
        person.state = PersonState.ACTIVE
        person.joined_at = now
    person.save()
    fresh.grant = write_grant(person=person, wanted=_wanted(fresh), by=_giver(fresh), now=now)
    close_invitation(fresh, InvitationState.ACCEPTED, now)
    note_audit("accept_invitation", fresh, by=by, now=now, after={"grant": fresh.grant.pk})
    return fresh.grant


def _giver(invitation: Invitation) -> Viewer | None:
    """Return the inviter as the giver of the role."""
    if invitation.invited_by_id is None:
        return None
    return Viewer(person_id=invitation.invited_by_id)


def _wanted(invitation: Invitation) -> RoleWanted:
    return RoleWanted(
        role=Role(invitation.role),
        member=invitation.member,
        organisation=invitation.organisation,
        initiatives=tuple(invitation.initiatives),
        until_on=invitation.until_on,
        reason=invitation.reason,
    )


def invitation_words(state: InvitationState) -> str:
    """Say why an invitation cannot be accepted, and what to do."""
    return {
        InvitationState.EXPIRED: _(
            "This invitation is older than 30 days. Ask the person who invited you for a new one."
        ),
        InvitationState.WITHDRAWN: _(
            "This invitation was withdrawn. Ask the person who invited you if you think "
            "this is a mistake."
        ),
        InvitationState.ACCEPTED: _(
            "This invitation has been used. Sign in with your e-mail address."
        ),
        InvitationState.SENT: "",
    }[state]


@transaction.atomic
def expire_invitations(*, now: datetime) -> int:
    """Close the invitations whose 30 days are over."""
    rows = Invitation.objects.filter(state=InvitationState.SENT, expires_at__lte=now)
    count = rows.count()
    for row in rows.order_by("id"):
        close_invitation(row, InvitationState.EXPIRED, now)
        note_audit("expire_invitation", row, by=None, now=now)
    return count
