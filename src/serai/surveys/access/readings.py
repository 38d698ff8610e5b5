"""Who reads a response from outside its organisation, and who is told of it."""

from serai.base.access import Viewer, rule
from serai.members.access import is_focal_point, share_key
from serai.surveys.access.answering import may_read_response
from serai.surveys.access.managing import is_staff, may_coordinate
from serai.surveys.access.shares import (
    is_colleague,
    is_of_country,
    is_own,
    is_read_by_country,
    is_signer,
    iso3_of,
)
from serai.surveys.models import Response
from serai.surveys.states import ReaderRole


def reader_role(viewer: Viewer, response: Response) -> ReaderRole | None:
    """Return in which role somebody from outside reads a response; None for its own people.

    None too where nobody is told of it: it has no owner whom we know, or the viewer is no person.
    """
    if viewer.person_id is None or response.wave.survey.is_anonymous:
        return None
    if _is_ours(viewer, response) or not may_read_response(viewer, response):
        return None
    iso3 = iso3_of(response)
    if is_of_country(viewer, response):
        return ReaderRole.FOCAL_POINT if is_focal_point(viewer, iso3) else ReaderRole.DEPUTY
    if share_key(f"surveys.response:{response.pk}") in viewer.keys:
        return ReaderRole.NAMED
    if not is_staff(viewer, response.wave.survey):
        return ReaderRole.EXPERT
    coordinates = may_coordinate(viewer, response.wave)
    return ReaderRole.COORDINATOR if coordinates else ReaderRole.OFFICER


def _is_ours(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer is of the organisation, answers, signs or holds a part."""
    return is_own(viewer, response) or is_signer(viewer, response) or is_colleague(viewer, response)


@rule(
    "See who read the answers of a response",
    roles=("lead", "signer", "focal_point", "deputy"),
)
def may_see_readings(viewer: Viewer, response: Response) -> bool:
    """Admit its lead and signer, and its country once it reads it; nobody of one without a name."""
    if response.wave.survey.is_anonymous:
        return False
    if is_own(viewer, response) or is_signer(viewer, response):
        return True
    return is_of_country(viewer, response) and is_read_by_country(response)
