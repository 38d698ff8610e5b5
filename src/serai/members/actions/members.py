"""Changing members' facts; setting members, organisations and people up from a preset or sample."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.members import access, queries
from serai.members.actions import finding
from serai.members.actions.records import Refused, note_audit
from serai.members.models import Affiliation, Grant, Member, Organisation, Person
from serai.members.states import (
    Clearance,
    GrantState,
    MemberState,
    OrganisationKind,
    PersonState,
    Role,
)


@dataclass(frozen=True)
class MemberFacts:
    """What is known of a member."""

    iso3: str
    names: TranslatedText
    short_name: TranslatedText
    languages: tuple[str, ...]
    time_zone: str
    tile: tuple[int, int] | None
    order: int
    clearance: Clearance = Clearance.FOCAL_POINT


@transaction.atomic
def change_member(*, member: Member, facts: MemberFacts, by: Viewer, now: datetime) -> Member:
    """Correct a member's facts; its code too, as long as nothing refers to it."""
    require(access.may_edit_member, by, member)
    if facts.iso3 != member.iso3:
        _check_code(member, facts.iso3)
    check_tile(member, facts.tile)
    return _write_member(member, facts, by=by, now=now)


@transaction.atomic
def add_member(*, facts: MemberFacts, by: Viewer, now: datetime) -> Member:
    """Enter a member under a code that nobody has."""
    require(access.may_edit_member, by)
    _check_free(facts.iso3)
    member = Member()
    check_tile(member, facts.tile)
    return _write_member(member, facts, by=by, now=now)


def _check_free(iso3: str) -> None:
    if Member.objects.filter(iso3=iso3).exists():
        raise Refused(_("{iso3} is a member already.").format(iso3=iso3))


def _check_code(member: Member, iso3: str) -> None:
    """Refuse a new code once rows, or keys that say who reads what, carry the old one."""
    _check_free(iso3)
    if queries.is_in_use(member):
        raise Refused(
            _(
                "The code {iso3} cannot be corrected any more: people, organisations, requests or "
                "records belong to it. End this membership and enter the member again under the "
                "right code."
            ).format(iso3=member.iso3)
        )


def check_tile(member: Member, tile: tuple[int, int] | None) -> None:
    """Refuse a tile on which another member stands today."""
    if not tile:
        return
    column, row = tile
    taken = Member.objects.filter(
        tile_column=column, tile_row=row, state=MemberState.ACTIVE
    ).exclude(pk=member.pk)
    if taken.exists():
        raise Refused(
            _("The tile at column {column}, row {row} is taken. Choose another.").format(
                column=column, row=row
            )
        )


def _write_member(
    member: Member, facts: MemberFacts, *, by: Viewer | None, now: datetime
) -> Member:
    before = _shown(member) if member.pk else None
    member.iso3 = facts.iso3
    member.names, member.short_name = facts.names, facts.short_name
    member.languages = list(facts.languages)
    member.time_zone = facts.time_zone
    member.tile_column, member.tile_row = facts.tile or (None, None)
    member.order, member.clearance = facts.order, facts.clearance
    if before == _shown(member):
        return member
    member.save()
    finding.index_member(member, now)
    note_audit("change_member", member, by=by, now=now, before=before, after=_shown(member))
    return member


def _shown(member: Member) -> dict[str, object]:
    return {
        "iso3": member.iso3,
        "names": member.names.to_json(),
        "short_name": member.short_name.to_json(),
        "languages": list(member.languages),
        "time_zone": member.time_zone,
        "tile": [member.tile_column, member.tile_row],
        "order": member.order,
        "clearance": str(member.clearance),
    }


@transaction.atomic
def put_member(*, facts: MemberFacts, now: datetime, by: Viewer | None = None) -> Member:
    """Enter a member from a preset, or bring the one with this code up to it."""
    member = Member.objects.filter(iso3=facts.iso3).first() or Member()
    return _write_member(member, facts, by=by, now=now)


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation of a preset or of the sample."""

    code: str
    names: TranslatedText
    kind: OrganisationKind
    short_name: TranslatedText = TranslatedText()
    iso3: str = ""
    sample: bool = False


@transaction.atomic
def put_organisation(
    *, facts: OrganisationRow, now: datetime, by: Viewer | None = None
) -> Organisation:
    """Enter an organisation by its code, or bring the one with this code up to it."""
    row = Organisation.objects.filter(code=facts.code).first() or Organisation(code=facts.code)
    row.names, row.short_name, row.kind = facts.names, facts.short_name, facts.kind
    row.member = Member.objects.get(iso3=facts.iso3) if facts.iso3 else None
    row.sample = facts.sample
    row.name_key = queries.name_key(str(facts.names))[:300]
    row.save()
    finding.index_organisation(row, now)
    note_audit("put_organisation", row, by=by, now=now, after={"code": facts.code})
    return row


@dataclass(frozen=True)
class SamplePerson:
    """A person of the sample: nobody real, an address under `.example`."""

    email: str
    full_name: str
    language: str = "en"
    time_zone: str = "UTC"


@transaction.atomic
def put_sample_person(*, facts: SamplePerson, now: datetime) -> Person:
    """Enter a sample person, or return the one with this address."""
    if not facts.email.endswith(".example"):
        raise Refused(_("Sample people have addresses under .example only."))
    person = Person.objects.filter(email=facts.email.casefold()).first()
    if person is None:
        person = Person.objects.create_user(
            facts.email,
            full_name=facts.full_name,
            language=facts.language,
            time_zone=facts.time_zone,
            state=PersonState.ACTIVE,
            joined_at=now,
            sample=True,
        )
        note_audit("put_sample_person", person, by=None, now=now)
    return person


@dataclass(frozen=True)
class SampleGrant:
    """A role of a sample person."""

    role: Role
    iso3: str = ""
    organisation_code: str = ""
    initiatives: tuple[str, ...] = ()
    from_on: date | None = None
    until_on: date | None = None
    title: str = ""


@transaction.atomic
def put_sample_grant(*, person: Person, facts: SampleGrant, now: datetime) -> Grant:
    """Give a sample person a role once, with the affiliation it goes with."""
    if not person.sample:
        raise Refused(_("Sample roles are for sample people only."))
    place = {
        "member": Member.objects.get(iso3=facts.iso3) if facts.iso3 else None,
        "organisation": (
            Organisation.objects.get(code=facts.organisation_code)
            if facts.organisation_code
            else None
        ),
    }
    from_on = facts.from_on or now.date()
    known = Grant.objects.filter(
        person=person, role=facts.role, state=GrantState.ACTIVE, **place
    ).first()
    if known:
        return known
    grant = Grant.objects.create(
        person=person,
        role=facts.role,
        initiatives=sorted(facts.initiatives),
        from_on=from_on,
        until_on=facts.until_on,
        given_at=now,
        **place,
    )
    if grant.organisation:
        Affiliation.objects.get_or_create(
            person=person,
            organisation=grant.organisation,
            defaults={"title": facts.title, "from_on": from_on},
        )
    note_audit("put_sample_grant", grant, by=None, now=now)
    return grant
