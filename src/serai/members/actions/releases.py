"""Releases that take a consent: proposed by one, consented to or declined by another."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import Message
from serai.members import access, emails, queries
from serai.members.actions.audience import Released, member_of, record_change
from serai.members.actions.records import Refused, actor, note_audit, send_all
from serai.members.models import AudienceChange, Person, ReleaseProposal
from serai.members.states import ALLOWED, ReleaseState

Letter = Callable[[ReleaseProposal, Person], Message]


@transaction.atomic
def propose_release(
    *,
    released: Released,
    reason: str,
    by: Viewer,
    now: datetime,
    letter: Letter = emails.release_proposed,
) -> ReleaseProposal:
    """Ask for the consent a release takes; the thing stays as it is.

    `letter` is what each who may consent is written, where the thing's room says more of it.

    Raises:
        Refused: a missing reason, a proposal that waits already, or nobody who could consent.
    """
    release = released.release
    require(access.may_widen, by, release)
    if not reason.strip():
        raise Refused(_("Say why: whoever is asked to consent reads this sentence."))
    if ReleaseProposal.objects.filter(thing=released.thing, state=ReleaseState.PROPOSED).exists():
        raise Refused(_("A release of this waits for a consent already. It is answered first."))
    row = ReleaseProposal.objects.create(
        thing=released.thing,
        title=released.title,
        member=member_of(release),
        initiative=release.initiative or "",
        from_audience=release.audience,
        to_audience=release.to,
        proposed_by_id=actor(by),
        proposed_at=now,
        reason=reason.strip(),
        sample=released.is_sample or by.is_sample,
    )
    letters = [letter(row, person) for person in queries.consenting(row, now)]
    if not letters:
        raise Refused(
            _("Nobody could consent: the country has no other focal point. Name one first.")
            if row.member
            else _("Nobody could consent: there is no second coordinator. Name one first.")
        )
    note_audit(
        "propose_release",
        row,
        by=by,
        now=now,
        before={"audience": release.audience.value},
        after={"audience": release.to.value, "thing": row.thing},
    )
    send_all(letters)
    return row


@transaction.atomic
def consent_to_release(
    *, proposal: ReleaseProposal, released: Released, by: Viewer, now: datetime
) -> AudienceChange:
    """Consent, and with it release the thing as it stands now, if it is what was proposed.

    The room moves its thing's field in the same transaction.

    Raises:
        Refused: answered already, or no longer what was proposed or what its proposer may do.
    """
    row = _waiting(proposal)
    require(access.may_consent, by, row)
    release = released.release
    proposed = (row.thing, row.from_audience, row.to_audience, row.member)
    stands = (released.thing, release.audience, release.to, member_of(release))
    proposer = queries.viewer_of(row.proposed_by, now)
    if stands != proposed or not access.may_widen(proposer, release):
        raise Refused(
            _("It has changed since it was proposed, or who proposed it no longer may. Decline it; it can be proposed again.")
        )  # fmt: skip
    change = record_change(
        released=released, reason=row.reason, act_of=row.proposed_by_id, by=by, now=now
    )
    _close(row, ReleaseState.RELEASED, by=by, now=now)
    send_all(emails.release_answered(row))
    return change


@transaction.atomic
def decline_release(
    *, proposal: ReleaseProposal, note: str, by: Viewer, now: datetime
) -> ReleaseProposal:
    """Say no, with the reason; the thing stays as it is."""
    row = _waiting(proposal)
    require(access.may_consent, by, row)
    if not note.strip():
        raise Refused(_("Say why you decline: who proposed it reads this sentence."))
    _close(row, ReleaseState.DECLINED, by=by, now=now, note=note.strip())
    send_all(emails.release_answered(row))
    return row


@transaction.atomic
def withdraw_release(*, proposal: ReleaseProposal, by: Viewer, now: datetime) -> ReleaseProposal:
    """Take back one's own proposal while it waits."""
    row = _waiting(proposal)
    require(access.may_withdraw_release, by, row)
    _close(row, ReleaseState.WITHDRAWN, by=by, now=now)
    return row


def _waiting(proposal: ReleaseProposal) -> ReleaseProposal:
    """Hold a proposal until the end of the transaction, so that it is answered once."""
    row = ReleaseProposal.objects.select_for_update().get(pk=proposal.pk)
    if not ALLOWED[ReleaseState][ReleaseState(row.state)]:
        raise Refused(_("This is answered or withdrawn already. Reload the page to see it."))
    return row


def _close(
    row: ReleaseProposal, state: ReleaseState, *, by: Viewer, now: datetime, note: str = ""
) -> None:
    row.state, row.closed_by_id, row.closed_at, row.note = state, actor(by), now, note
    row.save(update_fields=["state", "closed_by", "closed_at", "note"])
    note_audit("close_release", row, by=by, now=now, after={"state": state.value})
