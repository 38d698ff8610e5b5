"""Events: a meeting planned as one, and its delegations until it begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer, require
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.programme import queries as programme
from serai.programme.states import MeetingState
from serai.readiness import access
from serai.readiness.actions.acts import Refused, check_move, note_audit
from serai.readiness.actions.forecasting import forecast_event, take_hours
from serai.readiness.models import Delegation, EventPlan, Framework, MeetingRoom, Office
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.policies import platform_names
from serai.readiness.states import DelegationState


@dataclass(frozen=True)
class EventFacts:
    """What an event is like; its hours are its meeting's.

    Attributes:
        contacts: whom to reach outside the platform; printed on each card.
    """

    event: str
    platform: str
    languages: Sequence[str]
    sensitivity: str
    contacts: str = ""


@dataclass(frozen=True)
class Place:
    """From where a delegation takes part, and as what; no room for seats at desks."""

    office: Office
    room: MeetingRoom | None
    role: str
    seats: int


# ---------------------------------------------------------------- the event
@transaction.atomic
def plan_event(
    *, framework: Framework, meeting: str, facts: EventFacts, by: Viewer, now: datetime
) -> EventPlan:
    """Plan a meeting of the programme, named by its public number, as an event."""
    require(access.may_plan, by, framework)
    found = programme.meeting(by, meeting)
    if found.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. Choose another."), "meeting")
    if EventPlan.objects.filter(meeting_id=found.pk).exists():
        raise Refused(_("This meeting is planned as an event already."), "meeting")
    made = EventPlan(
        framework=framework, meeting=found, starts_at=found.starts_at, ends_at=found.ends_at,
        made_at=now, made_by_id=by.person_id, sample=by.is_sample or found.sample,
    )  # fmt: skip
    _write(made, facts)
    note_audit("plan_event", made, by=by, now=now, after={"event": made.event})
    return made


@transaction.atomic
def change_event(*, plan: EventPlan, facts: EventFacts, by: Viewer, now: datetime) -> EventPlan:
    """Change an event before it is live; forecasts that were made are made anew."""
    require(access.may_keep_event, by, plan)
    if plan.delegations.exclude(state__in=access.BEFORE).exists():
        raise Refused(_("The event has begun. It stays as it was planned."))
    before = {"event": plan.event, "platform": plan.platform, "sensitivity": plan.sensitivity}
    _write(plan, facts)
    take_hours(plan)
    after = {"event": plan.event, "platform": plan.platform, "sensitivity": plan.sensitivity}
    note_audit("change_event", plan, by=by, now=now, before=before, after=after)
    _again(plan, now)
    return plan


def _write(plan: EventPlan, facts: EventFacts) -> None:
    known = {one.code for one in definition_of(plan.framework).ladder.events}
    if facts.event not in known:
        raise Refused(_("The framework has no event %(code)s.") % {"code": facts.event}, "event")
    if facts.platform not in platform_names():
        raise Refused(
            _("The table of tiers has no platform “%(code)s”. Choose one that it names.")
            % {"code": facts.platform},
            "platform",
        )
    plan.event, plan.platform = facts.event, facts.platform
    plan.languages = list(facts.languages)
    plan.sensitivity = Sensitivity(facts.sensitivity).value
    plan.contacts = facts.contacts.strip()
    plan.save()


def _again(plan: EventPlan, now: datetime) -> None:
    """Forecast anew what was forecast: all, as the better hour is found for all together."""
    if plan.delegations.exclude(forecast_at=None).exists():
        forecast_event(plan=plan, by=None, now=now)


# ---------------------------------------------------------------- delegations
@transaction.atomic
def add_delegation(*, plan: EventPlan, place: Place, by: Viewer, now: datetime) -> Delegation:
    """Enter an office with its room, seats and role."""
    require(access.may_enter, by, plan)
    _check(plan, place, None, by)
    made = Delegation.objects.create(
        plan=plan, office=place.office, room=place.room, role=Role(place.role).value,
        seats=place.seats, sample=plan.sample or by.is_sample,
    )  # fmt: skip
    note_audit("add_delegation", made, by=by, now=now, after={"role": made.role})
    _again(plan, now)
    made.refresh_from_db()
    return made


@transaction.atomic
def change_delegation(
    *, delegation: Delegation, place: Place, by: Viewer, now: datetime
) -> Delegation:
    """Change from where a delegation takes part; it has to rehearse again there."""
    require(access.may_change_delegation, by, delegation)
    plan = delegation.plan
    _check(plan, place, delegation, by)
    before = {"office": delegation.office_id, "room": delegation.room_id, "role": delegation.role}
    delegation.office, delegation.room = place.office, place.room
    delegation.role, delegation.seats = Role(place.role).value, place.seats
    if delegation.state == DelegationState.REHEARSED:
        check_move(delegation, DelegationState.FORECAST)
        delegation.state, delegation.rehearsed_at = DelegationState.FORECAST.value, None
    delegation.save(update_fields=["office", "room", "role", "seats", "state", "rehearsed_at"])
    after = {"office": delegation.office_id, "room": delegation.room_id, "role": delegation.role}
    note_audit("change_delegation", delegation, by=by, now=now, before=before, after=after)
    _again(plan, now)
    delegation.refresh_from_db()
    return delegation


def _check(plan: EventPlan, place: Place, found: Delegation | None, by: Viewer) -> None:
    is_staff = access.is_staff(by, plan)
    if not is_staff and not access.may_enter_office(by, place.office):
        raise Denied("readiness.may_enter")
    if plan.delegations.exclude(state__in=access.BEFORE).exists():
        raise Refused(_("The event has begun. Nobody is entered any more."))
    if place.role == Role.HOST and not is_staff and (found is None or found.role != Role.HOST):
        raise Refused(_("An officer says who holds the event. Choose another role."), "role")
    if place.room is not None and place.room.office_id != place.office.pk:
        raise Refused(_("The room belongs to another office. Choose one of this office."), "place")
    others = plan.delegations.filter(office=place.office, room=place.room)
    if found is not None:
        others = others.exclude(pk=found.pk)
    if others.exists():
        raise Refused(_("This office takes part from there already."), "place")


@transaction.atomic
def drop_delegation(*, delegation: Delegation, by: Viewer, now: datetime) -> None:
    """Take out an office that does not come; not once the event is live."""
    require(access.may_change_delegation, by, delegation)
    plan = delegation.plan
    note_audit(
        "drop_delegation", delegation, by=by, now=now, before={"office": delegation.office_id}
    )
    delegation.delete()
    _again(plan, now)
