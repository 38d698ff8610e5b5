"""Letters to those who are asked, and to the officer whose letters come back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from serai.base.access import ANONYMOUS
from serai.base.mail import Message
from serai.base.mail.topics import ALWAYS
from serai.base.mail.wording import Worded, word
from serai.members.states import Topic
from serai.programme.queries import programme
from serai.surveys import queries
from serai.surveys.queries.invitations import letter_key, link_mark
from serai.surveys.queries.waves import full_title

if TYPE_CHECKING:
    from serai.surveys.models import Invitation, Wave

# Whoever is asked gets the letter with the link; what follows may be turned off.
TOPICS = {
    "invitation": ALWAYS,
    "new_link": ALWAYS,
    "private_link": ALWAYS,
    "reminder_before": Topic.REQUESTS,
    "reminder_due": Topic.REQUESTS,
    "reminder_overdue": Topic.REQUESTS,
    "due_extended": Topic.REQUESTS,
    "closed": Topic.REQUESTS,
    "bounced": Topic.WORK,
}
SOON_DAYS = 1
UNKNOWN = "preview"


def _path(name: str, *arguments: str) -> str:
    """Return a page's address from the language on."""
    with override("en"):
        return reverse(f"surveys:{name}", args=arguments).removeprefix("/en")


def _facts(invitation: "Invitation", language: str) -> dict[str, object]:
    """Return what every letter about an invitation may say."""
    house = programme(ANONYMOUS)
    asker = house.secretariat if house.secretariat.texts else house.name
    wave = invitation.wave
    return {
        "title": full_title(wave, language),
        "programme_name": asker.pick(language)[0],
        # A person without an organisation is addressed, not named.
        "place": queries.place_of(invitation, language) if invitation.organisation else "",
        "due_on": queries.due_of(invitation),
        "sight": queries.Sight.of(invitation),
        "person": str(invitation.lead or ""),
    }


def _letter(
    kind: str, invitation: "Invitation", to: Any, *, mark: str, link: str = "", **more: object
) -> list[Message]:
    """Write one letter to one person, unless they have left or rest."""
    if not queries.writes_to(to):
        return []
    language = invitation.language if to.pk == invitation.lead_id else to.language
    return [
        Message(
            key=letter_key(kind, invitation, to.pk, mark),
            template=f"surveys/email/{kind}",
            facts=_facts(invitation, language) | more,
            person_id=to.pk,
            language=language,
            thing=f"surveys.invitation:{invitation.pk}",
            link=link or _path("asked", invitation.public_id),
            reply_to=invitation.wave.reply_to,
            sample=invitation.sample,
        )
    ]


def invitation(found: "Invitation", token: str) -> list[Message]:
    """Write the letter with the link; its key is the link's, so that it is written once."""
    return _letter(
        "invitation", found, found.lead, mark=link_mark(found), link=_path("link", token)
    )


def new_link(found: "Invitation", token: str) -> list[Message]:
    """Write a new link to the address we know, where the old one has ended."""
    return _letter("new_link", found, found.lead, mark=link_mark(found), link=_path("link", token))


def private_link(found: "Invitation", token: str) -> list[Message]:
    """Write to who came by an open link the link of their own, to begin and to come back."""
    return _letter(
        "private_link", found, found.lead, mark=link_mark(found), link=_path("link", token)
    )


def preview(found: "Invitation") -> Worded:
    """Return the letter as its reader will get it, without a link that works."""
    found_letters = invitation(found, UNKNOWN)
    if not found_letters:
        return Worded("", "", "")
    letter = found_letters[0]
    return word(
        letter.template, letter.facts, letter.language or settings.LANGUAGE_CODE,
        link=letter.link, sample=letter.sample,
    )  # fmt: skip


def reminder(found: "Invitation", *, left: int, on: date) -> list[Message]:
    """Remind who has not handed in: before the day, on it and the day before it, after it."""
    kind = "reminder_overdue" if left < 0 else "reminder_due" if left <= SOON_DAYS else ""
    return _letter(kind or "reminder_before", found, found.lead, mark=str(on), left=left)


def due_extended(found: "Invitation") -> list[Message]:
    """Tell of more time."""
    return _letter("due_extended", found, found.lead, mark=str(queries.due_of(found)))


def closed(found: "Invitation") -> list[Message]:
    """Tell who has not handed in that the time is over, and what becomes of the draft."""
    return _letter("closed", found, found.lead, mark=str(queries.due_of(found)))


def bounced(wave: "Wave", places: Iterable[str], officer: Any, mark: str) -> list[Message]:
    """Tell the officer which letters did not arrive."""
    if not queries.writes_to(officer):
        return []
    facts: Mapping[str, object] = {
        "title": full_title(wave, officer.language),
        "places": list(places),
    }
    return [
        Message(
            key=f"surveys.bounced:{wave.pk}:{officer.pk}:{mark}",
            template="surveys/email/bounced",
            facts=facts,
            person_id=officer.pk,
            thing=f"surveys.wave:{wave.pk}",
            link=_path("wave", wave.public_id),
            sample=wave.sample,
        )
    ]
