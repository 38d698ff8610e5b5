"""What the room puts on the repair bench: accounts and roles, no token, no note, no content."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from serai.base.access import Viewer
from serai.base.bench import Shelf
from serai.members import access
from serai.members.models import (
    Affiliation,
    AudienceChange,
    DataRequest,
    Grant,
    Invitation,
    Member,
    Organisation,
    Person,
    SignIn,
    Unlock,
)


def _released(viewer: Viewer) -> Q:
    """Return the acts about things that are, or were, open to the viewer."""
    paths = {"country": None, "organisation": None, "initiative": None}
    after = access.visible(viewer, audience="to_audience", **paths)
    return after | access.visible(viewer, audience="from_audience", **paths)


SHELVES = (
    Shelf(
        Member,
        _("Members"),
        (
            "iso3",
            "order",
            "time_zone",
            "tile_column",
            "tile_row",
            "clearance",
            "state",
            "until_on",
            "sample",
        ),
    ),
    Shelf(
        Organisation,
        _("Organisations"),
        ("public_id", "code", "kind", "member", "parent", "state", "merged_into", "sample"),
    ),
    Shelf(
        Affiliation,
        _("Places in organisations"),
        ("person", "organisation", "title", "from_on", "until_on"),
        repairs=("title", "from_on", "until_on"),
    ),
    Shelf(
        Person,
        _("People"),
        ("public_id", "state", "language", "time_zone", "joined_at", "last_login", "sample"),
    ),
    Shelf(
        Grant,
        _("Roles"),
        ("public_id", "person", "role", "member", "organisation", "from_on", "until_on", "state"),
    ),
    Shelf(
        Invitation,
        _("Invitations"),
        ("public_id", "person", "role", "state", "sent_at", "expires_at", "closed_at"),
    ),
    Shelf(SignIn, _("Sign-ins"), ("public_id", "person", "method", "own_computer", "at")),
    Shelf(
        Unlock,
        _("Unlocks"),
        ("public_id", "administrator", "scope", "opened_at", "until_at", "closed_at", "state"),
    ),
    Shelf(
        DataRequest,
        _("Requests about own data"),
        ("public_id", "person", "kind", "state", "asked_at", "answered_at"),
    ),
    Shelf(
        AudienceChange,
        _("Changes of audience"),
        ("thing", "member", "from_audience", "to_audience", "by", "consent_by", "at"),
        within=_released,
    ),
)
