"""Let people find initiatives, milestones, meetings and decisions by words."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from serai.base import search
from serai.base.text import TranslatedText
from serai.members.access import audience_keys
from serai.members.states import Audience
from serai.programme.models import Decision, Initiative, Meeting, Milestone
from serai.programme.states import DecisionState


def _index(
    thing: str,
    title: TranslatedText,
    text: TranslatedText,
    page: tuple[str, str],
    keys: Iterable[str],
    *,
    prefix: str,
    sample: bool,
    now: datetime,
) -> None:
    """Write one entry for each language of the title."""
    bodies = {code: said for code, said, _state in text.texts}
    for code, said, _state in title.texts:
        with override(code):
            address = reverse(page[0], args=[page[1]])
        search.index(
            thing=thing, language=code, title=f"{prefix}{said}", text=bodies.get(code, str(text)),
            address=address, keys=keys, now=now, sample=sample,
        )  # fmt: skip


def index_initiative(one: Initiative, now: datetime) -> None:
    """Index an initiative by name and purpose."""
    _index(
        f"programme.initiative:{one.pk}", one.name, one.purpose,
        ("programme:initiative", one.code),
        audience_keys(audience=one.audience, initiative=one.code),
        prefix="", sample=one.sample, now=now,
    )  # fmt: skip


def _keys(
    audience: str,
    initiative: Initiative | None,
    *,
    iso3: str | None = None,
    organisation_id: int | None = None,
) -> frozenset[str]:
    """Return who finds a thing: what is wider than its initiative is found as narrowly as it."""
    if initiative is None:
        return audience_keys(audience=audience)
    home, own = Audience(initiative.audience), Audience(audience)
    is_wide = own in {Audience.MEMBERS, Audience.PUBLIC}
    if is_wide and own.is_wider_than(home):
        return audience_keys(audience=home, initiative=initiative.code)
    return audience_keys(
        audience=audience, iso3=iso3, organisation_id=organisation_id, initiative=initiative.code
    )


def index_all_of(one: Initiative, now: datetime) -> None:
    """Index an initiative and what stands in it again, as its audience has changed."""
    index_initiative(one, now)
    for milestone in one.milestones.select_related("initiative", "country").order_by("id"):
        index_milestone(milestone, now)
    for meeting in one.meetings.select_related("initiative").order_by("id"):
        index_meeting(meeting, now)
    adopted = Decision.objects.filter(meeting__initiative=one).exclude(
        state=DecisionState.PROPOSED.value
    )
    for decision in adopted.select_related("meeting__initiative").order_by("id"):
        index_decision(decision, now)


def index_milestone(one: Milestone, now: datetime) -> None:
    """Index a milestone by name."""
    own = _keys(
        one.audience, one.initiative, iso3=one.country.iso3 if one.country else None,
        organisation_id=one.owner_id,
    )  # fmt: skip
    _index(
        f"programme.milestone:{one.pk}", one.name, one.initiative.name,
        ("programme:milestone", one.public_id), own,
        prefix=f"{one.number}. ", sample=one.sample, now=now,
    )  # fmt: skip


def index_meeting(one: Meeting, now: datetime) -> None:
    """Index a meeting by title and, once agreed, minutes."""
    agreed = one.minutes if one.state == "minutes_agreed" else TranslatedText()
    _index(
        f"programme.meeting:{one.pk}", one.title, agreed, ("programme:meeting", one.public_id),
        _keys(one.audience, one.initiative),
        prefix=f"{one.code}: ", sample=one.sample, now=now,
    )  # fmt: skip


def index_decision(one: Decision, now: datetime) -> None:
    """Index an adopted decision under its number."""
    meeting = one.meeting
    _index(
        f"programme.decision:{one.pk}", one.text, one.text,
        ("programme:meeting", meeting.public_id),
        _keys(meeting.audience, meeting.initiative),
        prefix=f"{one.number}: ", sample=one.sample, now=now,
    )  # fmt: skip
