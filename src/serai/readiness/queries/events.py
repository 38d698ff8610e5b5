"""Events as a viewer may see them: the list, one event with its delegations, what may be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.forecast import Colour, PlanB
from serai.calc.readiness.ladder import Role
from serai.members.access import keys_after
from serai.programme import access as meetings
from serai.programme import queries as programme
from serai.readiness import access
from serai.readiness.models import Delegation, EventPlan, Framework, Office
from serai.readiness.queries.definitions import definition_of, framework_in_use
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.plans import in_languages
from serai.readiness.queries.policies import platform_names
from serai.readiness.queries.verdicts import BetterHour, Kept, kept, ways
from serai.readiness.states import DelegationState
from serai.readiness.states.event_words import event_state

FEWEST_OTHERS = 5
"""Organisations beside a host's own below which it is told no count of forecasts."""


@dataclass(frozen=True)
class DelegationRow:
    """One delegation that the viewer may read."""

    public_id: str
    office: str
    office_id: int
    country: TranslatedText
    city: str
    zone: str
    room: str
    role: Role
    seats: int
    state: DelegationState
    forecast: Kept | None
    ways: tuple[PlanB, ...]
    forecast_at: datetime | None
    rehearsed_at: datetime | None
    outcome: str
    outcome_note: str
    sample: bool


@dataclass(frozen=True)
class EventRow:
    """One event.

    Attributes:
        counts: delegations the viewer may read, by the colour of their forecast.
        unforecast: those of them without one.
        total: all delegations.
    """

    public_id: str
    title: TranslatedText
    starts_at: datetime
    ends_at: datetime
    zone: str
    event: str
    event_name: TranslatedText
    platform: str
    sensitivity: str
    languages: tuple[str, ...]
    state: DelegationState
    counts: Mapping[Colour, int]
    unforecast: int
    total: int
    is_cancelled: bool
    sample: bool


@dataclass(frozen=True)
class HostCount:
    """What a host is told of the others' forecasts: how many, never whose.

    Attributes:
        worried: not green; None where the others are too few to be counted.
    """

    others: int
    worried: int | None


@dataclass(frozen=True)
class EventPage:
    """An event with what this viewer may see and do.

    Attributes:
        contacts: names and numbers, for those of whom somebody takes part, and for the desk.
        meeting_public_id: "" for whoever does not see the meeting itself.
        better: the better hour, for those who read a forecast.
        is_open: nobody is live yet: it may be changed.
        is_moved: the meeting was moved since the forecasts were made.
        is_over: the viewer works at it, and knows none of its offices any more.
    """

    row: EventRow
    meeting_public_id: str
    contacts: str
    delegations: tuple[DelegationRow, ...]
    better: BetterHour | None
    host_count: HostCount | None
    may_keep: bool
    may_enter: bool
    may_work: bool
    is_open: bool
    is_moved: bool
    is_over: bool


@dataclass(frozen=True)
class _Names:
    """Names of events and platforms, read once a page."""

    platforms: Mapping[str, str]

    def of_event(self, plan: EventPlan) -> TranslatedText:
        for one in definition_of(plan.framework).ladder.events:
            if one.code == plan.event:
                return in_languages(one.name, one.code)
        return TranslatedText.of(plan.event)


# ---------------------------------------------------------------- reading
def _plans(viewer: Viewer) -> QuerySet[EventPlan]:
    """Return the events a viewer sees, as `access.may_see_event` says of one."""
    found = EventPlan.objects.select_related(
        "meeting__initiative", "framework__initiative"
    ).prefetch_related(
        Prefetch(
            "delegations",
            Delegation.objects.select_related(
                "office__organisation__member", "office__initiative", "room"
            ).order_by("office__organisation__member__iso3", "office__name", "id"),
        )
    )
    if access.is_technician(viewer) or "secretariat" in viewer.keys:
        return found
    if not access.may_open_plans(viewer):
        return found.none()
    own = Delegation.objects.filter(office__in=offices_seen(viewer))
    return found.filter(
        Q(meeting__in=programme.visible_meetings(viewer))
        | Q(pk__in=own.values("plan"))
        | Q(framework__initiative__code__in=keys_after(viewer, "secretariat"))
    )


def events(viewer: Viewer) -> list[EventRow]:
    """Return the events a viewer sees, the latest first."""
    names = _Names(platform_names())
    seen = offices_read(viewer)
    return [_row(one, names, seen) for one in _plans(viewer).order_by("-starts_at", "-id")]


def offices_read(viewer: Viewer) -> frozenset[int]:
    """Return the offices whose forecasts a viewer reads, as `access.may_see_delegation` says."""
    seen = set(offices_seen(viewer).values_list("pk", flat=True))
    if access.is_technician(viewer):
        seen.update(access.offices_at_desk().values_list("pk", flat=True))
    return frozenset(seen)


def _seen_in(plan: EventPlan, seen: frozenset[int]) -> list[Delegation]:
    return [one for one in plan.delegations.all() if one.office_id in seen]


def _row(plan: EventPlan, names: _Names, seen: frozenset[int]) -> EventRow:
    read = [kept(one.verdict) for one in _seen_in(plan, seen)]
    everyone = list(plan.delegations.all())
    return EventRow(
        public_id=plan.public_id,
        title=plan.meeting.title,
        starts_at=plan.meeting.starts_at,
        ends_at=plan.meeting.ends_at,
        zone=plan.meeting.zone,
        event=plan.event,
        event_name=names.of_event(plan),
        platform=names.platforms.get(plan.platform, plan.platform),
        sensitivity=plan.sensitivity,
        languages=tuple(plan.languages),
        state=event_state(one.state for one in everyone),
        counts={
            colour: sum(one is not None and one.colour is colour for one in read)
            for colour in Colour
        },
        unforecast=sum(one is None for one in read),
        total=len(everyone),
        is_cancelled=plan.meeting.state == "cancelled",
        sample=plan.sample,
    )


def event(viewer: Viewer, public_id: str) -> EventPlan:
    """Return one event.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    found = _plans(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(public_id)
    return found


def event_page(viewer: Viewer, plan: EventPlan) -> EventPage:
    """Return an event with the delegations the viewer may read."""
    seen = offices_read(viewer)
    read = _seen_in(plan, seen)
    rows = tuple(delegation_row(viewer, one) for one in read)
    is_whole = access.is_staff(viewer, plan) or access.is_technician(viewer)
    is_open = all(one.state in access.BEFORE for one in plan.delegations.all())
    return EventPage(
        row=_row(plan, _Names(platform_names()), seen),
        meeting_public_id=plan.meeting.public_id
        if meetings.may_see_meeting(viewer, plan.meeting)
        else "",
        contacts=plan.contacts if rows or is_whole else "",
        delegations=rows,
        better=next((row.forecast.better for row in rows if row.forecast), None),
        host_count=None if is_whole else _host_count(viewer, plan, read),
        may_keep=access.may_keep_event(viewer, plan),
        may_enter=is_open and access.may_enter(viewer, plan),
        may_work=access.may_work_at(viewer, plan),
        is_open=is_open,
        is_moved=is_open
        and plan.starts_at != plan.meeting.starts_at
        and any(one.forecast_at for one in read),
        is_over=is_whole and not rows and bool(plan.delegations.all()),
    )


def _host_count(viewer: Viewer, plan: EventPlan, read: Sequence[Delegation]) -> HostCount | None:
    """Count the others' forecasts for whoever holds the event; None for all who do not."""
    hosts = {
        one.office.organisation_id
        for one in read
        if one.role == Role.HOST
        and (access.is_own(viewer, one.office) or access.is_of_country(viewer, one.office))
    }
    if not hosts:
        return None
    others = [one for one in plan.delegations.all() if one.office.organisation_id not in hosts]
    read_of = [kept(one.verdict) for one in others]
    worried = sum(one is not None and one.colour is not Colour.GREEN for one in read_of)
    is_enough = len({one.office.organisation_id for one in others}) >= FEWEST_OTHERS
    return HostCount(len(others), worried if is_enough else None)


def forecast_as_read(viewer: Viewer, one: Delegation) -> Kept | None:
    """Return a delegation's forecast; whether the security gate is passed is told to few."""
    found = kept(one.verdict)
    if found is None or access.reads_gate(viewer, one.office):
        return found
    return replace(found, checks=replace(found.checks, security=""))


def delegation_row(viewer: Viewer, one: Delegation) -> DelegationRow:
    """Return a delegation as pages show it; its office, room and country are read already."""
    member = one.office.organisation.member
    return DelegationRow(
        public_id=one.public_id,
        office=one.office.name,
        office_id=one.office_id,
        country=member.shown_name if member else TranslatedText(),
        city=one.office.city,
        zone=one.office.time_zone,
        room=one.room.name if one.room else "",
        role=Role(one.role),
        seats=one.seats,
        state=DelegationState(one.state),
        forecast=forecast_as_read(viewer, one),
        ways=ways(one.plan_b),
        forecast_at=one.forecast_at,
        rehearsed_at=one.rehearsed_at,
        outcome=str(one.outcome.get("word", "")),
        outcome_note=str(one.outcome.get("note", "")),
        sample=one.sample,
    )


def delegation(viewer: Viewer, public_id: str) -> Delegation:
    """Return one delegation.

    Raises:
        NotFound: if there is none this viewer may read.
    """
    found = (
        Delegation.objects.filter(public_id=public_id)
        .select_related(
            "plan__meeting__initiative", "plan__framework__initiative",
            "office__organisation__member", "office__initiative", "room",
        )
        .first()
    )  # fmt: skip
    if found is None or not access.may_see_delegation(viewer, found):
        raise NotFound(public_id)
    return found


# ---------------------------------------------------------------- choosing
def framework_of_events(viewer: Viewer) -> Framework:
    """Return the edition in use in which the viewer may plan.

    Raises:
        NotFound: if none is in use.
    """
    found = framework_in_use()
    if found is None or not access.may_plan(viewer, found):
        raise NotFound("framework")
    return found


def event_types(framework: Framework) -> list[tuple[str, TranslatedText]]:
    """Return the events of an edition from the simplest up."""
    ladder = definition_of(framework).ladder
    return [(one.code, in_languages(one.name, one.code)) for one in ladder.events]


def meetings_to_plan(viewer: Viewer, now: datetime) -> list[programme.MeetingRow]:
    """Return the meetings to come that are no event yet, the soonest first."""
    taken = set(EventPlan.objects.values_list("meeting_id", flat=True))
    found = [
        row
        for row in programme.meetings(viewer, since=now)
        if row.id not in taken and row.state != "cancelled"
    ]
    return sorted(found, key=lambda row: (row.starts_at, row.id))


def places_to_enter(viewer: Viewer, plan: EventPlan) -> list[Office]:
    """Return the open offices the viewer may enter, with their open rooms read."""
    found = offices_seen(viewer).filter(is_closed=False).prefetch_related("rooms")
    is_staff = access.is_staff(viewer, plan)
    return [one for one in found if is_staff or access.may_enter_office(viewer, one)]


def may_be_host(viewer: Viewer, plan: EventPlan) -> bool:
    """Tell whether the viewer may say who holds the event."""
    return access.is_staff(viewer, plan)


def offices_in_city(viewer: Viewer, found: Delegation) -> list[str]:
    """Name other offices of the city for officers, who may tell a delegation where to go."""
    if not found.office.city or not access.is_staff(viewer, found.plan):
        return []
    rows = Office.objects.filter(
        city__iexact=found.office.city, is_closed=False,
        organisation__member=found.office.organisation.member_id,
    ).exclude(pk=found.office_id)  # fmt: skip
    return _names_of(rows.order_by("name", "id"))


def _names_of(rows: Iterable[Office]) -> list[str]:
    return [one.name for one in rows]
