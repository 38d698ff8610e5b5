"""What the pages that edit an initiative or a milestone offer to choose from, and what stands."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.members import queries as members
from serai.members.states import Audience, OrganisationKind
from serai.programme.models import Initiative, Milestone

Choices = Sequence[tuple[str, str]]


def written(thing: Initiative | Milestone) -> dict[str, object]:
    """Return what people wrote of an initiative or a milestone on its edit page."""
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


def seen_of(thing: Initiative | Milestone) -> str:
    """Return a short mark of what stands, by which an editor's page knows whether it changed."""
    stands = written(thing)
    if isinstance(thing, Initiative):
        stands["keeper"] = thing.keeper_id
    text = json.dumps(stands, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class InitiativeChoices:
    """What an initiative's edit page offers, and which of it is chosen.

    Attributes:
        partners: organisations that are no ministry or agency, and those chosen already.
        keepers: its officers and coordinators, and who keeps it now.
    """

    partners: Choices
    partner_ids: tuple[str, ...]
    studies: Choices
    study_codes: tuple[str, ...]
    keepers: Choices
    keeper_id: str


def initiative_to_edit(
    viewer: Viewer, initiative: Initiative, now: datetime, language: str
) -> InitiativeChoices:
    """Return what an initiative's edit page offers to choose from."""
    chosen = list(initiative.partners.order_by("id"))
    partners = {
        str(row.id): row.names.pick(language)[0]
        for row in members.organisations(viewer)
        if row.kind is not OrganisationKind.GOVERNMENT
    }
    partners |= {str(row.pk): row.names.pick(language)[0] for row in chosen}
    return InitiativeChoices(
        partners=sorted(partners.items(), key=lambda row: (row[1].casefold(), row[0])),
        partner_ids=tuple(str(row.pk) for row in chosen),
        studies=members.member_choices(viewer, language),
        study_codes=tuple(
            initiative.national_studies.order_by("order").values_list("iso3", flat=True)
        ),
        keepers=_keepers(initiative, now),
        keeper_id=str(initiative.keeper_id or ""),
    )


def _keepers(initiative: Initiative, now: datetime) -> Choices:
    rows = members.staff_of(initiative.code, now)
    if initiative.keeper is not None and initiative.keeper not in rows:
        rows = [*rows, initiative.keeper]
    return [(str(row.pk), row.full_name) for row in rows]


@dataclass(frozen=True)
class MilestoneChoices:
    """What a milestone's page offers: whose it is, an organisation's or a country's."""

    owners: Choices
    countries: Choices


def milestone_to_edit(
    viewer: Viewer, milestone: Milestone | None, language: str
) -> MilestoneChoices:
    """Return what the page of a milestone, or of a new one, offers to choose from."""
    owners = {str(row.id): row.names.pick(language)[0] for row in members.organisations(viewer)}
    countries = {str(row.id): row.short_name.pick(language)[0] for row in members.members(viewer)}
    if milestone is not None and milestone.owner is not None:
        owners[str(milestone.owner_id)] = milestone.owner.names.pick(language)[0]
    return MilestoneChoices(
        owners=sorted(owners.items(), key=lambda row: (row[1].casefold(), row[0])),
        countries=list(countries.items()),
    )


def audiences_at_first(initiative: Initiative) -> tuple[Audience, ...]:
    """Return the audiences a new milestone may begin with: no more people than read its initiative."""
    home = Audience(initiative.audience)
    return tuple(one for one in Audience if not one.is_wider_than(home))
