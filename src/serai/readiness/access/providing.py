"""Who opens the board of deliveries, and who brings a delivery to which state."""

from serai.base.access import Viewer, rule
from serai.members.access import is_officer
from serai.readiness.access.keeping import duties_of, is_technician
from serai.readiness.access.knowing import knows_country, knows_office
from serai.readiness.access.planning import may_open_plans
from serai.readiness.access.reading import may_agree_provision
from serai.readiness.models import Provision
from serai.readiness.states import DutyKind, ProvisionState

HANDS = frozenset({ProvisionState.DELIVERED, ProvisionState.INSTALLED})
"""States to which technicians bring a delivery; suppliers only deliver."""


@rule(
    "Open the list of deliveries",
    roles=(
        "contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert",
        "technician", "supplier",
    ),
)  # fmt: skip
def may_open_deliveries(viewer: Viewer) -> bool:
    """Admit officers, agencies, countries, experts, technicians and suppliers; each sees theirs."""
    duties = {DutyKind.TECHNICIAN, DutyKind.SUPPLIER}
    return may_open_plans(viewer) or bool(duties & duties_of(viewer))


def is_keeper(viewer: Viewer, provision: Provision) -> bool:
    """Tell whether the viewer is an officer of the initiative a delivery belongs to."""
    initiative = provision.office.initiative if provision.office else None
    if initiative is None and provision.run is not None:
        initiative = provision.run.scenario.framework.initiative
    return is_officer(viewer, initiative.code if initiative else "")


@rule("Move what is provided", roles=("officer", "coordinator", "technician", "supplier"))
def may_move_provision(viewer: Viewer, provision: Provision) -> bool:
    """Admit officers, its supplier, and technicians who know of its office or country."""
    place = provision.office
    code = place.initiative.code if place and place.initiative else ""
    return (
        is_officer(viewer, code)
        or (provision.supplier_id is not None and provision.supplier_id == viewer.person_id)
        or knows_country(viewer, provision.country_id)
        or (place is not None and knows_office(viewer, place))
    )


@rule("Write who supplies, serial numbers and the day due", roles=("officer", "coordinator"))
def may_keep_provision(viewer: Viewer, provision: Provision) -> bool:
    """Admit officers."""
    return is_keeper(viewer, provision)


@rule(
    "Bring a delivery to its next state",
    roles=("focal_point", "officer", "coordinator", "technician", "supplier"),
)
def may_bring(viewer: Viewer, provision: Provision, state: ProvisionState) -> bool:
    """Admit who moves a delivery there; nobody verifies by hand."""
    if state is ProvisionState.VERIFIED:
        return False
    if state is ProvisionState.AGREED:
        return may_agree_provision(viewer, provision)
    if is_keeper(viewer, provision):
        return True
    if not may_move_provision(viewer, provision):
        return False
    if is_technician(viewer):
        return state in HANDS
    return state is ProvisionState.DELIVERED and provision.state == ProvisionState.ORDERED
