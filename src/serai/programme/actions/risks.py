"""Risks, assumptions and issues."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.members import actions as members
from serai.members.states import Audience
from serai.programme import access
from serai.programme.actions.facts import (
    NOW,
    Refused,
    Told,
    as_text,
    first_step,
    label,
    note_audit,
    required,
    stamp,
    take_step,
)
from serai.programme.actions.finding import index_risk
from serai.programme.models import Initiative, Milestone, Risk, RiskReview
from serai.programme.queries.risks import risk_release
from serai.programme.states import RiskKind, RiskResponse, RiskState

FIVE = range(1, 6)
TITLE_LENGTH = 300


@dataclass(frozen=True)
class RiskText:
    """What is written about a risk."""

    kind: str
    text: str | TranslatedText
    cause: str | TranslatedText = ""
    consequence: str | TranslatedText = ""
    response: str = RiskResponse.REDUCE.value
    response_text: str | TranslatedText = ""


def _one_to_five(probability: int, impact: int) -> None:
    if probability not in FIVE or impact not in FIVE:
        raise Refused(_("Probability and impact are each a whole number from 1 to 5."))


@transaction.atomic
def record_risk(
    *,
    initiative: Initiative,
    words: RiskText,
    probability: int,
    impact: int,
    owner_id: int | None = None,
    review_on: date | None = None,
    milestones: Sequence[Milestone] = (),
    node_codes: Sequence[str] = (),
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> Risk:
    """Record a risk, an assumption or an issue."""
    require(access.may_keep_initiative, by, initiative)
    required(words.text, _("The description"))
    _one_to_five(probability, impact)
    if any(one.initiative_id != initiative.pk for one in milestones):
        raise Refused(
            _("A milestone belongs to another initiative. Choose milestones of this one."),
            "milestones",
        )
    facts = stamp(by=by, now=now, told=told)
    risk = Risk.objects.create(
        initiative=initiative,
        kind=RiskKind(words.kind).value,
        text=as_text(words.text, by.language),
        cause=as_text(words.cause, by.language),
        consequence=as_text(words.consequence, by.language),
        response=RiskResponse(words.response).value,
        response_text=as_text(words.response_text, by.language),
        probability=probability,
        impact=impact,
        owner_id=owner_id or by.person_id,
        review_on=review_on,
        node_codes=list(node_codes),
        **facts,
    )
    risk.milestones.set(milestones)
    first_step("risk", risk, RiskState.OPEN, facts)
    index_risk(risk, now)
    note_audit("record_risk", risk, by=by, now=now, after={"kind": words.kind})
    return risk


@transaction.atomic
def review_risk(
    *,
    risk: Risk,
    probability: int,
    impact: int,
    note: str = "",
    review_on: date | None = None,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
) -> RiskReview:
    """Look at a risk again, and say when next."""
    require(access.may_manage_risk, by, risk)
    _one_to_five(probability, impact)
    if risk.state == RiskState.CLOSED:
        raise Refused(_("This risk is closed. Record a new one if it has come back."))
    carried = Told(told.known_from, told.source_note, risk.sample)
    review = RiskReview.objects.create(
        risk=risk,
        probability=probability,
        impact=impact,
        note=note.strip(),
        review_on=review_on,
        **stamp(by=by, now=now, told=carried),
    )
    note_audit("review_risk", risk, by=by, now=now, after={"score": probability * impact})
    return review


@transaction.atomic
def move_risk(
    *, risk: Risk, state: str, reason: str, by: Viewer, now: datetime, told: Told = NOW
) -> Risk:
    """Close a risk, or say that it has happened: from that day it reads as an issue."""
    require(access.may_manage_risk, by, risk)
    required(reason, _("The reason"))
    wanted = RiskState(state)
    take_step("risk", risk, wanted, by=by, now=now, told=told, reason=reason.strip())
    note_audit("move_risk", risk, by=by, now=now, after={"state": wanted.value})
    return risk


@transaction.atomic
def release_risk(*, risk: Risk, audience: str, reason: str, by: Viewer, now: datetime) -> Risk:
    """Let the members read an assumption, as an act of release; risks stay.

    Raises:
        Denied: to all but a coordinator who has not written it.
        Refused: a risk, what is its audience already, or a missing reason, or what takes a consent.
    """
    require(access.may_manage_risk, by, risk)
    required(reason, _("The reason"))
    if risk.kind != RiskKind.ASSUMPTION:
        raise Refused(_("Only assumptions may be released; risks stay with the secretariat."))
    before, to = risk.audience, Audience(audience)
    if to == before:
        raise Refused(_("This is who reads it already. Choose another audience."))
    released = members.Released(label(risk), str(risk.text)[:TITLE_LENGTH], risk_release(risk, to))
    try:
        members.change_audience(released=released, reason=reason, by=by, now=now)
    except members.Refused as refusal:
        raise Refused(str(refusal)) from refusal
    risk.audience = to.value
    risk.save(update_fields=["audience"])
    index_risk(risk, now)
    note_audit(
        "release_risk", risk, by=by, now=now, before={"audience": before},
        after={"audience": to.value},
    )  # fmt: skip
    return risk
