"""Plans as Microsoft Project XML (MSPDI), out and in."""

from serai.base.plans.mspdi import MOST_BYTES
from serai.base.plans.read import PlanRefused, read_plan
from serai.base.plans.tasks import (
    PlanBaseline,
    PlanFile,
    PlanImport,
    PlanLink,
    PlanProblem,
    PlanTask,
)
from serai.base.plans.write import working_hours, write_plan

__all__ = [
    "MOST_BYTES",
    "PlanBaseline",
    "PlanFile",
    "PlanImport",
    "PlanLink",
    "PlanProblem",
    "PlanRefused",
    "PlanTask",
    "read_plan",
    "working_hours",
    "write_plan",
]
