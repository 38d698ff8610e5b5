"""Background work of the room readiness: ids in, one action out."""

from django.utils.translation import gettext_noop

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, job
from serai.readiness import actions


# ---------------------------------------------------------------- offices and assessment
@job("readiness.cleared", title=gettext_noop("Taking cleared answers in"))
def cleared(context: Context, response: int) -> None:
    """Make or bring up to date the office of a response that was cleared."""
    with context.commit():
        try:
            actions.take_in_answers(response_id=response, now=context.now)
        except NotFound as error:
            raise GiveUp("No framework is in use. Publish one, then run this again.") from error
