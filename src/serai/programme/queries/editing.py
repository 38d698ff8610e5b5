"""What the pages that edit an initiative or a milestone offer to choose from, and what stands."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from serai.base.access import Viewer
from serai.members import queries as members
from serai.members.states import Audience, OrganisationKind
from serai.programme.models import Initiative, Milestone, Programme

Choices = Sequence[tuple[str, str]]


def written(thing: Programme | Initiative | Milestone) -> dict[str, object]:
    """Return what people wrote of the programme, an initiative or a milestone on its edit page."""
    if isinstance(thing, Programme):
        return {
            "name": thing.name.to_json(),
            "short_name": thing.short_name.to_json(),
            "secretariat": thing.secretariat_id,
            "time_zone": thing.time_zone,
            "technical_assistance": thing.technical_assistance.to_json(),
            "technical_assistance_number": thing.technical_assistance_number,
        }
    if isinstance(thing, Milestone):
        return {
            "name": thing.name.to_json(),
            "kind": thing.kind,
            "owner": thing.owner_id,
            "country": thing.country_id,
            "order": thing.order,
        }
    return {
        "name": thing.name.to_json(),
        "purpose": thing.purpose.to_json(),
        "order": thing.order,
        "partners": sorted(thing.partners.values_list("pk", flat=True)),
        "national_studies": sorted(thing.national_studies.values_list("iso3", flat=True)),
    }


def seen_of(thing: Programme | Initiative | Milestone) -> str:
    """Return a short mark of what stands, by which an editor's page knows whether it changed."""
    stands = written(thing)
    if isinstance(thing, Initiative):
        stands["keeper"] = thing.keeper_id
    text = json.dumps(stands, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class InitiativeChoices:
    """What the page of an initiative, or of a new one, offers, and which of it is chosen.

    Attributes:
        order: its place in the list; of a new one, the last.
        partners: organisations that are no ministry or agency, and those chosen already.
        keepers: its officers and coordinators, and who keeps it now.
    """

    partners: Choices
    partner_ids: tuple[str, ...]
    studies: Choices
    study_codes: tuple[str, ...]
    keepers: Choices
    keeper_id: str
    order: int


def initiative_to_open(viewer: Viewer, now: datetime, language: str) -> InitiativeChoices:
    """Return what the page of a new initiative offers to choose from."""
    last = Initiative.objects.aggregate(last=Max("order"))["last"] or 0
    return InitiativeChoices(
        partners=_sorted(_partners(viewer, language)), partner_ids=(),
        studies=members.member_choices(viewer, language), study_codes=(),
        keepers=[(str(row.pk), row.full_name) for row in members.staff_of("", now)],
        keeper_id="", order=last + 1,
    )  # fmt: skip


def initiative_to_edit(
    viewer: Viewer, initiative: Initiative, now: datetime, language: str
) -> InitiativeChoices:
    """Return what an initiative's edit page offers to choose from."""
    chosen = list(initiative.partners.order_by("id"))
    partners = _partners(viewer, language)
    partners |= {str(row.pk): row.names.pick(language)[0] for row in chosen}
    keepers = members.staff_of(initiative.code, now)
    if initiative.keeper is not None and initiative.keeper not in keepers:
        keepers = [*keepers, initiative.keeper]
    studies = tuple(initiative.national_studies.order_by("order").values_list("iso3", flat=True))
    return InitiativeChoices(
        partners=_sorted(partners),
        partner_ids=tuple(str(row.pk) for row in chosen),
        studies=members.member_choices(viewer, language, kept=studies),
        study_codes=studies,
        keepers=[(str(row.pk), row.full_name) for row in keepers],
        keeper_id=str(initiative.keeper_id or ""),
        order=initiative.order,
    )


def _partners(viewer: Viewer, language: str) -> dict[str, str]:
    """Name the organisations that are no ministry or agency."""
    return {
        str(row.id): row.names.pick(language)[0]
        for row in members.organisations(viewer)
        if row.kind is not OrganisationKind.GOVERNMENT
    }


def _sorted(names: Mapping[str, str]) -> Choices:
    return sorted(names.items(), key=lambda row: (row[1].casefold(), row[0]))


def secretariats(viewer: Viewer, programme: Programme, language: str) -> Choices:
    """Return the organisations that may be the programme's secretariat, and the one that is."""
    found = _partners(viewer, language)
    if programme.secretariat is not None:
        found[str(programme.secretariat_id)] = programme.secretariat.names.pick(language)[0]
    return _sorted(found)


@dataclass(frozen=True)
class MilestoneChoices:
    """What a milestone's page offers: whose it is, an organisation's or a country's."""

    owners: Choices
    countries: Choices


def milestone_to_edit(
    viewer: Viewer, milestone: Milestone | None, language: str
) -> MilestoneChoices:
    """Return what the page of a milestone, or of a new one, offers to choose from."""
    offered = members.organisations_offered(viewer)
    owners = {str(row.id): row.names.pick(language)[0] for row in offered}
    countries = {str(row.id): row.short_name.pick(language)[0] for row in members.members(viewer)}
    if milestone is not None and milestone.country is not None:
        countries[str(milestone.country_id)] = milestone.country.shown_name.pick(language)[0]
    if milestone is not None and milestone.owner is not None:
        owners[str(milestone.owner_id)] = milestone.owner.names.pick(language)[0]
    return MilestoneChoices(
        owners=_sorted(owners),
        countries=list(countries.items()),
    )


def audiences_at_first(initiative: Initiative) -> tuple[Audience, ...]:
    """Return the audiences a new milestone may begin with: no more people than read its initiative."""
    home = Audience(initiative.audience)
    return tuple(one for one in Audience if not one.is_wider_than(home))
