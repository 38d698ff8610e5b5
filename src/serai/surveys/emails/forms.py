"""Letters about forms."""

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic
from serai.surveys.models import Response

TOPICS = {"form_changed": Topic.WORK}


def form_changed(response: Response, *, looks: int, aside: int) -> list[Message]:
    """Tell who answers that the questions have changed, and how many answers need a look."""
    asked = response.invitation
    lead = asked.lead_id if asked else response.person_id
    if lead is None:
        return []
    with override("en"):
        link = reverse("home:page").removeprefix("/en")
    return [
        Message(
            key=f"surveys.form_changed:{response.pk}:{response.version_id}",
            template="surveys/email/form_changed",
            facts={"survey": response.wave.survey, "looks": looks, "aside": aside},
            person_id=lead,
            thing=f"surveys.response:{response.pk}",
            link=link,
            reply_to=response.wave.reply_to,
            sample=response.sample,
        )
    ]
