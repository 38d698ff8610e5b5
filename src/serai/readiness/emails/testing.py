"""Letters about connection tests: links, never figures."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic
from serai.readiness.queries.letters import officers_of

if TYPE_CHECKING:
    from serai.readiness.models import ProbeRun

TOPICS = {"run_doubted": Topic.WORK}


def run_doubted(run: "ProbeRun", now: datetime) -> list[Message]:
    """Tell officers of a test that our probe has not signed, or that is too good to be true."""
    with override("en"):
        link = reverse("readiness:run", args=[run.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.run_doubted:{run.pk}:{to.person_id}",
            template="readiness/email/run_doubted",
            facts={"office": run.office},
            person_id=to.person_id,
            thing=f"readiness.proberun:{run.pk}",
            link=link,
            sample=run.sample,
        )
        for to in officers_of(run.office, now)
    ]
