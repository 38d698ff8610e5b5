"""Every change of the room: keyword-only, all or nothing, with its audit line."""

from serai.readiness.actions.entering import EnteredRun, doubts, enter_run, import_runs
from serai.readiness.actions.points import PointFacts, keep_point
from serai.readiness.actions.testing import (
    TestAnswer,
    TestRefused,
    WantedTest,
    expire_tickets,
    issue_ticket,
    purge_series,
    take_in_run,
    void_run,
)

__all__ = [
    "EnteredRun",
    "PointFacts",
    "TestAnswer",
    "TestRefused",
    "WantedTest",
    "doubts",
    "enter_run",
    "expire_tickets",
    "import_runs",
    "issue_ticket",
    "keep_point",
    "purge_series",
    "take_in_run",
    "void_run",
]
