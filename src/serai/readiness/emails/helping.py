"""Letters to whoever asked for help: received, answered, closed; what was said stays on the page."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic

if TYPE_CHECKING:
    from serai.readiness.models import HelpRequest

TOPICS = {
    "help_received": Topic.WORK,
    "help_answered": Topic.WORK,
    "help_closed": Topic.WORK,
}


def _letter(
    kind: str, found: "HelpRequest", mark: object, mover: int | None = None
) -> list[Message]:
    """Write to the requester, but not of what they did themselves."""
    if found.asked_by_id is None or found.asked_by_id == mover:
        return []
    with override("en"):
        link = reverse("readiness:help_request", args=[found.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.{kind}:{found.pk}:{mark}",
            template=f"readiness/email/{kind}",
            facts={"subject": found.subject},
            person_id=found.asked_by_id,
            thing=f"readiness.helprequest:{found.pk}",
            link=link,
            sample=found.sample,
        )
    ]


def help_received(found: "HelpRequest") -> list[Message]:
    """Tell that a request was received."""
    return _letter("help_received", found, "received")


def help_answered(found: "HelpRequest", number: int, mover: int | None) -> list[Message]:
    """Tell that the desk said something."""
    return _letter("help_answered", found, number, mover)


def help_closed(found: "HelpRequest", mover: int | None) -> list[Message]:
    """Tell that a request is closed."""
    return _letter("help_closed", found, found.moved_at.isoformat(), mover)
