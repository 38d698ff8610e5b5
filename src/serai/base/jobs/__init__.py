"""Background work: rooms write `@job` functions and ask for them by name."""

from serai.base.jobs.asking import Asked, cancel, enqueue, run_again
from serai.base.jobs.kinds import job
from serai.base.jobs.running import CancelAsked, Context, GiveUp, LostLease, run_ready
from serai.base.jobs.schedule import Schedule
from serai.base.jobs.watching import job_shown, shown

__all__ = [
    "Asked",
    "CancelAsked",
    "Context",
    "GiveUp",
    "LostLease",
    "Schedule",
    "cancel",
    "enqueue",
    "job",
    "job_shown",
    "run_again",
    "run_ready",
    "shown",
]
