"""Who opens plans."""

import pytest
from tests.factories import planning as make
from tests.factories.members import viewer_with

from serai.base.access import ANONYMOUS
from serai.readiness.access import may_open_plans, may_see_plan
from serai.readiness.states import RunState

pytestmark = pytest.mark.django_db
OPENED = {
    "officer": True, "coordinator": True, "lead": True, "contributor": True,
    "focal_point": True, "deputy": True, "expert": True, "administrator": False,
    "participant": False,
}  # fmt: skip


@pytest.mark.parametrize(("role", "may"), OPENED.items())
def test_who_opens_the_list_and_solved_plans(role, may):
    viewer = viewer_with(role)
    run = make.planned(state=RunState.DONE.value)

    assert may_open_plans(viewer) is may
    assert may_see_plan(viewer, run) is may


def test_visitors_open_none():
    assert may_open_plans(ANONYMOUS) is False
    assert may_see_plan(ANONYMOUS, make.planned(state="done")) is False


@pytest.mark.parametrize(
    ("state", "may"),
    [("queued", False), ("running", False), ("done", True), ("timed_out", True),
     ("infeasible", False), ("failed", False)],
)  # fmt: skip
def test_others_than_officers_see_only_what_is_solved(state, may):
    run = make.planned(state=state)

    assert may_see_plan(viewer_with("lead"), run) is may
    assert may_see_plan(make.staff(), run) is True


def test_an_officer_of_another_initiative_sees_no_lines_as_staff():
    run = make.planned()

    assert may_see_plan(viewer_with("officer", "startup-hub"), run) is False
    assert may_see_plan(viewer_with("officer", make.CODE), run) is True
