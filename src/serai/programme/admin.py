"""What the room puts on the repair bench: numbers, states and days; nobody's words."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serai.base.access import Viewer
from serai.base.bench import Shelf
from serai.members.access import visible
from serai.programme.models import Initiative, Meeting, Milestone, Request, Risk
from serai.programme.queries.shared import sees_initiative, within_initiative


def _owned(viewer: Viewer) -> Q:
    return within_initiative(viewer, visible(viewer, organisation="owner_id"))


def _of_initiative(viewer: Viewer) -> Q:
    return within_initiative(viewer, visible(viewer, country=None, organisation=None))


SHELVES = (
    Shelf(
        Initiative,
        _("Initiatives"),
        ("public_id", "code", "order", "keeper", "audience", "state", "known_from", "sample"),
        within=sees_initiative,
    ),
    Shelf(
        Milestone,
        _("Milestones"),
        ("public_id", "initiative", "number", "kind", "owner", "audience", "known_from", "sample"),
        within=_owned,
    ),
    Shelf(
        Meeting,
        _("Meetings"),
        ("public_id", "code", "kind", "starts_at", "zone", "audience", "state", "sample"),
        within=_of_initiative,
    ),
    Shelf(
        Request,
        _("Requests"),
        ("public_id", "initiative", "audience", "known_from", "sample"),
        within=_of_initiative,
    ),
    Shelf(
        Risk,
        _("Risks"),
        ("public_id", "initiative", "kind", "audience", "state", "review_on", "sample"),
        within=_of_initiative,
    ),
)
