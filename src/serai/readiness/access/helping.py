"""Who opens the help desk, reads and works on requests, and writes answers for all."""

from serai.base.access import Viewer, rule
from serai.members.access import acts_for_organisation, is_officer
from serai.readiness.access.keeping import duties_of, is_staff
from serai.readiness.access.knowing import knows_office
from serai.readiness.access.reading import is_own
from serai.readiness.models import Advisory, HelpRequest
from serai.readiness.states import DutyKind


@rule(
    "Open the help desk",
    roles=("contributor", "lead", "officer", "coordinator", "technician"),
)
def may_open_help(viewer: Viewer) -> bool:
    """Admit agencies, officers and technicians; each sees theirs."""
    is_desk = is_officer(viewer) or DutyKind.TECHNICIAN in duties_of(viewer)
    return is_desk or acts_for_organisation(viewer)


@rule("Read a request for help", roles=("contributor", "lead", "officer", "technician"))
def may_see_help(viewer: Viewer, request: HelpRequest) -> bool:
    """Admit its organisation, officers, and technicians while they know of its office."""
    return (
        is_own(viewer, request.office)
        or is_staff(viewer, request.office)
        or knows_office(viewer, request.office)
    )


@rule("Work on a request for help", roles=("officer", "technician"))
def may_help(viewer: Viewer, request: HelpRequest) -> bool:
    """Admit officers of the office's initiative, and technicians who know of its office."""
    return is_staff(viewer, request.office) or knows_office(viewer, request.office)


@rule("Say something on a request for help", roles=("contributor", "lead", "officer", "technician"))
def may_say(viewer: Viewer, request: HelpRequest) -> bool:
    """Admit people of its organisation, and the desk."""
    return acts_for_organisation(viewer, request.office.organisation_id) or may_help(
        viewer, request
    )


@rule("Say that a request is settled, or is not", roles=("contributor", "lead"))
def may_settle(viewer: Viewer, request: HelpRequest) -> bool:
    """Admit people of its organisation."""
    return acts_for_organisation(viewer, request.office.organisation_id)


@rule("Read answers written for all", roles=("signed-in",))
def may_read_advisories(viewer: Viewer) -> bool:
    """Admit everybody signed in; what is not shown yet is its officers'."""
    return viewer.is_signed_in


@rule("Read one answer written for all", roles=("signed-in",))
def may_read_advisory(viewer: Viewer, advisory: Advisory) -> bool:
    """Admit everybody signed in once it is shown; officers before."""
    return viewer.is_signed_in and (advisory.is_shown or is_officer(viewer))


@rule("Change an answer written for all", roles=("officer", "coordinator"))
def may_keep_advisory(viewer: Viewer, advisory: Advisory) -> bool:
    """Admit officers; sample people change samples alone."""
    return is_officer(viewer) and (advisory.sample or not viewer.is_sample)


@rule("Write an answer for all from a request for help", roles=("officer", "coordinator"))
def may_write_from(viewer: Viewer, request: HelpRequest) -> bool:
    """Admit officers of the office's initiative: they know what may not be told."""
    return is_staff(viewer, request.office)
