"""Who may come to read a thing of the programme, and whose consent it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.members import access as members
from serai.members.access import Release
from serai.members.queries import people_with_role, staff_of
from serai.members.states import Audience, Role, narrowest
from serai.programme import access
from serai.programme.access import Releasable
from serai.programme.models import Initiative, Meeting, Milestone, Paper


@dataclass(frozen=True)
class ReaderChoices:
    """The audiences a viewer may let a thing go to, narrowest first, and who may consent."""

    audiences: tuple[Audience, ...]
    consenting: Sequence[tuple[str, str]]


def release_of(thing: Releasable, to: Audience) -> Release:
    """Return the step from a thing's audience to another, with whose it is and who entered it."""
    now, initiative = Audience(thing.audience), access.initiative_of(thing)
    code = initiative.code if initiative else None
    if isinstance(thing, Milestone):
        return Release(
            now, to, iso3=thing.country.iso3 if thing.country else None,
            organisation_id=thing.owner_id, initiative=code, author_id=thing.recorded_by_id,
        )  # fmt: skip
    if isinstance(thing, Paper):
        author_id = thing.file.received_by_id if thing.file else None
        return Release(now, to, initiative=code, author_id=author_id)
    return Release(now, to, initiative=code, author_id=thing.recorded_by_id)


def bound_of(thing: Releasable) -> Audience:
    """Return the widest audience a thing may have: a paper's meeting's, else its initiative's."""
    if isinstance(thing, Paper):
        return Audience(thing.item.meeting.audience)
    initiative = None if isinstance(thing, Initiative) else thing.initiative
    return Audience(initiative.audience) if initiative else Audience.PUBLIC


def reports_bound(meeting: Meeting) -> Audience:
    """Return the narrowest audience of the reports on a meeting's agenda."""
    papers = Paper.objects.filter(item__meeting=meeting).exclude(run_number="")
    found = papers.order_by("id").values_list("audience", flat=True)
    return narrowest(Audience.PUBLIC, *(Audience(one) for one in found))


def reader_choices(viewer: Viewer, thing: Releasable, now: datetime) -> ReaderChoices:
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


def _fits(thing: Releasable, to: Audience) -> bool:
    """Tell whether an audience has somebody in it and is no wider than what the thing belongs to."""
    if isinstance(thing, Milestone):
        if to is Audience.ORGANISATION:
            return thing.owner_id is not None
        if to is Audience.COUNTRY:
            return thing.country_id is not None
    elif Audience.SECRETARIAT.is_wider_than(to):
        return False
    if isinstance(thing, Meeting) and to.is_wider_than(reports_bound(thing)):
        return False
    return to is Audience.SECRETARIAT or not to.is_wider_than(bound_of(thing))


def _consenting(viewer: Viewer, thing: Releasable, now: datetime) -> list[tuple[str, str]]:
    """Name the focal points of a country's thing, else the other coordinators."""
    if isinstance(thing, Milestone) and thing.country is not None:
        rows = people_with_role(Role.FOCAL_POINT, now, iso3=thing.country.iso3)
    else:
        initiative = access.initiative_of(thing)
        rows = staff_of(initiative.code if initiative else "", now, [Role.COORDINATOR])
    return [(str(row.pk), row.full_name) for row in rows if row.pk != viewer.person_id]
