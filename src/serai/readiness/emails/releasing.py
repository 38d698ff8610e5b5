"""Letters about releases: that one is asked, granted or withdrawn; links, never results."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import override

from serai.base.access import Viewer
from serai.base.mail import Message
from serai.members.queries import staff_of
from serai.members.states import Role, Topic
from serai.readiness.access import initiative_of
from serai.readiness.queries.recipients import leads_of
from serai.readiness.queries.releases import focal_points_of

if TYPE_CHECKING:
    from serai.readiness.models import Release

TOPICS = {
    "release_asked": Topic.REQUESTS,
    "release_granted": Topic.WORK,
    "release_withdrawn": Topic.WORK,
}


def _letters(
    kind: str, found: "Release", to: Iterable[int], now: datetime, mover: int | None = None
) -> list[Message]:
    with override("en"):
        link = reverse("readiness:release", args=[found.public_id]).removeprefix("/en")
    office = found.assessment.office.name if found.assessment else ""
    return [
        Message(
            key=f"readiness.{kind}:{found.pk}:{number}:{now.isoformat()}",
            template=f"readiness/email/{kind}",
            facts={"office": office, "is_public": found.audience == "public"},
            person_id=number,
            thing=f"readiness.release:{found.pk}",
            link=link,
            sample=found.sample,
        )
        for number in dict.fromkeys(to)
        if number != mover
    ]


def release_asked(found: "Release", now: datetime) -> list[Message]:
    """Ask the country's focal point to grant or decline."""
    return _letters("release_asked", found, focal_points_of(found, now), now)


def release_granted(found: "Release", now: datetime) -> list[Message]:
    """Tell officers that a country granted, so that they let it out."""
    return _letters("release_granted", found, _officers(found, now), now)


def release_withdrawn(found: "Release", *, by: Viewer, now: datetime) -> list[Message]:
    """Tell the agency's leads, the focal point and officers, all but whoever withdrew it."""
    to = [*focal_points_of(found, now), *_officers(found, now)]
    if found.assessment is not None:
        to += [one.pk for one in leads_of(found.assessment.office, now)]
    return _letters("release_withdrawn", found, to, now, by.person_id)


def _officers(found: "Release", now: datetime) -> list[int]:
    thing = found.assessment.office if found.assessment else found.run
    code = (initiative_of(thing) if thing else None) or ""
    people = staff_of(code, now, [Role.OFFICER]) or staff_of(code, now, [Role.COORDINATOR])
    return [one.pk for one in people]
