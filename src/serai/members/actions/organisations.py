"""Entering, changing, merging and closing organisations; importing many at once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.members import access, queries
from serai.members.actions import finding
from serai.members.actions.records import Refused, note_audit
from serai.members.models import Affiliation, Grant, Invitation, Member, Organisation
from serai.members.states import ALLOWED, MemberState, OrganisationKind, OrganisationState


@dataclass(frozen=True)
class OrganisationFacts:
    """What is known of an organisation."""

    names: TranslatedText
    kind: OrganisationKind
    member: Member | None = None
    short_name: TranslatedText = TranslatedText()
    domains: tuple[str, ...] = ()
    parent: Organisation | None = None


def _key(names: TranslatedText) -> str:
    """Return every language's name in one searchable line, English first."""
    texts = [names.pick("en")[0], *(text for _language, text, _state in names.texts)]
    return queries.name_key(" ".join(dict.fromkeys(text for text in texts if text)))[:300]


def _check(facts: OrganisationFacts) -> None:
    if not any(text.strip() for _language, text, _state in facts.names.texts):
        raise Refused(_("The organisation has no name. Write it in at least one language."))
    if facts.kind is OrganisationKind.GOVERNMENT and facts.member is None:
        raise Refused(_("A government organisation belongs to a member. Choose the member."))


@transaction.atomic
def add_organisation(*, facts: OrganisationFacts, by: Viewer, now: datetime) -> Organisation:
    """Enter a new organisation."""
    require(access.may_add_organisation, by)
    _check(facts)
    is_government = facts.kind is OrganisationKind.GOVERNMENT
    if facts.member and is_government and facts.member.state == MemberState.FORMER:
        raise Refused(
            _("{member} is no longer a member. Choose another.").format(member=facts.member)
        )
    if not access.is_officer(by) and not (
        facts.member and access.acts_for_country(by, facts.member.iso3)
    ):
        raise Refused(_("You may enter organisations of your own country only."))
    return _write(Organisation(), facts, by=by, now=now, verb="add_organisation")


def _write(
    row: Organisation, facts: OrganisationFacts, *, by: Viewer | None, now: datetime, verb: str
) -> Organisation:
    before = {"kind": row.kind, "member": row.member_id} if row.pk else None
    row.names, row.short_name = facts.names, facts.short_name
    row.kind, row.member, row.parent = facts.kind, facts.member, facts.parent
    row.domains = sorted(domain.strip().casefold() for domain in facts.domains if domain.strip())
    row.name_key = _key(facts.names)
    row.save()
    finding.index_organisation(row, now)
    note_audit(
        verb, row, by=by, now=now, before=before, after={"kind": row.kind, "member": row.member_id}
    )
    return row


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, facts: OrganisationFacts, by: Viewer, now: datetime
) -> Organisation:
    """Correct an organisation's facts."""
    require(access.may_edit_organisation, by, organisation)
    _check(facts)
    if facts.parent is not None and facts.parent.pk == organisation.pk:
        raise Refused(_("An organisation cannot stand above itself. Choose another."))
    member_id = facts.member.pk if facts.member else None
    if organisation.member_id != member_id and not access.is_officer(by):
        raise Refused(_("Only the secretariat moves an organisation to another member."))
    return _write(organisation, facts, by=by, now=now, verb="change_organisation")


@transaction.atomic
def merge_organisations(
    *, organisation: Organisation, into: Organisation, by: Viewer, now: datetime
) -> Organisation:
    """Make one organisation out of two: people, roles and invitations move over."""
    require(access.may_keep_organisations, by, organisation)
    if into.pk == organisation.pk:
        raise Refused(_("An organisation cannot be merged into itself. Choose another."))
    if into.state != OrganisationState.ACTIVE:
        raise Refused(_("The other organisation is closed or merged. Choose an active one."))
    if into.member_id != organisation.member_id:
        raise Refused(_("The two belong to different members. Correct the member first."))
    _move(organisation, OrganisationState.MERGED, into=into)
    finding.index_organisation(organisation, now)
    moved = {
        "people": Affiliation.objects.filter(organisation=organisation).update(organisation=into),
        "grants": Grant.objects.filter(organisation=organisation).update(organisation=into),
        "invitations": Invitation.objects.filter(organisation=organisation).update(
            organisation=into
        ),
    }
    Organisation.objects.filter(parent=organisation).exclude(pk=into.pk).update(parent=into)
    note_audit("merge_organisations", organisation, by=by, now=now, after={"into": into.pk} | moved)
    return organisation


@transaction.atomic
def close_organisation(
    *, organisation: Organisation, reason: str, by: Viewer, now: datetime
) -> Organisation:
    """Close an organisation nobody works for any more."""
    require(access.may_keep_organisations, by, organisation)
    if Grant.objects.filter(organisation=organisation, state="active").exists():
        raise Refused(_("People still hold roles here. End their roles or merge it instead."))
    _move(organisation, OrganisationState.CLOSED)
    organisation.close_reason = reason.strip()
    organisation.save(update_fields=["close_reason"])
    note_audit("close_organisation", organisation, by=by, now=now)
    return organisation


@transaction.atomic
def reopen_organisation(*, organisation: Organisation, by: Viewer, now: datetime) -> Organisation:
    """Open a closed organisation again."""
    require(access.may_keep_organisations, by, organisation)
    _move(organisation, OrganisationState.ACTIVE)
    note_audit("reopen_organisation", organisation, by=by, now=now)
    return organisation


def _move(
    organisation: Organisation, wanted: OrganisationState, into: Organisation | None = None
) -> None:
    fresh = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if wanted not in ALLOWED[OrganisationState][OrganisationState(fresh.state)]:
        raise Refused(_("This organisation has changed meanwhile. Reload the page to see it."))
    organisation.state, organisation.merged_into = wanted, into
    organisation.save(update_fields=["state", "merged_into"])


# ---------------------------------------------------------------- import
@dataclass(frozen=True)
class ImportedOrganisation:
    """One checked row of a sheet."""

    row: int
    facts: OrganisationFacts
    known_public_id: str = ""


@dataclass(frozen=True)
class ImportResult:
    """What an import did; its key undoes it."""

    key: str
    added_count: int
    known_count: int


@transaction.atomic
def import_organisations(
    *, rows: Sequence[ImportedOrganisation], by: Viewer, now: datetime
) -> ImportResult:
    """Enter every new row of a checked sheet, all or none; rows known already are left alone."""
    require(access.may_import, by)
    key = secrets.token_hex(8)
    fresh = [row for row in rows if not row.known_public_id]
    for row in fresh:
        _check(row.facts)
        _write(Organisation(import_key=key), row.facts, by=by, now=now, verb="import_organisation")
    return ImportResult(key, len(fresh), len(rows) - len(fresh))


@transaction.atomic
def undo_import(*, key: str, by: Viewer, now: datetime) -> int:
    """Remove what an import entered, unless somebody works with it already."""
    require(access.may_import, by)
    rows = list(Organisation.objects.filter(import_key=key).order_by("id")) if key else []
    if not rows:
        raise Refused(_("There is nothing to undo: this import was undone before."))
    for row in rows:
        used = (
            Grant.objects.filter(organisation=row).exists()
            or Affiliation.objects.filter(organisation=row).exists()
            or Invitation.objects.filter(organisation=row).exists()
        )
        if used:
            raise Refused(
                _("“{name}” is in use already. Close or merge it instead of undoing.").format(
                    name=row
                )
            )
    for row in rows:
        note_audit("undo_import", row, by=by, now=now)
        finding.forget(row)
        row.delete()
    return len(rows)
