"""Past forecasts beside what came, and their score."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with

from serai.readiness import queries
from serai.readiness.actions import forecast_event
from serai.readiness.models import Delegation

pytestmark = pytest.mark.django_db


def past(plan, p: float, word: str) -> Delegation:
    """A reviewed delegation that was forecast with a chance."""
    made = make.ready_delegation(plan)
    forecast_event(plan=plan, by=None, now=make.NOON)
    made.refresh_from_db()
    made.verdict["p"] = p
    made.state, made.outcome = "reviewed", {"word": word, "note": ""}
    made.save()
    return made


def test_the_worked_example_of_the_method():
    plan = make.event_plan()
    for p, word in (
        (0.8, "fell_short"),
        (0.2, "went_well"),
        (0.4, "fell_short"),
        (0.1, "went_well"),
    ):
        past(plan, p, word)

    found = queries.forecast_record(viewer_with("officer"))

    assert round(found.score.score, 4) == 0.1125
    assert (found.score.base_rate, found.score.base_score, found.score.count) == (0.5, 0.25, 4)
    assert [(one.count, one.short_count, one.share) for one in found.bands] == [
        (1, 0, 0.0), (2, 1, 0.5), (1, 1, 1.0)
    ]  # fmt: skip


def test_who_did_not_come_and_who_is_live_are_left_out():
    plan = make.event_plan()
    past(plan, 0.2, "absent")
    make.ready_delegation(plan, state="live")

    found = queries.forecast_record(viewer_with("officer"))

    assert (found.rows, found.score) == ((), None)
    assert [one.share for one in found.bands] == [None, None, None]


def test_a_certain_failure_stands_in_the_last_band():
    past(make.event_plan(), 1.0, "fell_short")

    found = queries.forecast_record(viewer_with("officer"))

    assert [one.count for one in found.bands] == [0, 0, 1]


def test_officers_read_their_initiative_s_and_others_none():
    past(make.event_plan(), 0.2, "went_well")

    assert len(queries.forecast_record(viewer_with("officer", make.HOME)).rows) == 1
    assert queries.forecast_record(viewer_with("officer", "startup-hub")).rows == ()
    assert queries.forecast_record(viewer_with("focal_point", "GEO")).rows == ()


def test_the_record_is_one_query(django_assert_num_queries):
    officer, plan = viewer_with("officer"), make.event_plan()
    for _ in range(3):
        past(plan, 0.2, "went_well")
    with django_assert_num_queries(1):
        assert len(queries.forecast_record(officer).rows) == 3
