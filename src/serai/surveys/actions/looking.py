"""What is flagged of what devices handed in: looked at by hand, taken in, left out."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.surveys import access
from serai.surveys.actions.acts import Refused, actor, note_audit, take_step
from serai.surveys.actions.responses import leave_out, take_in
from serai.surveys.models import Response, SubmissionStep
from serai.surveys.queries.responses import fresh_response
from serai.surveys.states import SubmissionState


@transaction.atomic
def look_at_submission(*, step: SubmissionStep, by: Viewer, now: datetime) -> SubmissionStep:
    """Say that somebody looked at what is flagged: it needs no more."""
    _check_flagged(step, by)
    return _looked_at(step, "look_at_submission", by, now)


@transaction.atomic
def take_in_submission(*, step: SubmissionStep, by: Viewer, now: datetime) -> SubmissionStep:
    """Count what a wave's device handed in, although it came late."""
    _check_flagged(step, by)
    take_in(response=_response(step), by=by, now=now)
    return _looked_at(step, "take_in_submission", by, now)


@transaction.atomic
def leave_out_submission(*, step: SubmissionStep, by: Viewer, now: datetime) -> SubmissionStep:
    """Leave out what a wave's device handed in; it stays on record."""
    _check_flagged(step, by)
    leave_out(response=_response(step), by=by, now=now)
    return _looked_at(step, "leave_out_submission", by, now)


def _check_flagged(step: SubmissionStep, by: Viewer) -> None:
    """Hold a submission to be one that waits for somebody's look, under its row's lock."""
    require(access.may_look_at, by, step)
    fresh = SubmissionStep.objects.select_for_update().get(pk=step.pk)
    if fresh.state != SubmissionState.FLAGGED:
        raise Refused(_("It does not need a look any more. Reload the page to see it."))


def _response(step: SubmissionStep) -> Response:
    if step.response is None:
        raise Refused(_("It is not taken over yet. Reload the page in a moment."))
    return fresh_response(step.response.pk)


def _looked_at(step: SubmissionStep, verb: str, by: Viewer, now: datetime) -> SubmissionStep:
    take_step(step, SubmissionState.APPLIED, looked_by_id=actor(by), looked_at=now, changed_at=now)
    note_audit(verb, step.submission, by=by, now=now, after={"response": step.response_id})
    return step
