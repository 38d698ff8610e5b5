"""The letters that ask a focal point whether others may read a country's answers, or figures."""

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.base.mail.topics import ALWAYS
from serai.members.queries import ProposalFound
from serai.members.states.words import AUDIENCE_NAMES
from serai.surveys.queries.waves import full_title
from serai.surveys.states import ReleaseOf

if TYPE_CHECKING:
    from serai.surveys.models import Release

TOPICS = {"release_asked": ALWAYS, "answers_asked": ALWAYS}


def release_asked(row: "Release", proposal: ProposalFound, person: Any) -> Message:
    """Ask one who may consent; the questions stand on the page."""
    with override("en"):
        link = reverse("surveys:consent", args=[proposal.public_id]).removeprefix("/en")
    return Message(
        key=f"surveys.release_asked:{row.pk}:{person.pk}",
        template="surveys/email/release_asked"
        if row.of == ReleaseOf.FIGURES
        else "surveys/email/answers_asked",
        facts={
            "title": full_title(row.wave, person.language),
            "count": len(row.paths),
            "audience": AUDIENCE_NAMES[row.wanted],
            "proposer": proposal.proposed_by,
        },
        person_id=person.pk,
        language=person.language,
        thing=f"surveys.release:{row.pk}",
        link=link,
        reply_to=row.wave.reply_to,
        sample=row.sample,
    )
