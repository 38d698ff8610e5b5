"""Releases that wait for a consent, and who is asked for it."""

from collections.abc import Collection
from datetime import datetime

from serai.base.access import NotFound, Viewer
from serai.members import access
from serai.members.models import Person, ReleaseProposal
from serai.members.queries.people import people_with_role, staff_of
from serai.members.queries.plugs import PLUGS
from serai.members.states import ReleaseState, Role

USUAL_PAGE = "programme:release"


def release_page(thing: str) -> str:
    """Return the name of the page on which a release of a thing is consented to."""
    return PLUGS.release_pages.get(thing.partition(".")[0], USUAL_PAGE)


def consenting(proposal: ReleaseProposal, now: datetime) -> list[Person]:
    """Return who may consent: a country's focal points, else the other coordinators."""
    rows = (
        people_with_role(Role.FOCAL_POINT, now, iso3=proposal.member.iso3)
        if proposal.member
        else staff_of(proposal.initiative, now, [Role.COORDINATOR])
    )
    return [row for row in rows if row.pk != proposal.proposed_by_id]


def releases_to_answer(viewer: Viewer) -> list[ReleaseProposal]:
    """Return the releases that wait for this viewer's consent, oldest first; one query at most."""
    if not (access.is_focal_point(viewer) or access.is_coordinator(viewer)):
        return []
    rows = (
        ReleaseProposal.objects.filter(state=ReleaseState.PROPOSED)
        .select_related("member")
        .order_by("proposed_at", "id")
    )
    return [row for row in rows if access.may_consent(viewer, row)]


def waiting_release(thing: str) -> ReleaseProposal | None:
    """Return the release of a thing that waits for a consent."""
    found = ReleaseProposal.objects.filter(thing=thing, state=ReleaseState.PROPOSED)
    return found.select_related("member").first()


def waiting_releases(things: Collection[str]) -> dict[str, str]:
    """Return the numbers of the proposals that wait, by thing; one query."""
    rows = ReleaseProposal.objects.filter(thing__in=things, state=ReleaseState.PROPOSED)
    return dict(rows.values_list("thing", "public_id"))


def release_numbers(things: Collection[str]) -> dict[str, str]:
    """Return the number of the latest proposal for each thing, answered or not; one query."""
    rows = ReleaseProposal.objects.filter(thing__in=things).order_by("id")
    return dict(rows.values_list("thing", "public_id"))


def release_proposal(viewer: Viewer, public_id: str) -> ReleaseProposal:
    """Return one proposed release, answered or not.

    Raises:
        NotFound: if there is none, or it is not for this viewer.
    """
    found = (
        ReleaseProposal.objects.filter(public_id=public_id)
        .select_related("member", "proposed_by", "closed_by")
        .first()
    )
    if found is None or not access.may_see_release(viewer, found):
        raise NotFound("There is no such proposal.")
    return found
