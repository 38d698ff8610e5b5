"""Background work: rooms write `@job` functions and ask for them by name."""

# For example:
#
# @job("members.data_copy")
# def data_copy(context: Context, request_id: int) -> None:
#     with context.commit():
#         actions.finish_data_copy(request_id=request_id, now=context.now)
#
# enqueue("members.data_copy", key=f"data-copy-{row.pk}", by=person_id, request_id=row.pk)

from serai.base.jobs.asking import Asked, cancel, enqueue, run_again
from serai.base.jobs.kinds import job
from serai.base.jobs.running import CancelAsked, Context, GiveUp, LostLease, run_ready
from serai.base.jobs.schedule import Schedule

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
    "run_again",
    "run_ready",
]
