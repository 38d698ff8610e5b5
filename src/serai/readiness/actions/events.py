"""Events: a meeting planned as one, its delegations, rehearsal, the day itself, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.programme import queries as programme
from serai.readiness import access
from serai.readiness.actions.acts import Refused, check_move, note_audit
from serai.readiness.models import Delegation, EventPlan, Framework, MeetingRoom, Office
from serai.readiness.queries.plan_inputs import definition_of
from serai.readiness.states import DelegationState


@dataclass(frozen=True)
class EventFacts:
    """What an event is like."""

    event: str
    platform: str
    languages: Sequence[str]
    sensitivity: str
    starts_at: datetime
    ends_at: datetime
    contacts: str = ""


@transaction.atomic
def plan_event(
    *, framework: Framework, meeting: str, facts: EventFacts, by: Viewer, now: datetime
) -> EventPlan:
    """Plan a meeting of the programme, named by its public number, as an event."""
    require(access.may_plan, by, framework)
    found = programme.meeting(by, meeting)
    if EventPlan.objects.filter(meeting_id=found.pk).exists():
        raise Refused(_("This meeting is planned as an event already."), "meeting")
    made = EventPlan(
        framework=framework, meeting_id=found.pk, made_at=now, made_by_id=by.person_id,
        sample=by.is_sample or found.sample,
    )  # fmt: skip
    _write(made, facts)
    note_audit("plan_event", made, by=by, now=now, after={"event": made.event})
    return made


@transaction.atomic
def change_event(*, plan: EventPlan, facts: EventFacts, by: Viewer, now: datetime) -> EventPlan:
    """Change an event; its forecasts are made anew by whoever asks, or in the night."""
    require(access.may_keep_event, by, plan)
    _write(plan, facts)
    note_audit("change_event", plan, by=by, now=now, after={"event": plan.event})
    return plan


def _write(plan: EventPlan, facts: EventFacts) -> None:
    if facts.ends_at <= facts.starts_at:
        raise Refused(_("The event ends after it starts. Correct one of the two."), "ends_at")
    known = {one.code for one in definition_of(plan.framework).ladder.events}
    if facts.event not in known:
        raise Refused(
            _("The framework has no event %(code)s.") % {"code": facts.event}, "event"
        )
    plan.event, plan.platform = facts.event, facts.platform.strip().lower()
    plan.languages = list(facts.languages)
    plan.sensitivity = Sensitivity(facts.sensitivity).value
    plan.starts_at, plan.ends_at = facts.starts_at, facts.ends_at
    plan.contacts = facts.contacts.strip()
    plan.save()


@transaction.atomic
def add_delegation(
    *,
    plan: EventPlan,
    office: Office,
    room: MeetingRoom | None,
    role: str,
    seats: int,
    by: Viewer,
    now: datetime,
) -> Delegation:
    """Add an office with its room, seats and role."""
    require(access.may_keep_event, by, plan)
    if room is not None and room.office_id != office.pk:
        raise Refused(_("The room belongs to another office. Choose one of this office."), "place")
    if plan.delegations.filter(office=office, room=room).exists():
        raise Refused(_("This office takes part from there already."), "place")
    made = Delegation.objects.create(
        plan=plan, office=office, room=room, role=Role(role).value, seats=seats,
        sample=plan.sample or by.is_sample,
    )  # fmt: skip
    note_audit("add_delegation", made, by=by, now=now, after={"role": made.role})
    return made


@transaction.atomic
def drop_delegation(*, delegation: Delegation, by: Viewer, now: datetime) -> None:
    """Take out an office that does not come; not once the event is live."""
    require(access.may_keep_event, by, delegation.plan)
    if delegation.state in {DelegationState.LIVE, DelegationState.REVIEWED}:
        raise Refused(_("The event has begun: a delegation stays in its list."))
    note_audit("drop_delegation", delegation, by=by, now=now)
    delegation.delete()


@transaction.atomic
def move_delegation(
    *, delegation: Delegation, state: str, by: Viewer, now: datetime
) -> Delegation:
    """Say that a delegation has rehearsed, or is live."""
    require(access.may_work_at, by, delegation.plan)
    wanted = DelegationState(state)
    if wanted not in {DelegationState.REHEARSED, DelegationState.LIVE}:
        raise Refused(_("Choose “rehearsed” or “live”."))
    check_move(delegation, wanted)
    delegation.state = wanted.value
    if wanted is DelegationState.REHEARSED:
        delegation.rehearsed_at = now
    delegation.save(update_fields=["state", "rehearsed_at"])
    note_audit("move_delegation", delegation, by=by, now=now, after={"state": wanted})
    return delegation


@transaction.atomic
def review_delegation(
    *, delegation: Delegation, fell_short: bool, note: str, by: Viewer, now: datetime
) -> Delegation:
    """Keep how it went: whether it was interrupted, in a word why."""
    require(access.may_work_at, by, delegation.plan)
    check_move(delegation, DelegationState.REVIEWED)
    delegation.state = DelegationState.REVIEWED.value
    delegation.outcome = {"fell_short": fell_short, "note": note.strip()}
    delegation.save(update_fields=["state", "outcome"])
    note_audit(
        "review_delegation", delegation, by=by, now=now, after={"fell_short": fell_short}
    )
    return delegation
