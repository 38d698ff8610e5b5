"""Moves that may follow, and lines of the audit."""

import pytest
from tests.factories import assessing
from tests.factories import members as people
from tests.factories import planning as make

from serai.base.access import ANONYMOUS, Denied
from serai.base.models import AuditEntry
from serai.readiness.actions.acts import (
    Refused,
    actor,
    check_move,
    label,
    note_audit,
    take_step,
)
from serai.readiness.models import ScenarioRun
from serai.readiness.states import AssessmentState, RunState


@pytest.mark.django_db
def test_a_state_that_may_not_follow_is_refused():
    run = make.planned()
    check_move(run, RunState.RUNNING)
    ScenarioRun.objects.update(state="done")

    with pytest.raises(Refused, match="moved meanwhile"):
        check_move(run, RunState.RUNNING)


@pytest.mark.django_db
def test_the_house_itself_acts_where_nobody_does():
    made = make.office()

    note_audit("look", made, by=None, now=make.NOON, after={"state": "seen"})

    line = AuditEntry.objects.get(verb="look")
    assert (line.by, line.thing, line.after) == (
        None, f"readiness.office:{made.pk}", {"state": "seen"}
    )  # fmt: skip


@pytest.mark.django_db
def test_a_step_that_may_follow_is_taken_with_its_fields():
    found = assessing.assessment(state="scored")

    take_step(found, AssessmentState.UNDER_REVIEW, dispute="x")

    found.refresh_from_db()
    assert (found.state, found.dispute) == ("under_review", "x")
    assert label(found) == f"readiness.assessment:{found.pk}"


@pytest.mark.django_db
def test_what_somebody_else_moved_meanwhile_is_refused():
    found = assessing.assessment(state="scored")
    type(found).objects.filter(pk=found.pk).update(state="collecting")

    with pytest.raises(Refused):
        take_step(found, AssessmentState.UNDER_REVIEW)


@pytest.mark.django_db
def test_a_visitor_cannot_act():
    with pytest.raises(Denied):
        actor(ANONYMOUS)
    assert actor(people.viewer_with("officer")) > 0
