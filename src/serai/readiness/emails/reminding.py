"""Letters that ask for a test or an answer: links, never scores."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.members.states import Topic
from serai.readiness.queries.reminders import TestsWanted

if TYPE_CHECKING:
    from serai.readiness.models import Assessment, Office, Provision

TOPICS = {
    "tests_invited": Topic.REQUESTS,
    "tests_reminder": Topic.REQUESTS,
    "results_reminder": Topic.REQUESTS,
    "retest_due": Topic.REQUESTS,
}


def _letters(
    kind: str, office: "Office", page: str, mark: str, to: Iterable[int], **facts: object
) -> list[Message]:
    """Write one letter to each; its key is its kind, a mark and the person."""
    with override("en"):
        link = reverse(f"readiness:{page}", args=[office.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.{kind}:{mark}:{number}",
            template=f"readiness/email/{kind}",
            facts={"office": office.name, **facts},
            person_id=number,
            thing=f"readiness.office:{office.pk}",
            link=link,
            sample=office.sample,
        )
        for number in to
    ]


def tests_wanted(found: TestsWanted, to: Iterable[int]) -> list[Message]:
    """Ask to test a line at three times of day; later remind of it."""
    one = found.assessment
    kind = "tests_reminder" if found.turn else "tests_invited"
    return _letters(kind, one.office, "office_tests", f"{one.pk}:{found.turn}", to)


def results_reminder(found: "Assessment", to: Iterable[int]) -> list[Message]:
    """Remind leads that results wait for their word, and until which day."""
    mark = f"{found.pk}:{found.due_on}"
    return _letters("results_reminder", found.office, "office", mark, to, due_on=found.due_on)


def retest_due(found: "Provision", installed_on: date, to: Iterable[int]) -> list[Message]:
    """Ask to test a line again, two weeks after it was changed."""
    if found.office is None:
        return []
    mark = f"{found.pk}:{installed_on}"
    return _letters("retest_due", found.office, "office_tests", mark, to)
