"""Grants and invitations as a viewer may see them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members import access
from serai.members.models import Grant, Invitation, Member, Organisation, Person
from serai.members.queries.members import member_choices
from serai.members.queries.organisations import organisation_choices
from serai.members.queries.people import address_as_read
from serai.members.queries.plugs import PLUGS
from serai.members.queries.viewer import active_on, viewer_of
from serai.members.states import GIVES, GrantState, InvitationState, PersonState, Role

ENDING_DAYS = 14


@dataclass(frozen=True)
class GrantRow:
    """A grant as a list shows it.

    Attributes:
        since: the moment it was given where it holds from that day on, else the day it holds from.
    """

    public_id: str
    person_name: str
    person_public_id: str
    email: str
    role: Role
    iso3: str
    place: TranslatedText
    initiatives: tuple[str, ...]
    from_on: date
    since: datetime | date
    until_on: date | None
    state: GrantState
    given_by: str
    reason: str
    may_end: bool
    sample: bool
    organisation_iso3: str = ""
    language: str = "en"


@dataclass(frozen=True)
class InvitationRow:
    """An invitation as a list shows it."""

    public_id: str
    email: str
    role: Role
    iso3: str
    place: TranslatedText
    initiatives: tuple[str, ...]
    state: InvitationState
    sent_at: datetime
    expires_at: datetime
    invited_by: str
    may_withdraw: bool
    may_repeat: bool


def token_hash(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def place_of(row: Grant | Invitation) -> TranslatedText:
    """Return the member or organisation a role belongs to; empty for the programme."""
    place = row.member or row.organisation
    if place is None:
        return TranslatedText()
    text: TranslatedText = row.member.shown_name if row.member else place.names
    return text


def in_scope(viewer: Viewer) -> Q:
    """Return the filter for grants and invitations a viewer looks after."""
    if access.is_programme_officer(viewer) or access.is_administrator(viewer):
        return Q()
    allowed = Q(person_id=viewer.person_id)
    for role in (Role.FOCAL_POINT, Role.DEPUTY):
        countries = sorted(viewer.scopes(role))
        allowed |= Q(member__iso3__in=countries) | Q(organisation__member__iso3__in=countries)
    agencies = [int(number) for number in viewer.scopes(Role.LEAD) if number.isdigit()]
    allowed |= Q(organisation_id__in=agencies)
    if codes := viewer.scopes(Role.COORDINATOR) | viewer.scopes(Role.OFFICER):
        rows = Grant.objects.exclude(initiatives=[]).values_list("id", "initiatives")
        allowed |= Q(pk__in=[pk for pk, given in rows if codes & set(given)])
    return allowed


def _grants(viewer: Viewer) -> QuerySet[Grant]:
    rows = Grant.objects.filter(in_scope(viewer)).select_related(
        "person", "member", "organisation__member", "given_by"
    )
    return rows.annotate(address=address_as_read(viewer, "person_id", "person__email"))


def grants_of(
    viewer: Viewer, *, person: Person | None = None, role: str = "", with_ended: bool = False
) -> list[GrantRow]:
    """Return the grants a viewer looks after, of one person or of all."""
    rows = _grants(viewer)
    if person is not None:
        rows = rows.filter(person=person)
    if role:
        rows = rows.filter(role=role)
    if not with_ended:
        rows = rows.filter(state=GrantState.ACTIVE)
    return [_grant_row(viewer, row) for row in rows.order_by("person__full_name", "role", "id")]


def _grant_row(viewer: Viewer, row: Grant) -> GrantRow:
    address: str = getattr(row, "address", "")
    return GrantRow(
        public_id=row.public_id,
        person_name=row.person.full_name or address or _("no name yet"),
        person_public_id=row.person.public_id,
        email=address,
        role=Role(row.role),
        iso3=row.member.iso3 if row.member else "",
        place=place_of(row),
        initiatives=tuple(row.initiatives),
        from_on=row.from_on,
        since=row.given_at if row.given_at.date() == row.from_on else row.from_on,
        until_on=row.until_on,
        state=GrantState(row.state),
        given_by=row.given_by.full_name if row.given_by else "",
        reason=row.reason,
        may_end=access.may_end_grant(viewer, row),
        sample=row.person.sample,
        organisation_iso3=row.organisation.member.iso3
        if row.organisation and row.organisation.member
        else "",
        language=row.person.language,
    )


def grant(viewer: Viewer, public_id: str) -> Grant:
    """Return one grant the viewer looks after, or one's own.

    Raises:
        NotFound: if there is none.
    """
    found = _grants(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such grant.")
    return found


def ending(day: date) -> QuerySet[Grant]:
    """Return grants that end within 14 days and whose people were not told yet."""
    last = day + timedelta(days=ENDING_DAYS)
    return Grant.objects.filter(active_on(day), until_on__lte=last, warned_at=None)


def grants_ending(day: date) -> list[Grant]:
    """Return the grants of `ending` with all that a letter about them names."""
    rows = ending(day).select_related("person", "member", "organisation__member", "given_by")
    return list(rows.order_by("id"))


def giver_still(row: Grant, now: datetime) -> list[Person]:
    """Return who gave a role, as long as they may give it today; nobody where they may not."""
    giver = row.given_by
    if giver is None or giver.state != PersonState.ACTIVE:
        return []
    may = access.may_give(viewer_of(giver, now), access.Offer.of(row))
    return [giver] if may else []


def grants_overdue(day: date) -> list[Grant]:
    """Return active grants whose last day has passed."""
    return list(
        Grant.objects.filter(state=GrantState.ACTIVE, until_on__lt=day)
        .select_related("person", "member", "organisation")
        .order_by("id")
    )


def roles_to_give(viewer: Viewer) -> list[Role]:
    """Return the roles a viewer may give somewhere, in the order of the table of roles."""
    held = {role for role in GIVES if viewer.holds(role)}
    given = {role for giver in held for role in GIVES[giver]}
    if Role.COORDINATOR in held and Role.COORDINATOR not in viewer.roles:
        given &= {Role.OFFICER, Role.EXPERT, Role.PARTNER, *_country_gifts(held)}
    return [role for role in Role if role in given]


@dataclass(frozen=True)
class Places:
    """Where a viewer may give roles, as choices for a form."""

    roles: tuple[Role, ...]
    members: tuple[tuple[str, str], ...]
    organisations: tuple[tuple[str, str], ...]
    initiatives: tuple[tuple[str, str], ...]


def places_to_give(viewer: Viewer, language: str) -> Places:
    """Return the roles, members, organisations and initiatives a viewer may give roles for."""
    members = member_choices(viewer, language)
    organisations = organisation_choices(viewer, language)
    initiatives = [(c.code, c.name) for c in PLUGS.initiatives(viewer)]
    if not access.is_coordinator(viewer):
        initiatives = []
        own = viewer.scopes(Role.FOCAL_POINT) | viewer.scopes(Role.DEPUTY)
        members = [choice for choice in members if choice[0] in own]
        kept = _own_organisations(viewer, own)
        organisations = [choice for choice in organisations if choice[0] in kept]
    elif Role.COORDINATOR not in viewer.roles:
        led = viewer.scopes(Role.COORDINATOR)
        initiatives = [choice for choice in initiatives if choice[0] in led]
    return Places(
        roles=tuple(roles_to_give(viewer)),
        members=tuple(members),
        organisations=tuple(organisations),
        initiatives=tuple(initiatives),
    )


def _own_organisations(viewer: Viewer, countries: frozenset[str]) -> set[str]:
    """Return the public ids of the organisations of one's countries and of those one leads."""
    led = [int(number) for number in viewer.scopes(Role.LEAD) if number.isdigit()]
    rows = Organisation.objects.filter(Q(member__iso3__in=sorted(countries)) | Q(pk__in=led))
    return set(rows.values_list("public_id", flat=True))


def _country_gifts(held: set[Role]) -> set[Role]:
    return {role for giver in held - {Role.COORDINATOR} for role in GIVES[giver]}


# ---------------------------------------------------------------- invitations
def _invitations(viewer: Viewer) -> QuerySet[Invitation]:
    rows = Invitation.objects.select_related(
        "person", "member", "organisation__member", "invited_by"
    )
    if access.is_programme_officer(viewer) or access.is_administrator(viewer):
        return rows
    scope = Q(invited_by_id=viewer.person_id) if viewer.person_id else Q(pk__in=[])
    for role in (Role.FOCAL_POINT, Role.DEPUTY):
        countries = sorted(viewer.scopes(role))
        scope |= Q(member__iso3__in=countries) | Q(organisation__member__iso3__in=countries)
    return rows.filter(scope)


def invitations(viewer: Viewer, now: datetime, *, state: str = "") -> list[InvitationRow]:
    """Return the invitations a viewer looks after, the newest first."""
    rows = _invitations(viewer).order_by("-sent_at", "-id")
    shown = [_invitation_row(viewer, row, now) for row in rows]
    return [row for row in shown if not state or row.state == state]


def state_of(row: Invitation, now: datetime) -> InvitationState:
    """Return an invitation's state; a sent one past its day counts as expired."""
    if row.state == InvitationState.SENT and row.expires_at <= now:
        return InvitationState.EXPIRED
    return InvitationState(row.state)


def _invitation_row(viewer: Viewer, row: Invitation, now: datetime) -> InvitationRow:
    return InvitationRow(
        public_id=row.public_id,
        email=row.email,
        role=Role(row.role),
        iso3=row.member.iso3 if row.member else "",
        place=place_of(row),
        initiatives=tuple(row.initiatives),
        state=state_of(row, now),
        sent_at=row.sent_at,
        expires_at=row.expires_at,
        invited_by=row.invited_by.full_name if row.invited_by else "",
        may_withdraw=access.may_withdraw_invitation(viewer, row),
        may_repeat=access.may_repeat_invitation(viewer, row),
    )


def invitation(viewer: Viewer, public_id: str) -> Invitation:
    """Return one invitation the viewer looks after.

    Raises:
        NotFound: if there is none.
    """
    found = _invitations(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def holds_or_is_invited(
    email: str,
    role: Role,
    *,
    member: Member | None,
    organisation: Organisation | None,
    now: datetime,
) -> bool:
    """Tell whether somebody holds a role there today, or has an open invitation to it."""
    here = {"person__email": email, "role": role, "member": member, "organisation": organisation}
    return (
        Grant.objects.filter(active_on(now.date()), **here).exists()
        or Invitation.objects.filter(
            state=InvitationState.SENT, expires_at__gt=now, **here
        ).exists()
    )


def invitation_by_token(viewer: Viewer, token: str) -> Invitation:  # noqa: ARG001
    """Return the invitation behind a letter's link, whatever its state.

    Raises:
        NotFound: if the link is not one of ours.
    """
    found = (
        Invitation.objects.filter(token_hash=token_hash(token))
        .select_related("person", "member", "organisation__member", "invited_by")
        .first()
    )
    if found is None:
        raise NotFound("There is no such invitation.")
    return found


def open_invitations_of(person_id: int, now: datetime) -> list[Invitation]:
    """Return the invitations a person may still accept."""
    return list(
        Invitation.objects.filter(
            person_id=person_id, state=InvitationState.SENT, expires_at__gt=now
        )
        .select_related("person", "member", "organisation__member", "invited_by")
        .order_by("id")
    )
