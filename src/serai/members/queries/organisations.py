"""Organisations as a viewer may see them."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members import access
from serai.members.models import Affiliation, Organisation
from serai.members.queries.people import looked_after
from serai.members.states import MemberState, OrganisationKind, OrganisationState


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation as a list shows it."""

    id: int
    public_id: str
    names: TranslatedText
    kind: OrganisationKind
    iso3: str
    member_name: TranslatedText
    domains: tuple[str, ...]
    parent: TranslatedText
    state: OrganisationState
    people_count: int
    sample: bool
    is_former: bool = False


@dataclass(frozen=True)
class AffiliationRow:
    """A person's place in an organisation."""

    person_name: str
    person_public_id: str
    title: str


def _visible(viewer: Viewer) -> QuerySet[Organisation]:
    """Return what a viewer may know of: all for members' readers, else one's own."""
    rows = Organisation.objects.select_related("member", "parent", "merged_into")
    if access.MEMBERS in viewer.keys or viewer.holds_any(access.ORGANISATION_READERS):
        return rows
    own = [int(number) for number in access.keys_after(viewer, "organisation")]
    return rows.filter(pk__in=own)


def name_key(name: str) -> str:
    """Return the name as it is compared: casefolded, single spaces."""
    return " ".join(name.casefold().split())


def organisations(
    viewer: Viewer,
    *,
    iso3: str = "",
    kind: str = "",
    words: str = "",
    state: str = OrganisationState.ACTIVE,
) -> list[OrganisationRow]:
    """Return organisations by member in programme order, then by name."""
    rows = _visible(viewer).annotate(
        people_count=Count("affiliations", filter=Q(affiliations__until_on=None), distinct=True)
    )
    if iso3:
        rows = rows.filter(member__iso3=iso3)
    if kind:
        rows = rows.filter(kind=kind)
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(Q(name_key__contains=name_key(words)))
    return [_row(row) for row in rows.order_by("member__order", "name_key", "id")]


def organisations_offered(viewer: Viewer, *, iso3: str = "") -> list[OrganisationRow]:
    """Return the organisations forms offer: no government organisation of a former member."""
    return [row for row in organisations(viewer, iso3=iso3) if not row.is_former]


def _row(row: Organisation) -> OrganisationRow:
    return OrganisationRow(
        id=row.pk,
        public_id=row.public_id,
        names=row.names,
        kind=OrganisationKind(row.kind),
        iso3=row.member.iso3 if row.member else "",
        member_name=row.member.shown_name if row.member else TranslatedText(),
        domains=tuple(row.domains),
        parent=row.parent.names if row.parent else TranslatedText(),
        state=OrganisationState(row.state),
        people_count=getattr(row, "people_count", 0),
        sample=row.sample,
        is_former=_is_former(row),
    )


def _is_former(row: Organisation) -> bool:
    """Tell whether it belongs to the government of a former member."""
    is_government = row.kind == OrganisationKind.GOVERNMENT
    return is_government and row.member is not None and row.member.state == MemberState.FORMER


def organisation(viewer: Viewer, public_id: str) -> Organisation:
    """Return one organisation.

    Raises:
        NotFound: if there is none, or the viewer may not know of it.
    """
    found = _visible(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such organisation.")
    return found


def organisation_by_code(code: str) -> Organisation | None:
    """Return the organisation a preset calls by this code, if it is here."""
    return Organisation.objects.filter(code=code).first()


def organisation_people(viewer: Viewer, organisation: Organisation) -> list[AffiliationRow]:
    """Return who belongs to an organisation today, as far as the viewer looks after them."""
    rows = (
        Affiliation.objects.filter(
            organisation=organisation, until_on=None, person__in=looked_after(viewer)
        )
        .select_related("person")
        .order_by("person__full_name", "id")
    )
    return [AffiliationRow(str(r.person), r.person.public_id, r.title) for r in rows]


def organisation_choices(viewer: Viewer, language: str, *, iso3: str = "") -> list[tuple[str, str]]:
    """Return (public id, name with its member's code) of the organisations forms offer."""
    rows = organisations_offered(viewer, iso3=iso3)
    return [
        (row.public_id, row.names.pick(language)[0] + (f" ({row.iso3})" if row.iso3 else ""))
        for row in rows
    ]


@dataclass(frozen=True)
class OrganisationMatch:
    """An organisation known already under a name, for the import's preview."""

    id: int
    public_id: str
    key: str
    iso3: str


def organisation_matches(viewer: Viewer) -> dict[tuple[str, str], OrganisationMatch]:
    """Return known active organisations by (name key, ISO3)."""
    rows = (
        _visible(viewer)
        .filter(state=OrganisationState.ACTIVE)
        .order_by("-id")
        .values_list("id", "public_id", "name_key", "member__iso3")
    )
    return {
        (key, iso3 or ""): OrganisationMatch(pk, public_id, key, iso3 or "")
        for pk, public_id, key, iso3 in rows
    }


def organisation_by_number(public_id: str) -> Organisation:
    """Return an organisation for the command line, where nobody looks.

    Raises:
        NotFound: if there is none.
    """
    found = Organisation.objects.select_related("member").filter(public_id=public_id).first()
    if found is None:
        raise NotFound(f"No organisation has the number {public_id}.")
    return found
