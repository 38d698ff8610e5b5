"""What the room puts on the repair bench: numbers, states and days; nobody's words or answers."""

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serai.base.access import Viewer
from serai.base.bench import Shelf
from serai.members.access import SECRETARIAT, keys_after
from serai.surveys.models import FormVersion, Invitation, Survey, Wave


def _at(path: str) -> Callable[[Viewer], Q]:
    def within(viewer: Viewer) -> Q:
        """Let in what the secretariat keeps, as far as the unlock reads its level."""
        if SECRETARIAT in viewer.keys:
            return Q()
        return Q(**{f"{path}initiative__code__in": keys_after(viewer, SECRETARIAT)})

    return within


SHELVES = (
    Shelf(
        Survey,
        _("Surveys"),
        ("public_id", "code", "initiative", "kind", "state", "made_at", "sample"),
        within=_at(""),
    ),
    Shelf(
        FormVersion,
        _("Versions of forms"),
        ("public_id", "survey", "number", "form_id", "version", "state", "made_at"),
        within=_at("survey__"),
    ),
    Shelf(
        Wave,
        _("Waves"),
        ("public_id", "survey", "version", "opens_on", "due_on", "state", "sample"),
        within=_at("survey__"),
    ),
    Shelf(
        Invitation,
        _("Invitations to surveys"),
        (
            "public_id", "wave", "country", "organisation", "due_on", "sent_at", "reminded_at",
            "state", "sample",
        ),
        within=_at("wave__survey__"),
    ),
)  # fmt: skip
