"""What a person is and may read at a moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from serai.base.access import Viewer
from serai.base.models import Rows
from serai.members import access
from serai.members.models import Grant, Person, Share, Unlock
from serai.members.states import (
    MEMBER_ROLES,
    PROGRAMME_ROLES,
    Audience,
    GrantState,
    OrganisationKind,
    Role,
    UnlockState,
)


def active_on(day: date) -> Q:
    """Return the filter for grants that hold on a day."""
    return Q(state=GrantState.ACTIVE, from_on__lte=day) & (Q(until_on=None) | Q(until_on__gte=day))


@dataclass(frozen=True, slots=True)
class Held:
    """One role held today, with its scope."""

    role: str
    initiatives: list[str]
    iso3: str | None
    organisation_id: int | None
    organisation_kind: str | None


def viewer_of(person: Person, now: datetime) -> Viewer:
    """Return what a person is and may read at a moment; one query."""
    if not person.is_active:
        return Viewer()
    held, shared, unlocked = _standing(person, now)
    keys = {access.PUBLIC, access.person_key(person.pk)}
    roles: set[str] = set()
    for one in held:
        keys |= _keys_of(one)
        roles |= _roles_of(one)
    if Role.ADMINISTRATOR in roles:
        keys |= _unlocked_keys(unlocked)
    keys |= {access.share_key(thing) for key, thing in shared if key in keys}
    return Viewer(
        keys=frozenset(keys),
        roles=frozenset(roles),
        person_id=person.pk,
        name=person.address_as or person.full_name or person.email,
        language=person.language,
        time_zone=person.time_zone,
        is_sample=person.sample,
    )


def _standing(person: Person, now: datetime) -> tuple[list[Held], list[tuple[str, str]], list[str]]:
    """Return a person's roles of today, what is shared by name with their like, open unlocks."""
    day = now.date()
    grants = Grant.objects.filter(active_on(day), person=person)
    shares = Share.objects.filter(
        Q(key=access.person_key(person.pk))
        | Q(key__in=_keys_from(grants.exclude(member=None), "country", "member__iso3"))
        | Q(key__in=_keys_from(grants.exclude(organisation=None), "organisation", "organisation_id")),
        Q(until_on=None) | Q(until_on__gte=day),
        ended_at=None,
    )  # fmt: skip
    unlocks = Unlock.objects.filter(administrator=person, state=UnlockState.OPEN, until_at__gt=now)
    found = Person.objects.filter(pk=person.pk).values_list(
        Rows(
            Held, grants.order_by("id"),
            "role", "initiatives", "member__iso3", "organisation_id", "organisation__kind",
        ),
        Rows(_pair, shares.order_by("id"), "key", "thing"),
        Rows(str, unlocks.order_by("id"), "scope"),
    )  # fmt: skip
    return found.first() or ([], [], [])


def _keys_from(grants: QuerySet[Grant], kind: str, path: str) -> QuerySet[Grant]:
    """Return the keys such as `country:GEO` that the places of some grants may open."""
    place = Cast(path, output_field=CharField())
    return grants.values_list(Concat(Value(f"{kind}:"), place), flat=True)


def _pair(key: str, thing: str) -> tuple[str, str]:
    return key, thing


def viewer_of_person_id(person_id: int, now: datetime) -> Viewer:
    """Return the viewer of a person by number, for jobs; a closed account reads as a visitor."""
    person = Person.objects.filter(pk=person_id).first()
    return viewer_of(person, now) if person else Viewer()


def _keys_of(held: Held) -> set[str]:
    """Return the audience keys that one role opens."""
    role = Role(held.role)
    if role in PROGRAMME_ROLES:
        return {access.MEMBERS} | {
            access.secretariat_key(code) for code in held.initiatives or [""]
        }
    if role is Role.EXPERT and held.iso3 is not None:
        return {access.expert_key(code, held.iso3) for code in held.initiatives}
    if role in {Role.FOCAL_POINT, Role.DEPUTY} and held.iso3 is not None:
        return {access.MEMBERS, access.country_key(held.iso3)}
    if role is Role.COMMITTEE:
        return {access.MEMBERS}
    if held.organisation_id is not None:
        keys = {access.organisation_key(held.organisation_id)}
        if role is not Role.PARTNER and held.organisation_kind == OrganisationKind.GOVERNMENT:
            keys.add(access.MEMBERS)
        return keys
    return set()


def _roles_of(held: Held) -> set[str]:
    """Return a role with its scopes: `officer`, `officer@virtual-carec`, `lead@12`."""
    role = Role(held.role)
    if role in MEMBER_ROLES and held.iso3 is not None:
        return {f"{role}@{held.iso3}"}
    if held.organisation_id is not None:
        scopes = {f"{role}@{code}" for code in held.initiatives}
        return scopes | {f"{role}@{held.organisation_id}"}
    if held.initiatives:
        return {f"{role}@{code}" for code in held.initiatives}
    return {role.value}


def _unlocked_keys(scopes: Iterable[str]) -> set[str]:
    """Return what an open unlock lets an administrator read; never a country's or agency's own."""
    opened = {
        scope
        for scope in scopes
        if scope.partition(":")[0] in {Audience.MEMBERS.value, Audience.SECRETARIAT.value}
    }
    return opened | ({access.UNLOCKED} if opened else set())
