"""Inviting many people at once from a sheet, whole or not at all, and taking it back."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import access
from serai.members.actions.accounts import blank_account
from serai.members.actions.grants import RoleWanted
from serai.members.actions.invitations import invite, withdraw_invitation
from serai.members.actions.records import Refused, actor, note_audit
from serai.members.models import Invitation, Person
from serai.members.states import InvitationState, PersonState


@dataclass(frozen=True)
class Invitee:
    """One checked row of a sheet of people."""

    email: str
    full_name: str
    wanted: RoleWanted
    language: str


@dataclass(frozen=True)
class PeopleImport:
    """What an import did; its key undoes it."""

    key: str
    invited_count: int


@transaction.atomic
def import_people(*, rows: Sequence[Invitee], by: Viewer, now: datetime) -> PeopleImport:
    """Invite everybody of a checked sheet, all or none; each gets a letter."""
    require(access.may_invite, by)
    key = secrets.token_hex(8)
    for row in rows:
        done = invite(
            email=row.email, wanted=row.wanted, language=row.language, by=by, now=now
        ).invitation
        done.import_key = key
        done.save(update_fields=["import_key"])
        person = done.person
        if row.full_name and not person.full_name and person.state == PersonState.INVITED:
            person.full_name = row.full_name
            person.save(update_fields=["full_name"])
    return PeopleImport(key, len(rows))


@transaction.atomic
def undo_people_import(*, key: str, by: Viewer, now: datetime) -> int:
    """Withdraw what an import sent; accounts that it alone opened are closed and blanked."""
    mine = Invitation.objects.filter(import_key=key, invited_by_id=actor(by)).select_related(
        "person", "member", "organisation__member"
    )
    rows = list(mine.order_by("id")) if key else []
    if not any(row.state == InvitationState.SENT for row in rows):
        raise Refused(_("There is nothing to undo: no invitation of this import is open."))
    for row in rows:
        if row.state == InvitationState.ACCEPTED:
            raise Refused(
                _("{email} has accepted already. End the role, and withdraw the other "
                  "invitations one by one.").format(email=row.email)
            )  # fmt: skip
    for row in rows:
        if row.state == InvitationState.SENT:
            withdraw_invitation(invitation=row, by=by, now=now)
    for person in {row.person_id: row.person for row in rows}.values():
        if _was_opened_by(person, key):
            blank_account(person, "", by=by, now=now)
    note_audit("undo_people_import", rows[0], by=by, now=now, after={"count": len(rows)})
    return len(rows)


def _was_opened_by(person: Person, key: str) -> bool:
    """Tell whether nothing but one import knows a person: no role, no other invitation, no visit."""
    return (
        person.state == PersonState.INVITED
        and person.last_login is None
        and not person.grants.exists()
        and not Invitation.objects.filter(person=person).exclude(import_key=key).exists()
    )
