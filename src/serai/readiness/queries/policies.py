"""What an organisation says of platforms, for matters of each sensitivity."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from serai.base.access import NotFound, Viewer
from serai.members import queries as members
from serai.members.access import is_lead, is_officer
from serai.readiness import access
from serai.readiness.models import PlatformPolicy
from serai.readiness.queries.frameworks import platforms, tiers_in_use

if TYPE_CHECKING:
    from serai.members.models import Organisation

Place = tuple[str, str]


@dataclass(frozen=True)
class PolicyRow:
    """The word that holds for one platform and sensitivity."""

    platform: str
    sensitivity: str
    word: str
    source: str
    at: datetime
    sample: bool


def organisation_to_say(viewer: Viewer, public_id: str) -> "Organisation":
    """Return the organisation whose word the viewer may give.

    Raises:
        NotFound: if there is none.
    """
    found = members.organisation(viewer, public_id)
    if not access.may_say_policy(viewer, found):
        raise NotFound(public_id)
    return found


def sayers(viewer: Viewer) -> list[members.OrganisationRow]:
    """Return the organisations whose word the viewer may give."""
    return [
        row
        for row in members.organisations_offered(viewer)
        if is_officer(viewer) or is_lead(viewer, row.id)
    ]


def platform_names() -> dict[str, str]:
    """Return the platforms' names by code, from the table in use."""
    found = tiers_in_use()
    known = platforms(found.document).platforms if found is not None else ()
    return {one.code: one.name for one in known}


def policies(viewer: Viewer, organisation: "Organisation") -> list[PolicyRow]:
    """Return the words that hold now, for whoever may give them; one query."""
    if not access.may_say_policy(viewer, organisation):
        return []
    return _latest(organisation.pk)


def latest_words(organisation_id: int) -> dict[Place, str]:
    """Return the words that hold now by platform and sensitivity."""
    return {(row.platform, row.sensitivity): row.word for row in _latest(organisation_id)}


def _latest(organisation_id: int) -> list[PolicyRow]:
    found = PlatformPolicy.objects.filter(organisation_id=organisation_id).order_by("id")
    latest = {(one.platform, one.sensitivity): one for one in found}
    return [
        PolicyRow(one.platform, one.sensitivity, one.word, one.source, one.at, one.sample)
        for one in latest.values()
    ]
