"""Ending a membership on a day, taking that back, and what the day brings with it."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import access, emails, queries
from serai.members.actions.grants import close_grant
from serai.members.actions.invitations import close_invitation
from serai.members.actions.members import check_tile
from serai.members.actions.records import Refused, note_audit, send_all
from serai.members.models import Grant, Invitation, Member
from serai.members.states import (
    GrantState,
    InvitationState,
    MemberState,
    OrganisationKind,
)


@transaction.atomic
def end_member(*, member: Member, until_on: date, reason: str, by: Viewer, now: datetime) -> Member:
    """Set a member's last day: its people's roles end with it, open invitations at once."""
    require(access.may_end_member, by, member)
    if not reason.strip():
        raise Refused(_("Say why the membership ends: this sentence stays on record."))
    fresh = Member.objects.select_for_update().get(pk=member.pk)
    if fresh.until_on is not None:
        raise Refused(_("The last day of this membership is set already. Reload the page."))
    fresh.until_on, fresh.end_reason = until_on, reason.strip()
    fresh.save(update_fields=["until_on", "end_reason"])
    note_audit("end_member", fresh, by=by, now=now, after={"until_on": until_on.isoformat()})
    for row in Invitation.objects.filter(_of(fresh), state=InvitationState.SENT).order_by("id"):
        close_invitation(row, InvitationState.WITHDRAWN, now)
        note_audit("withdraw_invitation", row, by=by, now=now)
    if until_on < now.date():
        return _make_former(fresh, by=by, now=now)
    for grant in _roles(fresh).filter(Q(until_on=None) | Q(until_on__gt=until_on)):
        grant.until_on, grant.warned_at = until_on, None
        grant.save(update_fields=["until_on", "warned_at"])
        after = {"until_on": until_on.isoformat()}
        note_audit("shorten_grant", grant, by=by, now=now, after=after)
    return fresh


@transaction.atomic
def keep_member(*, member: Member, by: Viewer, now: datetime) -> Member:
    """Take the end of a membership back, before its day or after; roles are given anew."""
    require(access.may_end_member, by, member)
    fresh = Member.objects.select_for_update().get(pk=member.pk)
    if fresh.until_on is None:
        raise Refused(_("This membership has no last day. Reload the page."))
    if fresh.tile_column is not None and fresh.tile_row is not None:
        check_tile(fresh, (fresh.tile_column, fresh.tile_row))
    before = {"until_on": fresh.until_on.isoformat(), "state": fresh.state}
    fresh.until_on, fresh.state = None, MemberState.ACTIVE
    fresh.save(update_fields=["until_on", "state"])
    note_audit("keep_member", fresh, by=by, now=now, before=before)
    return fresh


@transaction.atomic
def end_due_members(*, now: datetime) -> int:
    """Make former members of those whose last day has passed."""
    due = queries.members_due(now.date())
    for member in due:
        _make_former(member, by=None, now=now)
    return len(due)


def _make_former(member: Member, *, by: Viewer | None, now: datetime) -> Member:
    for grant in _roles(member):
        ended = close_grant(grant, reason=member.end_reason, by=by, now=now)
        send_all(emails.grant_ended(ended))
    member.state = MemberState.FORMER
    member.save(update_fields=["state"])
    note_audit("make_former", member, by=by, now=now)
    return member


def _roles(member: Member) -> QuerySet[Grant]:
    rows = Grant.objects.filter(_of(member), state=GrantState.ACTIVE)
    return rows.select_related("person", "member", "organisation").order_by("id")


def _of(member: Member) -> Q:
    """Return the filter for roles of a member itself and in its government's organisations."""
    return Q(member=member) | Q(
        organisation__member=member, organisation__kind=OrganisationKind.GOVERNMENT
    )
