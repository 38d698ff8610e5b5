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

# deliveries
from serai.readiness.actions.providing import (
    change_provision,
    check_provision,
    move_provision,
    provide_advice,
    provide_plan,
)
from serai.readiness.actions.solving import Solved, solve

__all__ = [
    "change_provision",
    "check_provision",
    "move_provision",
    "provide_advice",
    "provide_plan",
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
