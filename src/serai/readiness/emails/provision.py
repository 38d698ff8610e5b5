"""Letters about deliveries: that one was moved, and where to look."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.access import Viewer
from serai.base.mail import Message
from serai.members.states import Topic
from serai.readiness.queries.provision import told_of_provision

if TYPE_CHECKING:
    from serai.readiness.models import Provision

TOPICS = {"provision_moved": Topic.WORK}


def provision_moved(provision: "Provision", *, by: Viewer | None, now: datetime) -> list[Message]:
    """Tell the agency's leads of each move, the focal point where the country has to agree."""
    with override("en"):
        link = reverse("readiness:delivery", args=[provision.public_id]).removeprefix("/en")
    mover = by.person_id if by else None
    return [
        Message(
            key=f"readiness.provision_moved:{provision.pk}:{number}:{now.isoformat()}",
            template="readiness/email/provision_moved",
            facts={"office": provision.office, "is_asked": provision.state == "proposed"},
            person_id=number,
            thing=f"readiness.provision:{provision.pk}",
            link=link,
            sample=provision.sample,
        )
        for number in told_of_provision(provision, now)
        if number != mover
    ]
