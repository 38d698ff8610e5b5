"""Background work of readiness."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, Schedule, job
from serai.readiness import actions


# ---------------------------------------------------------------- connection tests
@job(
    "readiness.purge_runs",
    title=gettext_noop("Empty the raw series of old connection tests"),
    schedule=Schedule("40 2 * * *", zone="Asia/Manila"),
)
def purge_runs(context: Context) -> None:
    """Empty series after 24 months; mark tickets that nobody used."""
    with context.commit():
        actions.expire_tickets(now=context.now)
        actions.purge_series(now=context.now)
