"""Letters about forms."""

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic
from serai.surveys import queries
from serai.surveys.queries.waves import full_title

if TYPE_CHECKING:
    from serai.surveys.models import Response

TOPICS = {"form_changed": Topic.REQUESTS}


def form_changed(response: "Response", *, looks: int, aside: int) -> list[Message]:
    """Tell who answers that the questions have changed, and how many answers need a look."""
    asked = response.invitation
    lead = asked.lead if asked else response.person
    if lead is None or not queries.writes_to(lead):
        return []
    language = asked.language if asked else lead.language
    with override("en"):
        link = reverse("surveys:response", args=[response.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"surveys.form_changed:{response.pk}:{response.version_id}",
            template="surveys/email/form_changed",
            facts={
                "title": full_title(response.wave, language), "looks": looks, "aside": aside,
            },
            person_id=lead.pk,
            language=language,
            thing=f"surveys.response:{response.pk}",
            link=link,
            reply_to=response.wave.reply_to,
            sample=response.sample,
        )
    ]  # fmt: skip
