"""A list of whom to ask, read from a sheet: every row with what would become of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.base.imports import CellFault, Entry, Preview, Wanted, doubled, preview
from serai.base.tables import Column, Sheet, Table
from serai.members import queries as members
from serai.members.queries import MemberRow, OrganisationRow, name_key

MOST_ROWS = 500


@dataclass(frozen=True)
class ListedBody:
    """One row of a list, as it would be asked."""

    organisation: str
    place: str
    office: str
    lead: str
    signer: str
    language: str
    due_on: date | None

    @property
    def key(self) -> str:
        """Return what makes the row one: the organisation and its office."""
        return f"{self.place}, {self.office}" if self.office else self.place


def list_columns() -> list[Wanted]:
    """Return the columns a list may have."""
    return [
        Wanted("member", _("Member"), ("country", "iso3", "страна", "участник"), is_required=True),
        Wanted(
            "organisation", _("Organisation"), ("organization", "agency", "организация"),
            is_required=True,
        ),
        Wanted("office", _("Office"), ("unit", "department", "отдел")),
        Wanted("lead", _("E-mail of who answers"), ("lead", "e-mail", "почта"), read=_email),
        Wanted("signer", _("E-mail of who signs"), ("signer", "подписывает"), read=_email),
        Wanted("language", _("Language"), ("язык",), read=_language),
        Wanted("due_on", _("Due"), ("until", "срок"), read=_day),
    ]  # fmt: skip


def read_list(
    viewer: Viewer, sheet: Sheet, columns: Mapping[str, int], asked: Sequence[str]
) -> Preview[ListedBody]:
    """Read every row and name every fault at once.

    Args:
        viewer: whose organisations the names are looked up among.
        sheet: the first row holds the heads.
        columns: key → place.
        asked: names of those who are asked already, as `ListedBody.key` writes them.
    """
    find = _finder(viewer)

    def make(values: Mapping[str, object]) -> ListedBody:
        row = find(str(values["member"] or ""), str(values["organisation"] or ""))
        due_on = values["due_on"]
        body = ListedBody(
            organisation=row.public_id,
            place=row.names.pick("en")[0],
            office=str(values["office"] or "").strip(),
            lead=str(values["lead"] or ""),
            signer=str(values["signer"] or ""),
            language=str(values["language"] or ""),
            due_on=due_on if isinstance(due_on, date) else None,
        )
        if body.key in asked:
            raise CellFault(_("%(place)s is asked already.") % {"place": body.key})
        return body

    found = preview(sheet, list_columns(), columns, make)
    twice = doubled(found.entries, lambda row: row.key, "")
    return Preview(found.entries, tuple(sorted((*found.faults, *twice), key=lambda f: f.row)))


def _finder(viewer: Viewer) -> Callable[[str, str], OrganisationRow]:
    countries: dict[str, MemberRow] = {}
    for one in members.members(viewer):
        names = (one.iso3, *_texts(one.names), *_texts(one.short_name))
        countries |= {name_key(name): one for name in names}
    bodies = members.organisations_offered(viewer)

    def find(country: str, name: str) -> OrganisationRow:
        member = countries.get(name_key(country))
        if member is None:
            raise CellFault(
                _("“{text}” is no member. Write its code, such as GEO.").format(text=country)
            )
        wanted = name_key(name)
        here = [
            row
            for row in bodies
            if row.iso3 == member.iso3 and wanted in {name_key(text) for text in _texts(row.names)}
        ]
        if not here:
            raise CellFault(
                _(
                    "“%(name)s” is no organisation of %(member)s here. Enter it first, or correct it."
                )
                % {"name": name, "member": member.iso3}
            )
        return here[0]

    return find


def _texts(text: object) -> list[str]:
    return [said for _code, said, _state in getattr(text, "texts", ())]


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


def _language(text: str) -> str:
    offered = dict(settings.LANGUAGES)
    for code, name in offered.items():
        if name_key(text) in {code, name_key(str(name))}:
            return code
    raise CellFault(
        _("“{text}” is no language of this site. Write one of: {codes}.").format(
            text=text, codes=", ".join(offered)
        )
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError as error:
        raise CellFault(
            _("“{text}” is no day. Write it as 2027-06-30, or leave it empty.").format(text=text)
        ) from error


def list_table(entries: Sequence[Entry[ListedBody]]) -> Table:
    """Return what a list would do, row by row."""
    columns = (
        Column("row", _("Row"), "number"),
        Column("place", _("Who is asked")),
        Column("lead", _("Who answers")),
        Column("signer", _("Who signs")),
        Column("language", _("Language")),
        Column("due", _("Due"), "day"),
    )
    rows = [
        (
            one.row.number, one.value.key, one.value.lead or _("the organisation's lead"),
            one.value.signer, one.value.language, one.value.due_on or "",
        )
        for one in entries
    ]  # fmt: skip
    return Table(_("Who would be asked"), columns, rows)
