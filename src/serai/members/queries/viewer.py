"""What a person is and may read at a moment."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db.models import Q

from serai.base.access import Viewer
from serai.base.ready import ANY_NUMBER, KEPT, Ready
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
    """Return what a person is and may read at a moment; two queries, three for administrators."""
    if not person.is_active:
        return Viewer()
    held = _held(person, now.date())
    keys = {access.PUBLIC, access.person_key(person.pk)}
    roles: set[str] = set()
    for one in held:
        keys |= _keys_of(one)
        roles |= _roles_of(one)
    if Role.ADMINISTRATOR in roles:
        keys |= _unlocked_keys(person, now)
    keys |= _shared_keys(keys, now.date())
    return Viewer(
        keys=frozenset(keys),
        roles=frozenset(roles),
        person_id=person.pk,
        name=person.address_as or person.full_name or person.email,
        language=person.language,
        time_zone=person.time_zone,
        is_sample=person.sample,
    )


def _held(person: Person, day: date) -> list[Held]:
    """Return a person's roles of a day; no model is made for them, as every page asks."""
    return [Held(*row) for row in _ready_grants(day).rows(number=person.pk)]


@lru_cache(maxsize=KEPT)
def _ready_grants(day: date) -> Ready[tuple[Any, ...]]:
    rows = Grant.objects.filter(active_on(day), person_id=ANY_NUMBER).order_by("id")
    names = ("role", "initiatives", "member__iso3", "organisation_id", "organisation__kind")
    return Ready(rows.values_list(*names))


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


def _unlocked_keys(person: Person, now: datetime) -> set[str]:
    """Return what an open unlock lets an administrator read; never a country's or agency's own."""
    scopes = Unlock.objects.filter(
        administrator=person, state=UnlockState.OPEN, until_at__gt=now
    ).values_list("scope", flat=True)
    opened = {
        scope
        for scope in scopes
        if scope.partition(":")[0] in {Audience.MEMBERS.value, Audience.SECRETARIAT.value}
    }
    return opened | ({access.UNLOCKED} if opened else set())


def _shared_keys(keys: set[str], day: date) -> set[str]:
    """Return one key for each thing shared by name with somebody who holds these keys."""
    return {access.share_key(thing) for (thing,) in _ready_shares(frozenset(keys), day).rows()}


@lru_cache(maxsize=KEPT)
def _ready_shares(keys: frozenset[str], day: date) -> Ready[tuple[Any, ...]]:
    shares = Share.objects.filter(
        Q(until_on=None) | Q(until_on__gte=day), key__in=sorted(keys), ended_at=None
    )
    return Ready(shares.values_list("thing"))
