"""Who reads a response by name, and who may be named."""

from datetime import datetime

from serai.base.access import Viewer
from serai.members.queries import NamedReader, named_readers, staff_of
from serai.members.states import Role
from serai.surveys import access
from serai.surveys.models import Response

NAMED = (Role.OFFICER, Role.COORDINATOR, Role.EXPERT)


def possible_readers(viewer: Viewer, found: Response, now: datetime) -> list[tuple[int, str]]:
    """Return the secretariat's people and experts of its initiative, by name; nobody to others."""
    if not access.may_let_read(viewer, found):
        return []
    initiative = found.wave.survey.initiative
    people = staff_of(initiative.code if initiative else "", now, NAMED)
    return [(one.pk, one.full_name) for one in people]


def readers_by_name(viewer: Viewer, found: Response) -> list[NamedReader]:
    """Return who reads a response by name, to those who may let them."""
    if not access.may_let_read(viewer, found):
        return []
    return named_readers(viewer, f"surveys.response:{found.pk}")
