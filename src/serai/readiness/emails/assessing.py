"""Letters about an office's results and advice."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic

if TYPE_CHECKING:
    from serai.members.models import Person
    from serai.readiness.models import Assessment

TOPICS = {
    "results_for_review": Topic.REQUESTS,
    "results_disputed": Topic.WORK,
    "advice_proposed": Topic.REQUESTS,
}


def _letters(
    kind: str, found: "Assessment", to: "Iterable[Person]", mark: object, **facts: object
) -> list[Message]:
    """Write one letter to each; its key is its kind, the assessment and a mark."""
    with override("en"):
        link = reverse("readiness:office", args=[found.office.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.{kind}:{found.pk}:{person.pk}:{mark}",
            template=f"readiness/email/{kind}",
            facts={"office": found.office.name, **facts},
            person_id=person.pk,
            language=person.language,
            thing=f"readiness.assessment:{found.pk}",
            link=link,
            sample=found.sample,
        )
        for person in to
    ]


def results_for_review(found: "Assessment", to: "Iterable[Person]") -> list[Message]:
    """Tell leads that results wait for their word, and until which day."""
    return _letters("results_for_review", found, to, found.due_on, due_on=found.due_on)


def results_disputed(found: "Assessment", to: "Iterable[Person]", at: datetime) -> list[Message]:
    """Tell officers that an agency says results are wrong; its words stand on the page."""
    return _letters("results_disputed", found, to, at.isoformat())


def advice_proposed(
    found: "Assessment", to: "Iterable[Person]", count: int, mark: int
) -> list[Message]:
    """Tell leads that advice waits for their decision."""
    return _letters("advice_proposed", found, to, mark, count=count)
