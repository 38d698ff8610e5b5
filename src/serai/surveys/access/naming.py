"""Who lets somebody read a response by name, its narrow questions too."""

from serai.base.access import Viewer, rule
from serai.members.access import Release, may_share
from serai.members.states import Audience
from serai.surveys.access.shares import is_read_by_secretariat, iso3_of
from serai.surveys.models import Response


@rule("Let somebody read a response by name", roles=("lead", "focal_point"))
def may_let_read(viewer: Viewer, response: Response) -> bool:
    """Admit the lead of its organisation and its country's focal point, once it is cleared."""
    if response.invitation is None or not is_read_by_secretariat(response):
        return False
    return may_share(viewer, shared_as(response))


def shared_as(response: Response) -> Release:
    """Return whose a response is, for `members` to say who may share it."""
    asked, audience = response.invitation, Audience(response.audience)
    survey = response.wave.survey
    return Release(
        audience,
        audience,
        iso3=iso3_of(response) or None,
        organisation_id=asked.organisation_id if asked else None,
        initiative=survey.initiative.code if survey.initiative else None,
    )
