"""What the room puts on the repair bench: issued runs with their check sums, no facts, no words."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serai.base.access import Viewer
from serai.base.bench import Shelf
from serai.members.access import visible
from serai.reports.models import Run
from serai.reports.states import RunState


def _issued(viewer: Viewer) -> Q:
    own = visible(viewer, country=None, organisation=None, initiative=None)
    return own & Q(state=RunState.ISSUED)


SHELVES = (
    Shelf(
        Run,
        _("Issued reports"),
        ("number", "kind", "as_of", "audience", "issued_at", "snapshot_sha256", "recipe_sha256"),
        within=_issued,
    ),
)
