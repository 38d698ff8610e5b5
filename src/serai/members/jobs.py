"""Background entry points of the room: numbers in, one action out."""

from serai.base.jobs import JobContext, job, schedule
from serai.members import actions


@job("members.end_grants")
def end_grants(context: JobContext) -> None:
    """End overdue roles, warn of ending ones, close old invitations and unlocks."""
    actions.end_due_grants(now=context.now)
    actions.expire_invitations(now=context.now)
    actions.close_due_unlocks(now=context.now)


@job("members.digest")
def digest(context: JobContext) -> None:
    """Write the list of what waits to those whose hour it is."""
    actions.send_digests(now=context.now)


@job("members.data_copy")
def data_copy(context: JobContext, request_id: int) -> None:
    """Gather what is kept about a person."""
    actions.finish_data_copy(request_id=request_id, now=context.now)
