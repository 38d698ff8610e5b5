"""Background work of the programme: warnings that ended."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, Schedule, job
from serai.programme import actions


@job(
    "programme.expire_flags",
    title=gettext_noop("End warnings whose time is over"),
    schedule=Schedule("10 1 * * *", zone="Asia/Manila"),
)
def expire_flags(context: Context) -> None:
    """Tell keepers of warnings that ended."""
    with context.commit():
        actions.expire_flags(now=context.now)
