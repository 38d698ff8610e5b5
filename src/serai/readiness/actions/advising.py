"""Advice: a draft is put before the agency, which takes it up or says why not, and does it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer, require
from serai.base.mail import send_all
from serai.readiness import access, emails
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.models import Recommendation
from serai.readiness.queries.recipients import leads_of
from serai.readiness.states import RecommendationState

LONGEST_REASON = 2_000


@transaction.atomic
def propose_advice(
    *, advice: Sequence[Recommendation], by: Viewer, now: datetime
) -> list[Recommendation]:
    """Put drafts, or what was declined before, before the agency: one letter for all of an office."""
    if not advice:
        raise Refused(_("Choose at least one piece of advice."))
    done = []
    for one in advice:
        require(access.may_propose_advice, by, one)
        if not access.may_see_advice(by, one):
            raise Denied("readiness.may_see_advice")
        done.append(_move(one, RecommendationState.PROPOSED, by, now, reason=""))
    found = done[0].assessment
    numbers = [one.pk for one in done]
    send_all(emails.advice_proposed(found, leads_of(found.office, now), len(done), max(numbers)))
    return done


@transaction.atomic
def accept_advice(*, advice: Recommendation, by: Viewer, now: datetime) -> Recommendation:
    """Take advice up."""
    require(access.may_decide_advice, by, advice)
    return _move(advice, RecommendationState.ACCEPTED, by, now, reason="")


@transaction.atomic
def decline_advice(
    *, advice: Recommendation, reason: str, by: Viewer, now: datetime
) -> Recommendation:
    """Decline advice, with a reason."""
    require(access.may_decide_advice, by, advice)
    said = reason.strip()
    if not said:
        raise Refused(_("Say in a sentence why not."), "reason")
    if len(said) > LONGEST_REASON:
        raise Refused(_("This is longer than %(n)d letters.") % {"n": LONGEST_REASON}, "reason")
    return _move(advice, RecommendationState.DECLINED, by, now, reason=said)


@transaction.atomic
def finish_advice(*, advice: Recommendation, by: Viewer, now: datetime) -> Recommendation:
    """Say that what was advised is done."""
    if not access.may_decide_advice(by, advice):
        require(access.may_propose_advice, by, advice)
    return _move(advice, RecommendationState.DONE, by, now)


def _move(
    advice: Recommendation, wanted: RecommendationState, by: Viewer, now: datetime, **fields: object
) -> Recommendation:
    before = advice.state
    take_step(advice, wanted, moved_at=now, moved_by_id=actor(by), **fields)
    note_audit(
        "move_advice", advice, by=by, now=now, before={"state": before},
        after={"state": wanted.value, "rule": advice.rule},
    )  # fmt: skip
    return advice
