"""Background entry points of the room: numbers in, one action out."""

from django.conf import settings

from serai.base.health import alarm
from serai.base.jobs import Context, Schedule, job
from serai.members import actions


@job("members.end_grants", schedule=Schedule("5 * * * *"))
def end_grants(context: Context) -> None:
    """End overdue roles, warn of ending ones, close old invitations and unlocks."""
    with context.commit():
        actions.end_what_is_due(now=context.now)


@job("members.watch_health", schedule=Schedule("*/5 * * * *"))
def watch_health(context: Context) -> None:
    """Look at the house's health, and tell administrators what has turned."""
    found = alarm.look(settings.BACKUP_DIR, settings.DATA_DIR, context.now)
    with context.commit():
        actions.watch_health(found=found, now=context.now)


@job("members.digest", schedule=Schedule("10 * * * *"))
def digest(context: Context) -> None:
    """Write the list of what waits to those whose hour it is."""
    with context.commit():
        actions.send_digests(now=context.now)


@job("members.data_copy")
def data_copy(context: Context, request_id: int) -> None:
    """Gather what is kept about a person."""
    with context.commit():
        actions.finish_data_copy(request_id=request_id, now=context.now)
