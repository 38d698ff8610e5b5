"""Who reads a thing of the programme: each change is an act of release or of taking back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import actions as members
from serai.members.queries import ProposalFound as ReleaseProposal
from serai.members.states import Audience
from serai.programme import access
from serai.programme.access import Releasable
from serai.programme.actions.facts import Refused, label, note_audit
from serai.programme.actions.finding import (
    index_all_of,
    index_all_of_meeting,
    index_milestone,
    index_paper,
)
from serai.programme.actions.milestones import check_reader
from serai.programme.models import Initiative, Meeting, Milestone, Paper
from serai.programme.queries.releasing import (
    bound_of,
    is_sample,
    proposed_thing,
    release_of,
    reports_bound,
)

TITLE_LENGTH = 300


@transaction.atomic
def change_readers(
    *, thing: Releasable, audience: str, reason: str, by: Viewer, now: datetime
) -> ReleaseProposal | None:
    """Let more or fewer people read a thing; what takes a consent is proposed, and stays as it is.

    Returns:
        The proposal that now waits; None where the readers have changed at once.

    Raises:
        Refused: what it is already, more than what it belongs to, or a missing reason.
    """
    require(access.may_release, by, thing)
    released = _step(thing, Audience(audience))
    try:
        if released.release.needs_consent:
            return members.propose_release(released=released, reason=reason, by=by, now=now)
        members.change_audience(released=released, reason=reason, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal), "reason") from refusal
    _move(thing, released, by, now)
    return None


@transaction.atomic
def consent_to_release(*, proposal: ReleaseProposal, by: Viewer, now: datetime) -> Releasable:
    """Consent to a proposed release, and release.

    Raises:
        Refused: answered already, or no longer possible as it was proposed.
    """
    thing = proposed_thing(proposal)
    released = _step(thing, Audience(proposal.to_audience))
    try:
        members.consent_to_release(proposal=proposal, released=released, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    _move(thing, released, by, now)
    return thing


def decline_release(*, proposal: ReleaseProposal, note: str, by: Viewer, now: datetime) -> None:
    """Decline a proposed release, with the reason."""
    try:
        members.decline_release(proposal=proposal, note=note, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal), "reason") from refusal


def withdraw_release(*, proposal: ReleaseProposal, by: Viewer, now: datetime) -> None:
    """Withdraw a release of one's own that waits."""
    try:
        members.withdraw_release(proposal=proposal, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal)) from refusal


def _step(thing: Releasable, to: Audience) -> members.Released:
    """Hold a thing as it stands now, and return the step to another audience, if it may take it."""
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    thing.audience = fresh.audience
    if to is Audience(fresh.audience):
        raise Refused(_("This is who reads it already. Choose another audience."), "audience")
    _check_bounds(thing, to)
    title = thing.title if isinstance(thing, Meeting | Paper) else thing.name
    return members.Released(
        label(thing), str(title)[:TITLE_LENGTH], release_of(thing, to), is_sample(thing)
    )


def _move(thing: Releasable, released: members.Released, by: Viewer, now: datetime) -> None:
    """Carry a release out: the thing's own field, the search, the audit."""
    release = released.release
    thing.audience = release.to.value
    thing.save(update_fields=["audience"])
    _index_again(thing, now)
    note_audit(
        "change_readers", thing, by=by, now=now, before={"audience": release.audience.value},
        after={"audience": release.to.value},
    )  # fmt: skip


def _index_again(thing: Releasable, now: datetime) -> None:
    """Index a thing again, with all that is found as narrowly as it."""
    if isinstance(thing, Initiative):
        index_all_of(thing, now)
    elif isinstance(thing, Meeting):
        index_all_of_meeting(thing, now)
    elif isinstance(thing, Paper):
        index_paper(thing, now)
    else:
        index_milestone(thing, now)


def _check_bounds(thing: Releasable, to: Audience) -> None:
    if isinstance(thing, Milestone):
        check_reader(to, owner_id=thing.owner_id, country_id=thing.country_id)
    elif Audience.SECRETARIAT.is_wider_than(to):
        raise Refused(_("The secretariat reads it at least."), "audience")
    if not to.is_wider_than(Audience.SECRETARIAT):
        return
    if to.is_wider_than(bound_of(thing)):
        sentence = (
            _("Fewer people know of its meeting. Let them know of the meeting first.")
            if isinstance(thing, Paper)
            else _("Fewer people read its initiative. Let them read the initiative first.")
        )
        raise Refused(sentence, "audience")
    if isinstance(thing, Meeting) and to.is_wider_than(reports_bound(thing)):
        raise Refused(
            _("Fewer people may read a report on its agenda. Issue that report for them first."),
            "audience",
        )
