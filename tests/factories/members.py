"""Plain factories of the room members."""

import itertools
from datetime import UTC, date, datetime

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members.models import Grant, Member, Organisation, Person, Share
from serai.members.queries import viewer_of
from serai.members.states import (
    MEMBER_ROLES,
    ORGANISATION_ROLES,
    OrganisationKind,
    PersonState,
    Role,
)

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
SHORT_NAMES = {
    "AFG": ("Afghanistan", "Asia/Kabul"), "AZE": ("Azerbaijan", "Asia/Baku"),
    "CHN": ("People's Republic of China", "Asia/Shanghai"), "GEO": ("Georgia", "Asia/Tbilisi"),
    "KAZ": ("Kazakhstan", "Asia/Almaty"), "KGZ": ("Kyrgyz Republic", "Asia/Bishkek"),
    "MNG": ("Mongolia", "Asia/Ulaanbaatar"), "PAK": ("Pakistan", "Asia/Karachi"),
    "TJK": ("Tajikistan", "Asia/Dushanbe"), "TKM": ("Turkmenistan", "Asia/Ashgabat"),
    "UZB": ("Uzbekistan", "Asia/Tashkent"),
}  # fmt: skip
_numbers = itertools.count(1)


def member(iso3: str = "GEO", **fields) -> Member:
    """A member; the same one when it is asked for twice."""
    found = Member.objects.filter(iso3=iso3).first()
    if found:
        return found
    name, zone = SHORT_NAMES.get(iso3, (iso3, "UTC"))
    order = sorted({*SHORT_NAMES, iso3}).index(iso3) + 1
    defaults = {
        "names": TranslatedText.of(name),
        "short_name": TranslatedText.of(name),
        "languages": ["en"],
        "time_zone": zone,
        "order": order,
    }
    return Member.objects.create(iso3=iso3, **(defaults | fields))


def organisation(name: str = "", *, country: Member | str | None = "GEO", **fields) -> Organisation:
    """A government organisation of Georgia unless told otherwise."""
    if isinstance(country, str):
        country = member(country)
    text = name or f"Agency {next(_numbers)}"
    defaults = {"names": TranslatedText.of(text), "kind": OrganisationKind.GOVERNMENT}
    return Organisation.objects.create(
        member=country, **(defaults | {"name_key": text.casefold()} | fields)
    )


def person(email: str = "", **fields) -> Person:
    """An active person without any grant."""
    number = next(_numbers)
    defaults = {
        "full_name": f"Person {number}",
        "state": PersonState.ACTIVE,
        "joined_at": NOON,
    }
    return Person.objects.create_user(
        email or f"person{number}@agency.example", **(defaults | fields)
    )


def grant(
    role: Role | str,
    *,
    to: Person | None = None,
    member: Member | None = None,
    organisation: Organisation | None = None,
    initiatives: tuple[str, ...] = (),
    **fields,
) -> Grant:
    """A role that began in 2021; experts' ends in 2099."""
    until_on = date(2099, 1, 1) if role == Role.EXPERT else None
    defaults = {"from_on": date(2021, 1, 1), "until_on": until_on, "given_at": NOON}
    return Grant.objects.create(
        person=to or person(),
        role=Role(role),
        member=member,
        organisation=organisation,
        initiatives=list(initiatives),
        **(defaults | fields),
    )


def person_with(role: Role | str, scope: str | Organisation | None = None, **fields) -> Person:
    """A person with one role.

    `scope` is an ISO3 code for member roles, an organisation (or None for a new one of Georgia)
    for organisation roles, an initiative for officers and coordinators (None = whole programme),
    and `initiative:ISO3` for experts.
    """
    role = Role(role)
    someone = person(**fields)
    if role in MEMBER_ROLES:
        grant(role, to=someone, member=member(str(scope or "GEO")))
    elif role in ORGANISATION_ROLES:
        place = scope if isinstance(scope, Organisation) else organisation(str(scope or ""))
        grant(role, to=someone, organisation=place)
    elif role is Role.EXPERT:
        code, _, iso3 = str(scope or "virtual-carec:GEO").partition(":")
        grant(role, to=someone, member=member(iso3 or "GEO"), initiatives=(code,))
    else:
        grant(role, to=someone, initiatives=(str(scope),) if scope else ())
    return someone


def viewer_with(
    role: Role | str | None = None, scope: str | Organisation | None = None, **fields
) -> Viewer:
    """The viewer of a new person with one role; without a role, a signed-in person alone."""
    someone = person(**fields) if role is None else person_with(role, scope, **fields)
    return viewer_of(someone, NOON)


def share(thing: str, key: str, **fields) -> Share:
    """One thing shown by name to one key."""
    defaults = {"shared_by": fields.pop("by", None) or person(), "shared_at": NOON}
    return Share.objects.create(thing=thing, key=key, **(defaults | fields))
