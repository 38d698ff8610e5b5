"""Lists of the room as tables for pages and files, and sheets read in."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.charts import Chart, Tile, tile_map
from serai.base.days import plain_day
from serai.base.languages import language_name
from serai.base.shown import Linked, Mark
from serai.base.tables import Column, Table
from serai.base.text import TranslatedText
from serai.base.zones import city
from serai.members import queries
from serai.members.states import MemberState, OrganisationKind
from serai.members.states.words import (
    INVITATION_STATES,
    INVITATION_TONES,
    KIND_NAMES,
    ORGANISATION_STATES,
    PERSON_STATES,
    PERSON_TONES,
    ROLE_NAMES,
)


def _words(text: TranslatedText) -> str:
    return text.pick(get_language() or "en")[0]


def organisations_table(rows: Sequence[queries.OrganisationRow]) -> Table:
    """Return organisations with their member, kind and people."""
    return Table(
        title=_("Organisations"),
        columns=[
            Column("name", _("Organisation")),
            Column("member", _("Member")),
            Column("kind", _("Kind")),
            Column("parent", _("Belongs to")),
            Column("people", _("People"), "number"),
            Column("state", _("State")),
        ],
        rows=[
            {
                "name": Linked(
                    _words(row.names),
                    reverse("members:organisation", args=[row.public_id]),
                    is_sample=row.sample,
                ),
                "member": _words(row.member_name) or _("none"),
                "kind": KIND_NAMES[row.kind],
                "parent": _words(row.parent),
                "people": row.people_count,
                "state": ORGANISATION_STATES[row.state],
            }
            for row in rows
        ],
    )


def people_table(rows: Sequence[queries.PersonRow]) -> Table:
    """Return people with their roles."""
    return Table(
        title=_("People"),
        columns=[
            Column("name", pgettext("person", "Name")),
            Column("email", _("E-mail")),
            Column("roles", _("Roles")),
            Column("state", _("Account")),
            Column("latest_at", _("Latest sign-in"), "moment"),
        ],
        rows=[
            {
                "name": Linked(
                    row.full_name or row.email,
                    reverse("members:person", args=[row.public_id]),
                    is_sample=row.sample,
                    note=row.title,
                ),
                "email": row.email,
                "roles": ", ".join(role_words(tag) for tag in row.roles) or _("none"),
                "state": Mark(PERSON_TONES[row.state], str(PERSON_STATES[row.state])),
                "latest_at": (row.latest_at or _("never")) if row.email else "",
            }
            for row in rows
        ],
    )


def role_words(tag: queries.RoleTag) -> str:
    """Return a role with its place: "Country focal point (GEO)"."""
    name = str(ROLE_NAMES[tag.role])
    return _("{role} ({place})").format(role=name, place=tag.place) if tag.place else name


def grants_table(rows: Sequence[queries.GrantRow]) -> Table:
    """Return roles with their people, places and dates."""
    return Table(
        title=_("Roles given"),
        columns=[
            Column("person", _("Person")),
            Column("role", _("Role")),
            Column("place", _("Where")),
            Column("from_on", _("From"), "day"),
            Column("until_on", _("Until"), "day"),
            Column("given_by", _("Given by")),
            Column("act", _("Change")),
        ],
        rows=[
            {
                "person": Linked(
                    row.person_name,
                    reverse("members:person", args=[row.person_public_id]),
                    is_sample=row.sample,
                ),
                "role": ROLE_NAMES[row.role],
                "place": place_words(row.place, row.initiatives),
                "from_on": row.from_on,
                "until_on": row.until_on or _("no end"),
                "given_by": row.given_by or _("set-up"),
                "act": Linked(_("End"), reverse("members:end_grant", args=[row.public_id]))
                if row.may_end
                else "",
            }
            for row in rows
        ],
    )


def place_words(place: TranslatedText, initiatives: Sequence[str]) -> str:
    """Return where a role holds, in words."""
    parts = [part for part in (_words(place), ", ".join(initiatives)) if part]
    return "; ".join(parts) or _("the whole programme")


def invitations_table(rows: Sequence[queries.InvitationRow]) -> Table:
    """Return invitations with their state."""
    return Table(
        title=_("Invitations"),
        columns=[
            Column("email", _("E-mail")),
            Column("role", _("Role")),
            Column("place", _("Where")),
            Column("state", _("State")),
            Column("expires_at", _("Good until"), "moment"),
            Column("invited_by", _("Invited by")),
            Column("act", _("Change")),
        ],
        rows=[
            {
                "email": row.email,
                "role": ROLE_NAMES[row.role],
                "place": place_words(row.place, row.initiatives),
                "state": Mark(INVITATION_TONES[row.state], str(INVITATION_STATES[row.state])),
                "expires_at": row.expires_at,
                "invited_by": row.invited_by or _("set-up"),
                "act": Linked(
                    _("Send again or withdraw"),
                    reverse("members:invitation", args=[row.public_id]),
                )
                if row.may_withdraw or row.may_repeat
                else "",
            }
            for row in rows
        ],
    )


def members_table(rows: Sequence[queries.MemberRow]) -> Table:
    """Return members in programme order; the last day stands beside those that have one."""
    columns = [
        Column("name", _("Member")),
        Column("iso3", _("Code")),
        Column("languages", _("Working languages")),
        Column("time_zone", _("Time zone")),
    ]
    if any(row.until_on for row in rows):
        columns.append(Column("until", _("Membership")))
    return Table(
        title=_("Members"),
        columns=columns,
        rows=[
            {
                "name": Linked(
                    _words(row.short_name),
                    reverse("members:member", args=[row.iso3]),
                    is_sample=row.sample,
                ),
                "iso3": row.iso3,
                "languages": ", ".join(language_name(code) for code in row.languages),
                "time_zone": city(row.time_zone),
                "until": _membership(row),
            }
            for row in rows
        ],
    )


def _membership(row: queries.MemberRow) -> str:
    if row.until_on is None:
        return ""
    words = _("until %(day)s") if row.state is MemberState.ACTIVE else _("ended on %(day)s")
    return words % {"day": plain_day(row.until_on)}


# ---------------------------------------------------------------- sheets read in
WANTED = ("name_en", "name_ru", "member", "kind", "domains")


@dataclass(frozen=True)
class SheetRow:
    """One row of an import as it was read.

    Attributes:
        number: the row in the sheet, 2 for the first below the heads.
        errors: what is wrong, each with where and what to do; empty when it may be entered.
        known_public_id: the organisation that has this name and member already.
    """

    number: int
    names: TranslatedText
    iso3: str
    kind: OrganisationKind | None
    domains: tuple[str, ...]
    known_public_id: str
    errors: tuple[str, ...]


def wanted_columns() -> list[tuple[str, str]]:
    """Return the columns an import looks for, with their names."""
    return [
        ("name_en", _("Name in English")),
        ("name_ru", _("Name in Russian")),
        ("member", _("Member (code or name)")),
        ("kind", _("Kind")),
        ("domains", _("Mail domains")),
    ]


def guess_columns(heads: Sequence[str]) -> dict[str, int]:
    """Guess which head is which wanted column, by common words in English and Russian."""
    hints = {
        "name_en": ("name", "organisation", "organization", "agency", "name (english)"),
        "name_ru": ("name_ru", "название", "организация", "наименование", "name (russian)"),
        "member": ("member", "country", "iso3", "страна", "участник"),
        "kind": ("kind", "type", "вид", "тип"),
        "domains": ("domain", "domains", "mail domains", "домен", "домены"),
    }
    found: dict[str, int] = {}
    lowered = [head.strip().casefold() for head in heads]
    for key, words in hints.items():
        for number, head in enumerate(lowered):
            if (head == key or head in words) and number not in found.values():
                found.setdefault(key, number)
    return found


def read_organisations(
    viewer: Viewer, cells: Sequence[tuple[int, Sequence[str]]], columns: dict[str, int]
) -> list[SheetRow]:
    """Read every numbered row and name every fault at once; nothing is entered."""
    matches = queries.organisation_matches(viewer)
    codes = _member_codes(viewer)
    seen: dict[tuple[str, str], int] = {}
    return [_read_row(number, row, columns, codes, matches, seen) for number, row in cells]


def _member_codes(viewer: Viewer) -> dict[str, str]:
    """Return ISO3 codes by code and by every name, casefolded."""
    codes = {}
    for row in queries.members(viewer):
        codes[row.iso3.casefold()] = row.iso3
        for text in (row.names, row.short_name):
            for _language, name, _state in text.texts:
                codes[queries.name_key(name)] = row.iso3
    return codes


def _read_row(
    number: int,
    row: Sequence[str],
    columns: dict[str, int],
    codes: dict[str, str],
    matches: dict[tuple[str, str], queries.OrganisationMatch],
    seen: dict[tuple[str, str], int],
) -> SheetRow:
    def cell(key: str) -> str:
        place = columns.get(key)
        return row[place].strip() if place is not None and place < len(row) else ""

    names = TranslatedText(
        tuple((c, cell(f"name_{c}"), "source") for c in ("en", "ru") if cell(f"name_{c}"))
    )
    iso3 = codes.get(queries.name_key(cell("member")), "")
    kind = _kind(cell("kind"))
    errors = _faults(number, names, iso3, cell("member"), kind, cell("kind"))
    key = (queries.name_key(" ".join(dict.fromkeys(t for _l, t, _s in names.texts))), iso3)
    if names.texts and key in seen:
        errors.append(
            _("Row {row}: the same organisation stands in row {other}. Remove one.").format(
                row=number, other=seen[key]
            )
        )
    seen.setdefault(key, number)
    known = matches.get(key)
    domains = tuple(d.strip() for d in cell("domains").replace(";", ",").split(",") if d.strip())
    return SheetRow(
        number, names, iso3, kind, domains, known.public_id if known else "", tuple(errors)
    )


def _faults(
    number: int,
    names: TranslatedText,
    iso3: str,
    member_text: str,
    kind: OrganisationKind | None,
    kind_text: str,
) -> list[str]:
    """Say what is wrong with one row by itself."""
    errors = []
    if not names.texts:
        errors.append(
            _("Row {row}: the name is empty. Write it, or remove the row.").format(row=number)
        )
    if member_text and not iso3:
        errors.append(
            _("Row {row}: “{text}” is no member. Write its code, such as GEO.").format(
                row=number, text=member_text
            )
        )
    if kind is None:
        errors.append(
            _("Row {row}: “{text}” is no kind. Write one of: {kinds}.").format(
                row=number, text=kind_text, kinds=", ".join(k.value for k in OrganisationKind)
            )
        )
    if kind is OrganisationKind.GOVERNMENT and not member_text:
        errors.append(
            _("Row {row}: a government organisation needs its member. Write its code.").format(
                row=number
            )
        )
    return errors


def _kind(text: str) -> OrganisationKind | None:
    """Read a kind by its code or its name in the reader's language; empty means government."""
    if not text:
        return OrganisationKind.GOVERNMENT
    wanted = text.casefold()
    for kind in OrganisationKind:
        if wanted in {kind.value, str(KIND_NAMES[kind]).casefold()}:
            return kind
    return None


def preview_table(rows: Sequence[SheetRow]) -> Table:
    """Return what an import would do, row by row."""
    return Table(
        title=_("What the import would do"),
        columns=[
            Column("row", _("Row"), "number"),
            Column("name", _("Organisation")),
            Column("member", _("Member")),
            Column("kind", _("Kind")),
            Column("act", _("What happens")),
        ],
        rows=[
            {
                "row": row.number,
                "name": _words(row.names),
                "member": row.iso3 or _("none"),
                "kind": KIND_NAMES[row.kind] if row.kind else "",
                "act": _act(row),
            }
            for row in rows
        ],
    )


def _act(row: SheetRow) -> Mark:
    if row.errors:
        return Mark("wrong", _("needs a change"))
    if row.known_public_id:
        return Mark("open", _("known already, left alone"))
    return Mark("done", _("is entered"))


def kind_of(row: SheetRow) -> OrganisationKind:
    """Return the kind of a row without faults."""
    return row.kind or OrganisationKind.OTHER


def members_map(rows: Sequence[queries.MemberRow]) -> Chart:
    """Return the tile map of the members that have a tile."""
    return tile_map(
        [
            Tile(row.iso3, _words(row.short_name), row.tile_column, row.tile_row)
            for row in rows
            if row.tile_column is not None and row.tile_row is not None
        ],
        title=_("Members of the programme"),
    )
