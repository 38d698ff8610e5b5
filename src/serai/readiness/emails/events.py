"""Letters before an event: that a forecast is not green, and the card of plan B. Links, never scores."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.mail import Message
from serai.base.text import TranslatedText
from serai.members.states import Topic
from serai.readiness.queries.recipients import leads_of, officers_of_plan

if TYPE_CHECKING:
    from serai.members.models import Person
    from serai.readiness.models import Delegation, EventPlan

TOPICS = {
    "forecast_warning": Topic.REQUESTS,
    "plan_b_card": Topic.REQUESTS,
    "event_warning": Topic.WORK,
}


def forecast_warning(found: "Delegation", *, days: int, now: datetime) -> list[Message]:
    """Tell a delegation's leads that its forecast wants a look, so many days before the event."""
    return _letters(
        "forecast_warning", found, leads_of(found.office, now), "readiness:delegation",
        mark=f"{_day(found.plan)}:{days}", days=days,
    )  # fmt: skip


def plan_b_card(found: "Delegation", *, now: datetime) -> list[Message]:
    """Send a delegation's leads to its card of plan B; again when its day or first way changed."""
    first = found.plan_b[0] if found.plan_b else ""
    return _letters(
        "plan_b_card", found, leads_of(found.office, now), "readiness:plan_b_card",
        mark=f"{_day(found.plan)}:{first}",
    )  # fmt: skip


def event_warning(plan: "EventPlan", *, days: int, now: datetime) -> list[Message]:
    """Tell the officers once an event that some of its delegations want a look."""
    with override("en"):
        link = reverse("readiness:event", args=[plan.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.event_warning:{plan.pk}:{person.pk}:{_day(plan)}:{days}",
            template="readiness/email/event_warning",
            facts={"event": _title(plan, person.language), "days": days},
            person_id=person.pk,
            language=person.language,
            thing=f"readiness.eventplan:{plan.pk}",
            link=link,
            sample=plan.sample,
        )
        for person in officers_of_plan(plan, now)
    ]


def _letters(
    kind: str, found: "Delegation", to: "Iterable[Person]", address: str, mark: str, **facts: object
) -> list[Message]:
    """Write one letter to each; its key is its kind, the delegation and a mark."""
    with override("en"):
        link = reverse(address, args=[found.public_id]).removeprefix("/en")
    return [
        Message(
            key=f"readiness.{kind}:{found.pk}:{person.pk}:{mark}",
            template=f"readiness/email/{kind}",
            facts={
                "office": found.office.name,
                "event": _title(found.plan, person.language),
                **facts,
            },
            person_id=person.pk,
            language=person.language,
            thing=f"readiness.delegation:{found.pk}",
            link=link,
            sample=found.sample,
        )
        for person in to
    ]


def _day(plan: "EventPlan") -> str:
    return plan.starts_at.date().isoformat()


def _title(plan: "EventPlan", language: str) -> str:
    title: TranslatedText = plan.meeting.title
    return title.pick(language or "en")[0]
