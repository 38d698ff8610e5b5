"""Who may come to read a thing of the programme, and what waits for a consent."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.urls import reverse

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members import access as members
from serai.members.access import Release
from serai.members.queries import ProposalFound, waiting_release
from serai.members.states import Audience, narrowest
from serai.programme import access
from serai.programme.access import Releasable
from serai.programme.models import Initiative, Meeting, Milestone, Paper

KINDS: Mapping[str, type[Releasable]] = {
    model._meta.label_lower: model for model in (Initiative, Milestone, Meeting, Paper)
}


@dataclass(frozen=True)
class ReaderChoices:
    """The audiences a viewer may let a thing go to, narrowest first, and what waits already.

    Attributes:
        asking: those of them that take somebody else's consent.
        is_own: it is entered by the viewer, and only so they may not let more people read it.
    """

    audiences: tuple[Audience, ...]
    asking: frozenset[Audience]
    is_own: bool


@dataclass(frozen=True)
class WaitingRelease:
    """A release that waits for a consent, and its page for whoever may open it."""

    to_audience: str
    public_id: str


def waiting_of(viewer: Viewer, thing: Releasable) -> WaitingRelease | None:
    """Return the release of a thing that waits, for those who may release the thing.

    Whoever neither proposed it nor is asked reads that it waits, and does not open its page.
    """
    if not access.may_release(viewer, thing):
        return None
    found = waiting_release(f"{thing._meta.label_lower}:{thing.pk}")
    if found is None:
        return None
    may_open = members.may_see_release(viewer, found)
    return WaitingRelease(found.to_audience, found.public_id if may_open else "")


def proposed_thing(proposal: ProposalFound) -> Releasable:
    """Return what a proposal would release.

    Raises:
        NotFound: if it is gone, or another room's.
    """
    kind, _colon, number = proposal.thing.rpartition(":")
    model = KINDS.get(kind)
    found = model._default_manager.filter(pk=number).first() if model else None
    if found is None:
        raise NotFound("What was proposed is gone.")
    return found


@dataclass(frozen=True)
class ProposedPage:
    """What a proposal would release, and its page for whoever may read it."""

    name: TranslatedText
    address: str
    is_sample: bool


def proposed_page(viewer: Viewer, proposal: ProposalFound) -> ProposedPage:
    """Return what a proposal would release, as its page shows it."""
    thing = proposed_thing(proposal)
    if isinstance(thing, Initiative):
        page, may = ("initiative", thing.code), access.may_see_initiative(viewer, thing)
    elif isinstance(thing, Milestone):
        page, may = ("milestone", thing.public_id), access.may_see_milestone(viewer, thing)
    elif isinstance(thing, Meeting):
        page, may = ("meeting", thing.public_id), access.may_see_meeting(viewer, thing)
    else:
        page, may = ("paper", thing.public_id), access.may_read_paper(viewer, thing)
    address = reverse(f"programme:{page[0]}", args=[page[1]]) if may else ""
    name = thing.title if isinstance(thing, Meeting | Paper) else thing.name
    return ProposedPage(name, address, is_sample(thing))


def is_sample(thing: Releasable) -> bool:
    """Tell whether a thing is demonstration data; a paper is what its meeting is."""
    return thing.item.meeting.sample if isinstance(thing, Paper) else thing.sample


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


def reader_choices(viewer: Viewer, thing: Releasable) -> ReaderChoices:
    """Return where a viewer may let a thing go to, and what of it takes a consent."""
    possible = [to for to in Audience if _fits(thing, to)]
    steps = [release_of(thing, to) for to in possible if to.value != thing.audience]
    found = [
        step
        for step in steps
        if members.may_widen(viewer, step) or members.may_narrow(viewer, step)
    ]
    return ReaderChoices(
        tuple(step.to for step in found),
        frozenset(step.to for step in found if step.needs_consent),
        any(members.may_widen(viewer, replace(step, author_id=None)) for step in steps),
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
