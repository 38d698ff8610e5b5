"""A step under lock, and who acts."""

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import ANONYMOUS, Denied
from serai.readiness.actions.moving import Refused, actor, label, take_step
from serai.readiness.states import AssessmentState

pytestmark = pytest.mark.django_db


def test_a_step_that_may_follow_is_taken_with_its_fields():
    found = make.assessment(state="scored")

    take_step(found, AssessmentState.UNDER_REVIEW, dispute="x")

    found.refresh_from_db()
    assert (found.state, found.dispute) == ("under_review", "x")
    assert label(found) == f"readiness.assessment:{found.pk}"


def test_what_somebody_else_moved_meanwhile_is_refused():
    found = make.assessment(state="scored")
    type(found).objects.filter(pk=found.pk).update(state="collecting")

    with pytest.raises(Refused):
        take_step(found, AssessmentState.UNDER_REVIEW)


def test_a_visitor_cannot_act():
    with pytest.raises(Denied):
        actor(ANONYMOUS)
    assert actor(people.viewer_with("officer")) > 0
