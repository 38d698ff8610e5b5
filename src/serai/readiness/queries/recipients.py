"""Who gets the room's letters."""

from datetime import datetime
from typing import TYPE_CHECKING

from serai.members.queries import people_with_role, staff_of
from serai.members.states import Role
from serai.readiness.access import initiative_of
from serai.readiness.models import EventPlan, Office

if TYPE_CHECKING:
    from serai.members.models import Person


def leads_of(office: Office, now: datetime) -> "list[Person]":
    """Return who leads the work of an office's organisation."""
    return people_with_role(Role.LEAD, now, organisation_id=office.organisation_id)


def officers_of(office: Office, now: datetime) -> "list[Person]":
    """Return the officers of an office's initiative; coordinators where it has none."""
    code = initiative_of(office) or ""
    return staff_of(code, now, [Role.OFFICER]) or staff_of(code, now, [Role.COORDINATOR])


def officers_of_plan(plan: EventPlan, now: datetime) -> "list[Person]":
    """Return the officers of the initiative an event is planned in; coordinators where none is."""
    code = initiative_of(plan) or ""
    return staff_of(code, now, [Role.OFFICER]) or staff_of(code, now, [Role.COORDINATOR])
