"""Who keeps the framework, prices, plans, people's duties; who works at the desk."""

from typing import TYPE_CHECKING

from django.db.models import Q

from serai.base.access import Viewer, rule
from serai.members.access import is_lead, is_officer
from serai.readiness.models import (
    Duty,
    EventPlan,
    Framework,
    MeetingRoom,
    Office,
    ProbePoint,
    Scenario,
    ScenarioRun,
    TierTable,
)
from serai.readiness.states import DutyKind

if TYPE_CHECKING:
    from serai.members.models import Organisation

Kept = Framework | TierTable | Office | MeetingRoom | Scenario | ScenarioRun | EventPlan


def initiative_of(thing: Kept) -> str | None:
    """Return the code of the initiative a thing belongs to; None for the whole programme."""
    if isinstance(thing, ScenarioRun):
        thing = thing.scenario
    if isinstance(thing, Scenario | EventPlan):
        thing = thing.framework
    if isinstance(thing, MeetingRoom):
        thing = thing.office
    return thing.initiative.code if thing.initiative else None


def is_staff(viewer: Viewer, thing: Kept) -> bool:
    """Tell whether the viewer works in the secretariat, for the thing's initiative or for all."""
    return is_officer(viewer, initiative_of(thing) or "")


def duties_of(viewer: Viewer) -> frozenset[str]:
    """Return what the viewer does in this room today beside their roles."""
    if viewer.person_id is None or viewer.today is None:
        return frozenset()
    found = Duty.objects.filter(
        Q(until_on=None) | Q(until_on__gte=viewer.today),
        person_id=viewer.person_id, from_on__lte=viewer.today, ended_at=None,
    )  # fmt: skip
    return frozenset(found.values_list("kind", flat=True))


def is_technician(viewer: Viewer) -> bool:
    """Tell whether the viewer works at the desk."""
    return DutyKind.TECHNICIAN in duties_of(viewer)


@rule("Read the framework, the tiers and how figures are made", roles=("signed-in",))
def may_read_framework(viewer: Viewer, thing: Framework | TierTable) -> bool:
    """Admit everybody signed in to what is or was in use; drafts to its officers."""
    return viewer.is_signed_in and (thing.state != "draft" or is_staff(viewer, thing))


@rule(
    "Change frameworks, tiers and platforms, packages and prices", roles=("officer", "coordinator")
)
def may_keep_framework(viewer: Viewer, thing: Framework | TierTable) -> bool:
    """Admit officers of its initiative."""
    return is_staff(viewer, thing)


@rule("Say which platforms an organisation permits", roles=("lead", "officer", "coordinator"))
def may_say_policy(viewer: Viewer, organisation: "Organisation") -> bool:
    """Admit its lead, and officers."""
    return is_lead(viewer, organisation.pk) or is_officer(viewer)


def may_say_policies(viewer: Viewer) -> bool:
    """Tell whether the viewer gives the word of any organisation."""
    return is_officer(viewer) or viewer.holds("lead")


@rule("Open the list of offices, the heat map and the plans", roles=("officer", "coordinator"))
def may_see_agencies(viewer: Viewer) -> bool:
    """Admit officers, of one initiative or of all; each sees their own."""
    return is_officer(viewer)


@rule("Make a scenario and have it solved", roles=("officer", "coordinator"))
def may_plan(viewer: Viewer, thing: Framework | Scenario | ScenarioRun) -> bool:
    """Admit officers of its initiative."""
    return is_staff(viewer, thing)


@rule("Give somebody a duty in this room, or end it", roles=("officer", "coordinator"))
def may_give_duty(viewer: Viewer, duty: Duty | None = None) -> bool:  # noqa: ARG001  one rule for all
    """Admit officers."""
    return is_officer(viewer)


@rule("Plan who takes part in an event", roles=("officer", "coordinator"))
def may_keep_event(viewer: Viewer, plan: EventPlan) -> bool:
    """Admit officers of its initiative."""
    return is_staff(viewer, plan)


@rule("Work at the desk: rehearse, go live, note what happened", roles=("officer", "technician"))
def may_work_at(viewer: Viewer, plan: EventPlan) -> bool:
    """Admit officers of its initiative, and technicians."""
    return is_staff(viewer, plan) or is_technician(viewer)


@rule("Write answers that all may read", roles=("officer", "coordinator"))
def may_keep_advisories(viewer: Viewer) -> bool:
    """Admit officers."""
    return is_officer(viewer)


@rule("Keep the points that lines are tested against", roles=("officer", "coordinator"))
def may_keep_points(viewer: Viewer, *points: ProbePoint) -> bool:
    """Admit officers, of any initiative: a point serves all. Sample people change samples alone."""
    return is_officer(viewer) and all(one.sample or not viewer.is_sample for one in points)
