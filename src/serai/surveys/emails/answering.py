"""Letters about a response: its parts, its signature, its clearance, what is asked back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic
from serai.surveys import queries

if TYPE_CHECKING:
    from serai.surveys.models import Delegation, Response

KINDS = (
    "sign_please", "signed_receipt", "clear_please", "returned_to_agency", "delegation_offered",
    "delegation_answered", "delegation_returned", "delegation_revoked", "delegation_due",
    "delegation_expired", "suggestions", "requests_asked", "request_reminder",
    "submission_flagged", "entered_on_your_behalf", "withdrawn", "more_time",
)  # fmt: skip
TOPICS = dict.fromkeys(KINDS, Topic.REQUESTS)


def _letter(
    kind: str, response: "Response", to: Iterable[Any], mark: object, page: str = "response",
    **facts: object,
) -> list[Message]:  # fmt: skip
    """Write one letter to each of some people; its key is its kind, the response and a mark."""
    with override("en"):
        link = reverse(f"surveys:{page}", args=[response.public_id]).removeprefix("/en")
    asked = response.invitation
    found = []
    for person in to:
        if person is None or not queries.writes_to(person):
            continue
        language = person.language
        place = asked.organisation if asked else None
        found.append(
            Message(
                key=f"surveys.{kind}:{response.pk}:{person.pk}:{mark}",
                template=f"surveys/email/{kind}",
                facts={
                    "title": response.wave.survey.title.pick(language)[0],
                    "place": place.names.pick(language)[0] if place else "",
                    **facts,
                },
                person_id=person.pk,
                language=language,
                thing=f"surveys.response:{response.pk}",
                link=link,
                reply_to=response.wave.reply_to,
                sample=response.sample,
            )
        )
    return found


def _lead(response: "Response") -> Any:
    return response.invitation.lead if response.invitation else response.person


def sign_please(response: "Response") -> list[Message]:
    """Ask the signer, who is another person than the lead."""
    asked = response.invitation
    if asked is None or asked.signer_id is None or asked.signer_id == asked.lead_id:
        return []
    return _letter("sign_please", response, [asked.signer], response.revision, page="sign")


def signed_receipt(response: "Response", name: str, round_: int) -> list[Message]:
    """Tell lead and signer that the answers are signed and locked."""
    asked = response.invitation
    people = {one.pk: one for one in (_lead(response), asked.signer if asked else None) if one}
    return _letter("signed_receipt", response, people.values(), round_, name=name)


def clear_please(response: "Response", people: Iterable[Any], round_: int) -> list[Message]:
    """Ask a country's focal points to clear or return what was signed."""
    return _letter("clear_please", response, people, round_, page="clear")


def returned_to_agency(response: "Response", mark: object) -> list[Message]:
    """Tell the lead that the country gave the answers back; its note stands on the page."""
    return _letter("returned_to_agency", response, [_lead(response)], mark)


def requests_asked(response: "Response", count: int, mark: object) -> list[Message]:
    """Tell the lead how many answers the secretariat asks about: one letter a response."""
    return _letter(
        "requests_asked", response, [_lead(response)], mark, page="requests", count=count
    )


def request_reminder(
    response: "Response", count: int, *, due_on: date, is_over: bool, on: date
) -> list[Message]:
    """Remind the lead of what the secretariat asks by a day: one letter a response and day."""
    return _letter(
        "request_reminder", response, [_lead(response)], on, page="requests", count=count,
        due_on=due_on, is_over=is_over,
    )  # fmt: skip


def withdrawn(response: "Response", people: Iterable[Any]) -> list[Message]:
    """Tell the officers that an agency took its answers back."""
    return _letter("withdrawn", response, people, response.revision)


def more_time(response: "Response", people: Iterable[Any], mark: object) -> list[Message]:
    """Ask the officers for more time; they read no drafts, so the link leads to the wave."""
    with override("en"):
        page = reverse("surveys:wave", args=[response.wave.public_id]).removeprefix("/en")
    return [replace(one, link=page) for one in _letter("more_time", response, people, mark)]


def submission_flagged(response: "Response", mark: object) -> list[Message]:
    """Tell the lead that a device handed in something that needs a look."""
    return _letter("submission_flagged", response, [_lead(response)], mark)


def entered_on_your_behalf(response: "Response", mark: object) -> list[Message]:
    """Tell the lead that the secretariat entered a letter or workbook; the agency still signs."""
    return _letter("entered_on_your_behalf", response, [_lead(response)], mark)


def suggestions(response: "Response", count: int, mark: object) -> list[Message]:
    """Tell the lead, once a day, how many texts wait beside the answers."""
    return _letter("suggestions", response, [_lead(response)], mark, count=count)


def delegation(kind: str, row: "Delegation", mark: object, *, count: int = 1) -> list[Message]:
    """Write of a part: to its holder, of what the holder did to the lead, of its end to both.

    `count`: how many parts were offered at once; one letter tells of all.
    """
    response = row.response
    lead = _lead(response)
    to = {"answered": [lead], "returned": [lead], "expired": [lead, row.person]}
    return _letter(
        f"delegation_{kind}", response, to.get(kind, [row.person]), f"{row.pk}:{mark}",
        name=row.person.full_name, takes=row.state == "accepted", due_on=row.due_on,
        count=count,
    )  # fmt: skip
