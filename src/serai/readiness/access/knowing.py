"""Which offices technicians know of: where a request is open, or which take part in an open event."""

from django.db.models import Q, QuerySet

from serai.base.access import Viewer
from serai.programme.states import MeetingState
from serai.readiness.access.keeping import is_technician
from serai.readiness.models import Delegation, EventPlan, HelpRequest, Office
from serai.readiness.states import DelegationState, HelpState

ENDED = frozenset({DelegationState.REVIEWED})


def open_plans() -> QuerySet[EventPlan]:
    """Return the events of which somebody's outcome is still to be said; no cancelled meetings."""
    waiting = Delegation.objects.exclude(state__in=ENDED).values("plan")
    return EventPlan.objects.filter(pk__in=waiting).exclude(meeting__state=MeetingState.CANCELLED)


def offices_at_desk() -> QuerySet[Office]:
    """Return the offices that the desk works for now, whoever asks."""
    asking = HelpRequest.objects.exclude(state=HelpState.CLOSED).values("office")
    coming = Delegation.objects.filter(plan__in=open_plans()).values("office")
    return Office.objects.filter(Q(pk__in=asking) | Q(pk__in=coming))


def knows_office(viewer: Viewer, office: Office) -> bool:
    """Tell whether a technician knows of an office: a request is open there, or an event is."""
    return is_technician(viewer) and offices_at_desk().filter(pk=office.pk).exists()


def knows_country(viewer: Viewer, country_id: int | None) -> bool:
    """Tell whether a technician knows of an office of a country: of what it shares as well."""
    if country_id is None or not is_technician(viewer):
        return False
    return offices_at_desk().filter(organisation__member=country_id).exists()
