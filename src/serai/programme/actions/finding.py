"""Let people find initiatives, milestones, meetings and decisions by words."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import override

from serai.base import search
from serai.base.text import TranslatedText
from serai.members.access import audience_keys
from serai.programme.models import Decision, Initiative, Meeting, Milestone


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


def index_milestone(one: Milestone, now: datetime) -> None:
    """Index a milestone by name; what is wider than its initiative is found as narrowly as it."""
    own = audience_keys(
        audience=one.audience, iso3=one.country.iso3 if one.country else None,
        organisation_id=one.owner_id, initiative=one.initiative.code,
    )  # fmt: skip
    if one.audience in {"members", "public"} and one.initiative.audience != one.audience:
        narrow = audience_keys(audience=one.initiative.audience, initiative=one.initiative.code)
        own = narrow if one.initiative.audience == "secretariat" else own
    _index(
        f"programme.milestone:{one.pk}", one.name, one.initiative.name,
        ("programme:milestone", one.public_id), own,
        prefix=f"{one.number}. ", sample=one.sample, now=now,
    )  # fmt: skip


def index_meeting(one: Meeting, now: datetime) -> None:
    """Index a meeting by title and, once agreed, minutes."""
    agreed = one.minutes if one.state == "minutes_agreed" else TranslatedText()
    code = one.initiative.code if one.initiative else None
    _index(
        f"programme.meeting:{one.pk}", one.title, agreed, ("programme:meeting", one.public_id),
        audience_keys(audience=one.audience, initiative=code),
        prefix=f"{one.code}: ", sample=one.sample, now=now,
    )  # fmt: skip


def index_decision(one: Decision, now: datetime) -> None:
    """Index an adopted decision under its number."""
    meeting = one.meeting
    code = meeting.initiative.code if meeting.initiative else None
    _index(
        f"programme.decision:{one.pk}", one.text, one.text,
        ("programme:meeting", meeting.public_id),
        audience_keys(audience=meeting.audience, initiative=code),
        prefix=f"{one.number}: ", sample=one.sample, now=now,
    )  # fmt: skip
