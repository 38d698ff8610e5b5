"""Every change in the room readiness."""

# plans
from serai.readiness.actions.acts import Refused
from serai.readiness.actions.planning import (
    ScenarioFacts,
    change_scenario,
    fail_run,
    keep_plan,
    make_scenario,
    queue_again,
    queue_run,
    run_key,
    start_run,
)
from serai.readiness.actions.solving import Solved, solve

__all__ = [
    "Refused",
    "ScenarioFacts",
    "Solved",
    "change_scenario",
    "fail_run",
    "keep_plan",
    "make_scenario",
    "queue_again",
    "queue_run",
    "run_key",
    "solve",
    "start_run",
]
