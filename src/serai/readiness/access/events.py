"""Who opens events, enters an office in one, and reads what is forecast."""

from serai.base.access import Viewer, rule
from serai.members.access import is_focal_point, is_lead, is_officer
from serai.programme import access as programme
from serai.readiness.access.keeping import is_staff, is_technician, may_work_at
from serai.readiness.access.planning import may_open_plans
from serai.readiness.access.reading import iso3_of, may_see_delegation
from serai.readiness.models import Delegation, EventPlan, Office
from serai.readiness.states import DelegationState

BEFORE = frozenset({DelegationState.DRAFT, DelegationState.FORECAST, DelegationState.REHEARSED})
"""States in which a delegation may still be changed and forecast."""


@rule(
    "Open the list of events",
    roles=(
        "contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert",
        "technician",
    ),
)  # fmt: skip
def may_open_events(viewer: Viewer) -> bool:
    """Admit officers, agencies, countries, experts and technicians; each sees theirs."""
    return may_open_plans(viewer) or is_technician(viewer)


@rule(
    "See an event",
    roles=(
        "contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert",
        "technician",
    ),
)  # fmt: skip
def may_see_event(viewer: Viewer, plan: EventPlan) -> bool:
    """Admit officers and technicians; others to a meeting they know of, or where theirs comes.

    Which delegations they read there is `may_see_delegation`'s to say.
    """
    if is_staff(viewer, plan) or is_technician(viewer):
        return True
    if not may_open_plans(viewer):
        return False
    return programme.may_see_meeting(viewer, plan.meeting) or any(
        may_see_delegation(viewer, one) for one in plan.delegations.all()
    )


def may_enter_office(viewer: Viewer, office: Office) -> bool:
    """Tell whether the viewer enters an office in events: its lead, its country's focal point."""
    iso3 = iso3_of(office)
    return is_lead(viewer, office.organisation_id) or (
        iso3 is not None and is_focal_point(viewer, iso3)
    )


@rule(
    "Enter an office in an event",
    roles=("lead", "focal_point", "officer", "coordinator"),
)
def may_enter(viewer: Viewer, plan: EventPlan) -> bool:
    """Admit officers; leads and focal points to events they see. Which office, the act asks."""
    if is_staff(viewer, plan):
        return True
    is_own = is_lead(viewer) or is_focal_point(viewer)
    return is_own and may_see_event(viewer, plan)


@rule(
    "Change or take out a delegation before the event",
    roles=("lead", "focal_point", "officer", "coordinator"),
)
def may_change_delegation(viewer: Viewer, delegation: Delegation) -> bool:
    """Admit officers, and whoever enters the office, until the event is live."""
    if delegation.state not in BEFORE:
        return False
    return is_staff(viewer, delegation.plan) or may_enter_office(viewer, delegation.office)


@rule("Record a rehearsal of a delegation", roles=("officer", "coordinator", "technician"))
def may_rehearse(viewer: Viewer, delegation: Delegation) -> bool:
    """Admit officers and technicians, until the event is live."""
    return delegation.state in BEFORE and may_work_at(viewer, delegation.plan)


@rule("Read how good past forecasts were", roles=("officer", "coordinator"))
def may_see_record(viewer: Viewer) -> bool:
    """Admit officers."""
    return is_officer(viewer)
