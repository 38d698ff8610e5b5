"""Who opens plans of a budget: the secretariat wholly, others what is planned for their own."""

from serai.base.access import Viewer, rule
from serai.members.access import is_officer, keys_after
from serai.readiness.access.keeping import is_staff
from serai.readiness.models import ScenarioRun
from serai.readiness.states import RunState

PLANNED = frozenset({RunState.DONE, RunState.TIMED_OUT})
"""States of a run that others than the secretariat may see their lines of."""
OWN = ("organisation", "country", "expert")


@rule(
    "Open the list of plans",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert"),
)
def may_open_plans(viewer: Viewer) -> bool:
    """Admit officers, and whoever belongs to an organisation or country or knows one as expert."""
    return is_officer(viewer) or any(keys_after(viewer, kind) for kind in OWN)


@rule(
    "Read what a plan would buy for one's own offices",
    roles=("contributor", "lead", "focal_point", "deputy", "officer", "coordinator", "expert"),
)
def may_see_plan(viewer: Viewer, run: ScenarioRun) -> bool:
    """Admit officers; others once it is solved. Which lines they read is the query's to say."""
    return is_staff(viewer, run) or (run.state in PLANNED and may_open_plans(viewer))
