"""Let people find by words what the programme holds, never more than each may read."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from serai.base import search
from serai.base.text import TranslatedText
from serai.members.access import audience_keys, country_key, organisation_key, person_key
from serai.members.states import Audience
from serai.programme.models import (
    ActionItem,
    Decision,
    Initiative,
    Meeting,
    Milestone,
    Paper,
    Request,
    Risk,
)
from serai.programme.states import DecisionState, MeetingState

T = TypeVar("T", bound=Model)
# Until a meeting's papers are out only those who call it read them: then nobody finds them.
PAPERS_HELD_BACK = frozenset(
    {MeetingState.PLANNED.value, MeetingState.CALLED.value, MeetingState.CANCELLED.value}
)


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
    for found in _of_initiatives([one]):
        found.index(now)


def index_all_of_meeting(one: Meeting, now: datetime) -> None:
    """Index a meeting, its decisions and its papers again, as its audience has changed."""
    for found in _of_meetings(Meeting.objects.filter(pk=one.pk)):
        found.index(now)


def findable() -> Iterator[search.Findable]:
    """Return all that is found of the programme, for building the index anew."""
    initiatives = list(Initiative.objects.order_by("id"))
    for one in initiatives:
        yield search.Findable(f"programme.initiative:{one.pk}", partial(index_initiative, one))
    yield from _of_initiatives([*initiatives, None])


def _of_initiatives(homes: Sequence[Initiative | None]) -> Iterator[search.Findable]:
    """Return what stands in some initiatives; None stands for the whole programme."""
    codes = [one.pk for one in homes if one is not None]
    within = Q(initiative__in=codes) | (Q(initiative=None) if None in homes else Q(pk=None))
    yield from _each(
        Milestone.objects.filter(within).select_related("initiative", "country"), index_milestone
    )
    yield from _of_meetings(Meeting.objects.filter(within))
    yield from _each(Request.objects.filter(within).select_related("initiative"), index_request)
    yield from _each(ActionItem.objects.filter(within).select_related("initiative"), index_action)
    yield from _each(Risk.objects.filter(within).select_related("initiative"), index_risk)


def _of_meetings(meetings: QuerySet[Meeting]) -> Iterator[search.Findable]:
    """Return some meetings, what was decided there, and their papers."""
    own = Q(meeting__in=meetings.values("pk"))
    decided = Decision.objects.filter(own).exclude(state=DecisionState.PROPOSED.value)
    papers = Paper.objects.filter(item__meeting__in=meetings.values("pk"))
    yield from _each(meetings.select_related("initiative"), index_meeting)
    yield from _each(decided.select_related("meeting__initiative"), index_decision)
    yield from _each(papers.select_related("item__meeting__initiative"), index_paper)


def _each(rows: QuerySet[T], write: Callable[[T, datetime], None]) -> Iterator[search.Findable]:
    for row in rows.order_by("id"):
        yield search.Findable(f"{row._meta.label_lower}:{row.pk}", partial(write, row))


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


def index_papers(meeting: Meeting, now: datetime) -> None:
    """Index a meeting's papers again, as its state or audience has changed."""
    papers = Paper.objects.filter(item__meeting=meeting).select_related("item__meeting__initiative")
    for one in papers.order_by("id"):
        index_paper(one, now)


def index_paper(one: Paper, now: datetime) -> None:
    """Index a paper by title once the papers are out, as narrowly as its meeting."""
    meeting = one.item.meeting
    thing = f"programme.paper:{one.pk}"
    if meeting.state in PAPERS_HELD_BACK:
        search.remove(thing)
        return
    own, home = Audience(one.audience), Audience(meeting.audience)
    audience = home if own.is_wider_than(home) else own
    _index(
        thing, one.title, meeting.title, ("programme:meeting", meeting.public_id),
        _keys(audience, meeting.initiative),
        prefix=f"{meeting.code}: ", sample=meeting.sample, now=now,
    )  # fmt: skip


def index_request(one: Request, now: datetime) -> None:
    """Index a request by its text, for its audience and for those whom it addresses."""
    asked = one.addressees.select_related("country").order_by("id")
    own = {country_key(row.country.iso3) for row in asked if row.country is not None}
    own |= {organisation_key(row.organisation_id) for row in asked if row.organisation_id}
    _index(
        f"programme.request:{one.pk}", one.text, one.text, ("programme:request", one.public_id),
        _keys(one.audience, one.initiative) | own,
        prefix="", sample=one.sample, now=now,
    )  # fmt: skip


def index_action(one: ActionItem, now: datetime) -> None:
    """Index an action item by its text, for its audience and for those who are to do it."""
    own = {country_key(row.iso3) for row in one.countries.order_by("id")}
    own |= {organisation_key(one.owner_id)} if one.owner_id else set()
    own |= {person_key(one.person_id)} if one.person_id else set()
    _index(
        f"programme.actionitem:{one.pk}", one.text, one.text, ("programme:action", one.public_id),
        _keys(one.audience, one.initiative) | own,
        prefix="", sample=one.sample, now=now,
    )  # fmt: skip


def index_risk(one: Risk, now: datetime) -> None:
    """Index a risk by its text; only assumptions are ever released to members."""
    _index(
        f"programme.risk:{one.pk}", one.text, one.text, ("programme:risk", one.public_id),
        _keys(one.audience, one.initiative),
        prefix="", sample=one.sample, now=now,
    )  # fmt: skip
