"""Background work of readiness."""

from django.utils.translation import gettext_noop

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, Schedule, job
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


# ---------------------------------------------------------------- offices and assessment
@job("readiness.cleared", title=gettext_noop("Taking cleared answers in"))
def cleared(context: Context, response: int) -> None:
    """Make or bring up to date the office of a response that was cleared."""
    with context.commit():
        try:
            actions.take_in_answers(response_id=response, now=context.now)
        except NotFound as error:
            raise GiveUp("No framework is in use. Publish one, then run this again.") from error
