"""Background work of the programme: Monday letters, reminders, warnings that ended."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, Schedule, job
from serai.programme import actions


@job(
    "programme.send_digests",
    queue="mail",
    title=gettext_noop("Write reminders of milestones, actions and reviews"),
    schedule=Schedule("0 6 * * *", zone="Asia/Manila"),
)
def send_digests(context: Context) -> None:
    """Write what is due: actions daily as their days come, milestones and reviews on Mondays."""
    with context.commit():
        actions.send_digests(now=context.now)


@job(
    "programme.expire_flags",
    title=gettext_noop("End warnings whose time is over"),
    schedule=Schedule("10 1 * * *", zone="Asia/Manila"),
)
def expire_flags(context: Context) -> None:
    """Tell keepers of warnings that ended."""
    with context.commit():
        actions.expire_flags(now=context.now)
