"""The desk: rehearsal, the day itself, what was noted, what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.calc.readiness.forecast import PlanB
from serai.programme.states import MeetingState
from serai.readiness import access
from serai.readiness.actions.acts import Refused, check_move, note_audit, take_step
from serai.readiness.actions.forecasting import forecast_event
from serai.readiness.models import Delegation, DeskNote, EventPlan
from serai.readiness.states import AS_PLANNED, DelegationState, DeskNoteKind, Trouble
from serai.readiness.states.event_words import Outcome

WAYS = frozenset({"", AS_PLANNED, *(way.value for way in PlanB)})
OPENS_BEFORE = timedelta(days=1)


@dataclass(frozen=True)
class SeenAtDesk:
    """What somebody at the desk saw; what is left out is not said.

    Attributes:
        is_in: connected or not; None says nothing of it.
        on_plan: by which way it takes part: as planned, or one of plan B.
    """

    is_in: bool | None = None
    on_plan: str = ""
    trouble: str = ""
    text: str = ""


def _note(
    plan: EventPlan,
    delegation: Delegation | None,
    kind: DeskNoteKind,
    seen: SeenAtDesk,
    by: Viewer,
    now: datetime,
) -> DeskNote:
    if seen.on_plan not in WAYS:
        raise Refused(_("Choose a way of the list."), "on_plan")
    return DeskNote.objects.create(
        plan=plan, delegation=delegation, kind=kind.value, is_in=seen.is_in,
        on_plan=seen.on_plan,
        trouble=Trouble(seen.trouble).value if seen.trouble else "",
        text=seen.text.strip(), at=now, by_id=by.person_id, sample=plan.sample or by.is_sample,
    )  # fmt: skip


@transaction.atomic
def record_rehearsal(
    *, delegation: Delegation, seen: SeenAtDesk, by: Viewer, now: datetime
) -> Delegation:
    """Keep that a delegation rehearsed, and what went wrong; it may rehearse again."""
    require(access.may_work_at, by, delegation.plan)
    if delegation.state != DelegationState.REHEARSED:
        if delegation.state == DelegationState.DRAFT:
            raise Refused(_("Forecast the event first, then record the rehearsal."))
        check_move(delegation, DelegationState.REHEARSED)
        delegation.state = DelegationState.REHEARSED.value
    delegation.rehearsed_at = now
    delegation.save(update_fields=["state", "rehearsed_at"])
    _note(delegation.plan, delegation, DeskNoteKind.REHEARSAL, seen, by, now)
    note_audit("record_rehearsal", delegation, by=by, now=now, after={"trouble": seen.trouble})
    return delegation


@transaction.atomic
def start_event(*, plan: EventPlan, by: Viewer, now: datetime) -> int:
    """Open the desk: all delegations go live, those without a forecast get one first.

    Returns:
        How many delegations are live now.
    """
    require(access.may_work_at, by, plan)
    if plan.meeting.state == MeetingState.CANCELLED:
        raise Refused(_("This meeting is cancelled. There is nothing to begin."))
    if now < plan.meeting.starts_at - OPENS_BEFORE:
        raise Refused(_("It is too early: the desk opens a day before the event."))
    if plan.delegations.filter(state=DelegationState.DRAFT).exists():
        forecast_event(plan=plan, by=None, now=now)
    waiting = list(plan.delegations.filter(state__in=access.BEFORE).order_by("id"))
    if not waiting:
        raise Refused(_("No delegation waits to begin. Enter who takes part first."))
    for one in waiting:
        take_step(one, DelegationState.LIVE)
        note_audit("go_live", one, by=by, now=now)
    note_audit("start_event", plan, by=by, now=now, after={"delegations": len(waiting)})
    return len(waiting)


@transaction.atomic
def note_at_desk(
    *,
    plan: EventPlan,
    delegation: Delegation | None,
    seen: SeenAtDesk,
    by: Viewer,
    now: datetime,
) -> DeskNote:
    """Write down what is seen, of one delegation or of the whole event; it stays as written."""
    require(access.may_work_at, by, plan)
    if not plan.delegations.filter(state=DelegationState.LIVE).exists():
        raise Refused(_("The desk is closed: the event is not live."))
    if delegation is not None and delegation.state != DelegationState.LIVE:
        raise Refused(_("This delegation is not live any more."), "delegation")
    if delegation is None and (seen.is_in is not None or seen.on_plan):
        raise Refused(_("Choose the delegation that came, left or changed its way."), "delegation")
    made = _note(plan, delegation, DeskNoteKind.LIVE, seen, by, now)
    note_audit("note_at_desk", made, by=by, now=now, after={"trouble": made.trouble})
    return made


@transaction.atomic
def review_event(
    *,
    plan: EventPlan,
    outcomes: Mapping[str, tuple[str, str]],
    by: Viewer,
    now: datetime,
) -> int:
    """Keep how it went for delegations, named by public number: an outcome and a note each.

    Returns:
        How many were reviewed.
    """
    require(access.may_work_at, by, plan)
    if now < plan.meeting.starts_at:
        raise Refused(_("The event has not begun by its meeting's hours. Review it afterwards."))
    live = plan.delegations.filter(state=DelegationState.LIVE, public_id__in=outcomes)
    found = list(live.order_by("id"))
    if not found:
        raise Refused(_("Say of at least one delegation how it went."))
    for one in found:
        word, note = outcomes[one.public_id]
        outcome = Outcome(word)
        take_step(
            one,
            DelegationState.REVIEWED,
            outcome={"word": outcome.value, "note": note.strip()},
        )
        note_audit("review_delegation", one, by=by, now=now, after={"outcome": outcome})
    return len(found)
