"""Moves that may follow, and lines of the audit."""

import pytest
from tests.factories import readiness as make

from serai.base.models import AuditEntry
from serai.readiness.actions.acts import Refused, check_move, note_audit
from serai.readiness.models import ScenarioRun
from serai.readiness.states import RunState


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
