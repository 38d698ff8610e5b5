"""Giving and ending roles."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.days import plain_day
from serai.members import access, emails, queries
from serai.members.actions.records import Refused, note_audit, send_all
from serai.members.models import Affiliation, Grant, Member, Organisation, Person
from serai.members.states import (
    MEMBER_ROLES,
    ORGANISATION_ROLES,
    PROGRAMME_ROLES,
    GrantState,
    MemberState,
    OrganisationKind,
    OrganisationState,
    PersonState,
    Role,
)

EXPERT_DAYS = 366


@dataclass(frozen=True)
class RoleWanted:
    """A role with its scope, before it is given.

    Attributes:
        role: what it makes a person.
        member: for focal point, deputy, committee and expert.
        organisation: for lead, contributor and partner.
        initiatives: codes; for officer and coordinator empty means the whole programme.
        until_on: the last day; experts need one, at most a year ahead.
        reason: why, for the audit and the person.
    """

    role: Role
    member: Member | None = None
    organisation: Organisation | None = None
    initiatives: tuple[str, ...] = ()
    until_on: date | None = None
    reason: str = ""

    def offer(self, person_id: int | None) -> access.Offer:
        """Return what the rules are asked about."""
        member = self.organisation.member if self.organisation else None
        return access.Offer(
            role=self.role,
            iso3=self.member.iso3 if self.member else None,
            organisation_id=self.organisation.pk if self.organisation else None,
            organisation_iso3=member.iso3 if member else None,
            initiatives=self.initiatives,
            person_id=person_id,
        )


def check_wanted(wanted: RoleWanted, today: date) -> None:
    """Refuse a role whose scope or end does not fit.

    Raises:
        Refused: naming what is missing or too much.
    """
    _check_scope(wanted)
    if wanted.until_on is not None and wanted.until_on < today:
        raise Refused(_("The last day is in the past. Give today or a later day."))
    if wanted.role is Role.EXPERT:
        if not wanted.initiatives:
            raise Refused(_("An expert needs at least one initiative. Choose it."))
        if wanted.until_on is None or wanted.until_on > today + timedelta(days=EXPERT_DAYS):
            raise Refused(_("An expert's role lasts at most a year. Give a last day within it."))
    if wanted.organisation and wanted.organisation.state != OrganisationState.ACTIVE:
        raise Refused(_("This organisation is closed or merged. Choose the one that stands."))
    _check_membership(wanted)


def _check_membership(wanted: RoleWanted) -> None:
    """Hold a role within the membership it goes with."""
    body = wanted.organisation
    is_government = body is not None and body.kind == OrganisationKind.GOVERNMENT
    member = body.member if body is not None and is_government else wanted.member
    if member is None or member.until_on is None:
        return
    if member.state == MemberState.FORMER:
        raise Refused(_("{member} is no longer a member. Choose another.").format(member=member))
    if wanted.until_on is None or wanted.until_on > member.until_on:
        raise Refused(
            _("{member} is a member until {day} only. Give a last day by then.").format(
                member=member, day=plain_day(member.until_on)
            )
        )


def _check_scope(wanted: RoleWanted) -> None:
    needs_member = wanted.role in MEMBER_ROLES | {Role.EXPERT}
    needs_organisation = wanted.role in ORGANISATION_ROLES
    may_have_initiatives = wanted.role in PROGRAMME_ROLES | {Role.EXPERT, Role.PARTNER}
    if needs_member and wanted.member is None:
        raise Refused(_("This role belongs to a member. Choose the member."))
    if needs_organisation and wanted.organisation is None:
        raise Refused(_("This role belongs to an organisation. Choose the organisation."))
    if wanted.member is not None and not needs_member:
        raise Refused(_("This role belongs to no member. Leave the member empty."))
    if wanted.organisation is not None and not needs_organisation:
        raise Refused(_("This role belongs to no organisation. Leave the organisation empty."))
    if wanted.initiatives and not may_have_initiatives:
        raise Refused(_("This role is not limited to initiatives. Leave them empty."))


@transaction.atomic
def give_role(*, person: Person, wanted: RoleWanted, by: Viewer, now: datetime) -> Grant:
    """Give a role to somebody who has an account, and tell them."""
    require(access.may_give, by, wanted.offer(person.pk))
    check_wanted(wanted, now.date())
    if person.state != PersonState.ACTIVE:
        raise Refused(_("This account is not active. Invite the person instead."))
    grant = write_grant(person=person, wanted=wanted, by=by, now=now)
    send_all(emails.grant_given(grant))
    return grant


def write_grant(*, person: Person, wanted: RoleWanted, by: Viewer | None, now: datetime) -> Grant:
    """Write the row of a role already checked; the same active role twice is refused."""
    same = Grant.objects.filter(
        person=person,
        role=wanted.role,
        member=wanted.member,
        organisation=wanted.organisation,
        state=GrantState.ACTIVE,
    )
    if any(set(row.initiatives) == set(wanted.initiatives) for row in same):
        raise Refused(_("This person holds this role already. End it first to change its dates."))
    grant = Grant.objects.create(
        person=person,
        role=wanted.role,
        member=wanted.member,
        organisation=wanted.organisation,
        initiatives=sorted(wanted.initiatives),
        from_on=now.date(),
        until_on=wanted.until_on,
        given_by_id=by.person_id if by else None,
        given_at=now,
        reason=wanted.reason,
    )
    if wanted.organisation is not None:
        affiliate(person, wanted.organisation, now.date())
    note_audit("give_role", grant, by=by, now=now, after=_facts(grant))
    return grant


def affiliate(person: Person, organisation: Organisation, today: date) -> None:
    """Let a person belong to the organisation they work for, once; this gives no rights."""
    standing = Q(until_on=None) | Q(until_on__gte=today)
    if not Affiliation.objects.filter(standing, person=person, organisation=organisation).exists():
        Affiliation.objects.create(person=person, organisation=organisation, from_on=today)


def _leave(grant: Grant, today: date) -> None:
    """End a person's place in an organisation with the latest role they held there."""
    if grant.organisation_id is None:
        return
    others = Grant.objects.filter(
        person_id=grant.person_id, organisation_id=grant.organisation_id, state=GrantState.ACTIVE
    )
    if others.exists():
        return
    Affiliation.objects.filter(
        Q(until_on=None) | Q(until_on__gt=today),
        person_id=grant.person_id,
        organisation_id=grant.organisation_id,
        from_on__lte=today,
    ).update(until_on=today)


def _facts(grant: Grant) -> dict[str, object]:
    return {
        "person": grant.person_id,
        "role": grant.role,
        "member": grant.member_id,
        "organisation": grant.organisation_id,
        "initiatives": list(grant.initiatives),
        "until_on": grant.until_on.isoformat() if grant.until_on else None,
    }


@transaction.atomic
def end_grant(*, grant: Grant, reason: str, by: Viewer, now: datetime) -> Grant:
    """End a role today, and tell its person."""
    require(access.may_end_grant, by, grant)
    ended = close_grant(grant, reason=reason, by=by, now=now)
    send_all(emails.grant_ended(ended))
    return ended


def close_grant(grant: Grant, *, reason: str, by: Viewer | None, now: datetime) -> Grant:
    """End a role, and the place in an organisation that goes with it; who may was asked before."""
    fresh = Grant.objects.select_for_update().select_related("person").get(pk=grant.pk)
    if fresh.state != GrantState.ACTIVE:
        raise Refused(_("This role has ended already."))
    fresh.state = GrantState.ENDED
    fresh.ended_at = now
    fresh.ended_by_id = by.person_id if by else None
    fresh.end_reason = reason
    fresh.save(update_fields=["state", "ended_at", "ended_by", "end_reason"])
    _leave(fresh, now.date())
    note_audit("end_grant", fresh, by=by, now=now, before={"state": "active"})
    return fresh


@transaction.atomic
def end_due_grants(*, now: datetime) -> int:
    """End the roles whose last day has passed, warn of those that end within 14 days."""
    overdue = queries.grants_overdue(now.date())
    for grant in overdue:
        ended = close_grant(grant, reason="", by=None, now=now)
        send_all(emails.grant_ended(ended))
    ending = queries.grants_ending(now.date())
    for grant in ending:
        send_all(emails.grant_ending(grant, now))
    Grant.objects.filter(pk__in=[grant.pk for grant in ending]).update(warned_at=now)
    return len(overdue)
