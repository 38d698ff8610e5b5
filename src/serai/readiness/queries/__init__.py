"""Every read of the room readiness."""

# plans
# deliveries
from serai.readiness.queries.line_change import LineChange, line_changes, line_packages
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.plan_inputs import PlanInputs, plan_inputs
from serai.readiness.queries.plans import (
    OfficeInPlan,
    PlanChoices,
    PlanLine,
    PlanPage,
    PointOfFrontier,
    RunRow,
    ScenarioRow,
    framework_to_plan,
    is_ended,
    own_runs,
    plan_choices,
    plan_page,
    plan_run,
    run_by_pk,
    run_path,
    runs_of,
    scenario,
    scenarios,
)
from serai.readiness.queries.provision import (
    LineToProvide,
    ProvisionPage,
    ProvisionRow,
    accepted_advice,
    lines_to_provide,
    office_provisions,
    provision,
    provision_page,
    provisions,
    rows_of,
    suppliers,
)

# what waits
from serai.readiness.queries.reminders import offices_path, waiting_for_score
from serai.readiness.queries.todos import has_readiness, todos

__all__ = [
    "has_readiness",
    "offices_path",
    "waiting_for_score",
    "todos",
    "LineChange",
    "LineToProvide",
    "ProvisionPage",
    "ProvisionRow",
    "accepted_advice",
    "line_changes",
    "line_packages",
    "lines_to_provide",
    "office_provisions",
    "rows_of",
    "provision",
    "provision_page",
    "provisions",
    "suppliers",
    "OfficeInPlan",
    "PlanChoices",
    "PlanInputs",
    "PlanLine",
    "PlanPage",
    "PointOfFrontier",
    "RunRow",
    "ScenarioRow",
    "framework_to_plan",
    "is_ended",
    "offices_seen",
    "own_runs",
    "plan_choices",
    "plan_inputs",
    "plan_page",
    "plan_run",
    "run_by_pk",
    "run_path",
    "runs_of",
    "scenario",
    "scenarios",
]
