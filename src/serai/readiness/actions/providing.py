"""Deliveries: made from advice or a plan, moved with a note, verified by a later assessment."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send
from serai.calc.readiness.conditions import Verdict
from serai.readiness import access, emails
from serai.readiness.actions.acts import Refused, check_move, note_audit
from serai.readiness.models import (
    Provision,
    ProvisionStep,
    Recommendation,
    ScenarioRun,
)
from serai.readiness.queries.provision import lines_to_provide, offices_in, proof
from serai.readiness.states import ProvisionState, RecommendationState

NEED_NOTE = frozenset({ProvisionState.CANCELLED})


@transaction.atomic
def provide_advice(
    *, advice: Recommendation, due_on: date | None = None, by: Viewer, now: datetime
) -> Provision:
    """Propose the package of accepted advice."""
    require(access.may_propose_advice, by, advice)
    if advice.state != RecommendationState.ACCEPTED or not advice.package:
        raise Refused(
            _("Only advice that the agency accepted, and that buys something, is provided.")
        )
    if advice.provisions.exclude(state=ProvisionState.CANCELLED).exists():
        raise Refused(_("This advice is on its way already. Look at the list of deliveries."))
    made = Provision.objects.create(
        package=advice.package, office=advice.assessment.office, room=advice.room,
        recommendation=advice, before=advice.assessment, due_on=due_on, made_at=now,
        sample=advice.assessment.sample or by.is_sample,
    )  # fmt: skip
    _begin(made, by, now)
    return made


@transaction.atomic
def provide_plan(
    *, run: ScenarioRun, lines: Iterable[int], by: Viewer, now: datetime
) -> list[Provision]:
    """Propose lines of a plan; a line that is on its way is left out."""
    require(access.may_plan, by, run)
    waiting = {one.number for one in lines_to_provide(run)}
    chosen = sorted(set(lines) & waiting)
    if not chosen:
        raise Refused(_("Choose at least one line that is not on its way yet."), "lines")
    offices = {one.public_id: one for one in offices_in(run)}
    members = {
        one.organisation.member.iso3: one.organisation.member
        for one in offices.values()
        if one.organisation.member
    }
    before = dict(zip(run.basis["offices"], run.basis["assessments"], strict=True))
    found = []
    for number in chosen:
        line = run.plan["lines"][number]
        office = offices.get(line["office"])
        made = Provision.objects.create(
            package=line["package"], office=office, run=run, made_at=now,
            country=None if office else members[line["country"]],
            before_id=before.get(line["office"]), sample=run.sample or by.is_sample,
        )  # fmt: skip
        _begin(made, by, now)
        found.append(made)
    return found


def _begin(made: Provision, by: Viewer, now: datetime) -> None:
    _step(made, ProvisionState.PROPOSED, "", by, now)
    note_audit("provide", made, by=by, now=now, after={"package": made.package})


def _step(
    found: Provision, state: ProvisionState, note: str, by: Viewer | None, now: datetime
) -> None:
    """Write a step and tell whom it concerns."""
    ProvisionStep.objects.create(
        provision=found, state=state.value, note=note, at=now,
        by_id=by.person_id if by else None, sample=found.sample,
    )  # fmt: skip
    for message in emails.provision_moved(found, by=by, now=now):
        send(message)


@transaction.atomic
def move_provision(
    *, provision: Provision, state: str, note: str = "", by: Viewer, now: datetime
) -> Provision:
    """Bring a delivery to its next state, or back; what it was like before stays in its steps."""
    wanted = ProvisionState(state)
    if wanted is ProvisionState.VERIFIED:
        raise Refused(_("Nobody verifies by hand: score the office again, then check the promise."))
    require(access.may_bring, by, provision, wanted)
    check_move(provision, wanted)
    if wanted in NEED_NOTE and not note.strip():
        raise Refused(_("Say in a sentence why it is cancelled."), "note")
    before = provision.state
    provision.state = wanted.value
    provision.save(update_fields=["state"])
    _step(provision, wanted, note.strip(), by, now)
    note_audit(
        "move_provision", provision, by=by, now=now, before={"state": before},
        after={"state": wanted},
    )  # fmt: skip
    return provision


@transaction.atomic
def change_provision(
    *,
    provision: Provision,
    supplier_id: int | None,
    serials: str,
    due_on: date | None,
    by: Viewer,
    now: datetime,
) -> Provision:
    """Write who supplies, the serial numbers and the day due."""
    require(access.may_keep_provision, by, provision)
    provision.supplier_id, provision.serials, provision.due_on = (
        supplier_id,
        serials.strip(),
        due_on,
    )
    provision.save(update_fields=["supplier", "serials", "due_on"])
    note_audit("change_provision", provision, by=by, now=now, after={"due_on": due_on})
    return provision


@transaction.atomic
def check_provision(*, provision: Provision, by: Viewer, now: datetime) -> Provision:
    """Verify a delivery whose promise a later assessment shows; else send it back."""
    require(access.may_keep_provision, by, provision)
    check_move(provision, ProvisionState.VERIFIED)
    found = proof(provision)
    if found.verdict is Verdict.UNKNOWN or found.assessment is None:
        raise Refused(
            _(
                "Nothing that was measured or answered since it was installed shows the promise. Have the office tested and scored again."
            )
        )
    if found.verdict is Verdict.PASSES:
        wanted, note = ProvisionState.VERIFIED, ""
        provision.verified_by = found.assessment
    else:
        wanted, note = ProvisionState.DELIVERED, _("The new test does not show what was promised.")
    provision.state = wanted.value
    provision.save(update_fields=["state", "verified_by"])
    _step(provision, wanted, note, None, now)
    note_audit("check_provision", provision, by=by, now=now, after={"state": wanted})
    return provision
