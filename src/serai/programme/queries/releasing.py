"""Who may come to read an initiative or a milestone, and whose consent it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.members import access as members
from serai.members.access import Release
from serai.members.queries import people_with_role, staff_of
from serai.members.states import Audience, Role
from serai.programme.models import Initiative, Milestone


@dataclass(frozen=True)
class ReaderChoices:
    """The audiences a viewer may let a thing go to, narrowest first, and who may consent."""

    audiences: tuple[Audience, ...]
    consenting: Sequence[tuple[str, str]]


def release_of(thing: Initiative | Milestone, to: Audience) -> Release:
    """Return the step from a thing's audience to another, with whose it is and who entered it."""
    now, author = Audience(thing.audience), thing.recorded_by_id
    if isinstance(thing, Initiative):
        return Release(now, to, initiative=thing.code, author_id=author)
    return Release(
        now, to, iso3=thing.country.iso3 if thing.country else None,
        organisation_id=thing.owner_id, initiative=thing.initiative.code, author_id=author,
    )  # fmt: skip


def reader_choices(viewer: Viewer, thing: Initiative | Milestone, now: datetime) -> ReaderChoices:
    """Return where a viewer may let a thing go to, and who may consent besides the viewer."""
    possible = [to for to in Audience if _fits(thing, to)]
    steps = [release_of(thing, to) for to in possible if to.value != thing.audience]
    found = [
        step
        for step in steps
        if members.may_widen(viewer, step) or members.may_narrow(viewer, step)
    ]
    asked = any(step.to.is_wider_than(Audience.SECRETARIAT) for step in found)
    return ReaderChoices(
        tuple(step.to for step in found), _consenting(viewer, thing, now) if asked else ()
    )


def _fits(thing: Initiative | Milestone, to: Audience) -> bool:
    """Tell whether an audience has somebody in it and is no wider than the thing's initiative."""
    if isinstance(thing, Initiative):
        return not Audience.SECRETARIAT.is_wider_than(to)
    if to is Audience.ORGANISATION:
        return thing.owner_id is not None
    if to is Audience.COUNTRY:
        return thing.country_id is not None
    home = Audience(thing.initiative.audience)
    return to is Audience.SECRETARIAT or not to.is_wider_than(home)


def _consenting(
    viewer: Viewer, thing: Initiative | Milestone, now: datetime
) -> list[tuple[str, str]]:
    """Name the focal points of a country's thing, else the other coordinators."""
    if isinstance(thing, Milestone) and thing.country is not None:
        rows = people_with_role(Role.FOCAL_POINT, now, iso3=thing.country.iso3)
    else:
        code = thing.code if isinstance(thing, Initiative) else thing.initiative.code
        rows = staff_of(code, now, [Role.COORDINATOR])
    return [(str(row.pk), row.full_name) for row in rows if row.pk != viewer.person_id]
