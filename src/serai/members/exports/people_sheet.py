"""A sheet of people: read to invite them all at once, and written in the same shape."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.imports import CellFault, Preview, Wanted, doubled, preview
from serai.base.shown import Mark
from serai.base.tables import Column, Sheet, Table
from serai.members import queries
from serai.members.states import MEMBER_ROLES, ORGANISATION_ROLES, Role
from serai.members.states.words import ROLE_NAMES

MOST_PEOPLE = 500
Check = Callable[["SheetPerson"], bool]


@dataclass(frozen=True)
class SheetPerson:
    """One row of a sheet of people, as it would be invited.

    Attributes:
        organisation: the public id of the organisation; empty where the role has none.
        place: the member's or organisation's name as the preview shows it.
        is_known: the person holds the role, or is invited to it, already; left alone.
    """

    email: str
    full_name: str
    role: Role
    iso3: str
    organisation: str
    place: str
    initiatives: tuple[str, ...]
    until_on: date | None
    language: str
    is_known: bool = False

    @property
    def key(self) -> str:
        """Return what makes the row one: whom it invites to what, where."""
        place = self.iso3 or self.organisation
        return " ".join(part for part in (self.email, self.role.value, place) if part)


@dataclass(frozen=True)
class Places:
    """What names of members, organisations and initiatives stand for."""

    members: Mapping[str, str]
    organisations: Mapping[str, Sequence[queries.OrganisationRow]]
    initiatives: Mapping[str, str]


def places_of(viewer: Viewer) -> Places:
    """Gather the names and codes a sheet may use."""
    codes = {}
    for row in queries.members(viewer):
        codes[queries.name_key(row.iso3)] = row.iso3
        for text in (row.names, row.short_name):
            codes |= {queries.name_key(name): row.iso3 for _code, name, _state in text.texts}
    named: dict[str, list[queries.OrganisationRow]] = {}
    for found in queries.organisations_offered(viewer):
        for name in {queries.name_key(text) for _code, text, _state in found.names.texts}:
            named.setdefault(name, []).append(found)
    initiatives: dict[str, str] = {}
    for choice in queries.PLUGS.initiatives(viewer):
        initiatives |= {queries.name_key(name): choice.code for name in (choice.code, choice.name)}
    return Places(codes, named, initiatives)


def people_columns(places: Places | None = None) -> list[Wanted]:
    """Return the columns an import of people looks for."""
    known = places or Places({}, {}, {})
    return [
        Wanted("email", _("E-mail"), ("e-mail address", "mail", "почта"), True, _email),
        Wanted("full_name", pgettext("person", "Name"), ("full name", "имя", "фио")),
        Wanted("role", _("Role"), ("роль",), True, _role),
        Wanted(
            "member", _("Member"), ("country", "iso3", "страна", "участник"),
            read=lambda text: _member(text, known),
        ),
        Wanted("organisation", _("Organisation"), ("organization", "agency", "организация")),
        Wanted(
            "initiatives", _("Initiatives"), ("initiative", "инициативы"),
            read=lambda text: _initiatives(text, known),
        ),
        Wanted("until_on", _("Last day"), ("until", "до"), read=_day),
        Wanted("language", _("Language"), ("язык",), read=_language),
    ]  # fmt: skip


def _email(text: str) -> str:
    found = text.strip().casefold()
    try:
        validate_email(found)
    except ValidationError as error:
        raise CellFault(
            _("“{text}” is not an e-mail address. Write it as name@agency.example.").format(
                text=text
            )
        ) from error
    return found


def _role(text: str) -> Role:
    wanted = queries.name_key(text)
    for role in Role:
        if wanted in {role.value, role.value.replace("_", " "), _folded(ROLE_NAMES[role])}:
            return role
    raise CellFault(
        _("“{text}” is no role. Write one of: {roles}.").format(
            text=text, roles=", ".join(role.value for role in Role)
        )
    )


def _folded(word: object) -> str:
    return queries.name_key(str(word))


def _member(text: str, places: Places) -> str:
    iso3 = places.members.get(queries.name_key(text))
    if iso3 is None:
        raise CellFault(_("“{text}” is no member. Write its code, such as GEO.").format(text=text))
    return iso3


def _initiatives(text: str, places: Places) -> tuple[str, ...]:
    found = []
    for word in text.replace(";", ",").split(","):
        code = places.initiatives.get(queries.name_key(word))
        if word.strip() and code is None:
            raise CellFault(
                _("“{text}” is no initiative. Write one of: {codes}.").format(
                    text=word.strip(), codes=", ".join(sorted(set(places.initiatives.values())))
                )
            )
        if code:
            found.append(code)
    return tuple(dict.fromkeys(found))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise CellFault(
            _("“{text}” is no day. Write it as 2027-06-30, or leave it empty.").format(text=text)
        ) from error


def _language(text: str) -> str:
    offered = {code: _folded(name) for code, name in settings.LANGUAGES}
    for code, name in offered.items():
        if queries.name_key(text) in {code, name}:
            return code
    raise CellFault(
        _("“{text}” is no language of this site. Write one of: {codes}.").format(
            text=text, codes=", ".join(offered)
        )
    )


def read_people(
    viewer: Viewer, sheet: Sheet, columns: Mapping[str, int], check: Check
) -> Preview[SheetPerson]:
    """Read every row and name every fault at once, by sheet, row and column.

    Args:
        viewer: whose members, organisations and initiatives the names are looked up among.
        sheet: the first row holds the heads.
        columns: key → place.
        check: tells whether a row is known already, or raises CellFault where it cannot be invited.
    """
    places = places_of(viewer)

    def make(values: Mapping[str, object]) -> SheetPerson:
        row = _person(values, places)
        return row if not check(row) else SheetPerson(**(vars(row) | {"is_known": True}))

    found = preview(sheet, people_columns(places), columns, make)
    twice = doubled(found.entries, lambda row: row.key, "")
    faults = sorted((*found.faults, *twice), key=lambda fault: fault.row)
    return Preview(found.entries, tuple(faults))


def _person(values: Mapping[str, object], places: Places) -> SheetPerson:
    role = Role(str(values["role"]))
    iso3 = str(values["member"] or "")
    organisation = _organisation(role, str(values["organisation"] or ""), iso3, places)
    initiatives = values["initiatives"]
    until_on = values["until_on"]
    has_member = role in MEMBER_ROLES or role is Role.EXPERT
    return SheetPerson(
        email=str(values["email"]),
        full_name=str(values["full_name"] or "").strip()[:200],
        role=role,
        iso3=iso3 if has_member else "",
        organisation=organisation.public_id if organisation else "",
        place=_name(organisation) if organisation else (iso3 if has_member else ""),
        initiatives=initiatives if isinstance(initiatives, tuple) else (),
        until_on=until_on if isinstance(until_on, date) else None,
        language=str(values["language"] or get_language() or settings.LANGUAGE_CODE),
    )


def _name(row: queries.OrganisationRow) -> str:
    return str(row.names.pick(get_language() or "en")[0])


def _organisation(
    role: Role, name: str, iso3: str, places: Places
) -> queries.OrganisationRow | None:
    """Return the organisation a row names; the member beside it tells namesakes apart."""
    if role not in ORGANISATION_ROLES or not name:
        return None
    found = places.organisations.get(queries.name_key(name), ())
    fitting = [row for row in found if not iso3 or row.iso3 == iso3]
    if not fitting:
        raise CellFault(
            _("“{name}” is no organisation here. Enter it first, or write its name as the list "
              "of organisations does.").format(name=name)
        )  # fmt: skip
    if len(fitting) > 1:
        raise CellFault(
            _("“{name}” is the name of several organisations. Write the member too.").format(
                name=name
            )
        )
    return fitting[0]


def invitees_table(found: Preview[SheetPerson]) -> Table:
    """Return what an import would do, row by row; rows with faults stand in the list of faults."""
    return Table(
        title=_("What the import would do"),
        columns=[
            Column("row", _("Row"), "number"),
            Column("email", _("E-mail")),
            Column("name", pgettext("person", "Name")),
            Column("role", _("Role")),
            Column("place", _("Where")),
            Column("act", _("What happens")),
        ],
        rows=[
            {
                "row": entry.row.number,
                "email": entry.value.email,
                "name": entry.value.full_name,
                "role": ROLE_NAMES[entry.value.role],
                "place": "; ".join(
                    part for part in (entry.value.place, ", ".join(entry.value.initiatives)) if part
                )
                or _("the whole programme"),
                "act": Mark("open", _("known already, left alone"))
                if entry.value.is_known
                else Mark("done", _("is invited")),
            }
            for entry in found.entries
        ],
    )


def roles_sheet(rows: Sequence[queries.GrantRow]) -> Table:
    """Return roles one a row, in the shape the import reads: a filled sheet to begin with.

    A row begins with an address: whose address one may not read is left out.
    """
    rows = [row for row in rows if row.email]
    titles = {column.key: column.title for column in people_columns()}
    language = get_language() or "en"
    return Table(
        title=_("People and roles"),
        columns=[
            Column(key, title, "day" if key == "until_on" else "text")
            for key, title in titles.items()
        ],
        rows=[
            {
                "email": row.email,
                "full_name": row.person_name,
                "role": row.role.value,
                "member": row.iso3 or row.organisation_iso3,
                "organisation": row.place.pick(language)[0]
                if row.role in ORGANISATION_ROLES
                else "",
                "initiatives": ", ".join(row.initiatives),
                "until_on": row.until_on,
                "language": row.language,
            }
            for row in rows
        ],
        sample=bool(rows) and all(row.sample for row in rows),
    )
