"""Forecasts as rows of files: whose are read, and the results they come from."""

import pytest
from tests.factories import readiness as make
from tests.readiness.access.test_events import CASES, viewer

from serai.calc.readiness.forecast import Colour
from serai.readiness import queries
from serai.readiness.actions import forecast_event

pytestmark = pytest.mark.django_db


def forecast(**fields):
    made = make.ready_delegation(**fields)
    forecast_event(plan=made.plan, by=None, now=make.NOON)
    return made


@pytest.mark.parametrize(("who", "rights"), CASES.items())
def test_a_forecast_is_read_by_whom_the_rule_admits(who, rights):
    made = forecast()

    rows = queries.forecast_rows(viewer(who, made))

    assert [row.number for row in rows] == ([made.pk] if rights[3] else [])


def test_a_row_names_its_event_office_and_results():
    made = forecast()
    scored = make.assessment(made.office, state="scored")

    (row,) = queries.forecast_rows(viewer("officer", made))

    assert (row.event_id, row.office_id, row.assessment_id) == (
        made.plan.public_id, made.office.public_id, scored.pk,
    )  # fmt: skip
    assert (row.event, row.role, row.seats, row.forecast.colour) == ("E1", "seat", 1, Colour.GREEN)


def test_without_a_forecast_there_is_no_row():
    made = make.delegation()

    assert queries.forecast_rows(viewer("officer", made)) == []


def test_confirmed_results_come_before_scored_ones():
    place = make.office()
    kept = make.confirmed(place)
    make.assessment(place, state="scored")
    make.assessment(make.office(), state="collecting")

    assert queries.results_of([place.pk]) == {place.pk: kept.pk}
    assert queries.results_of([]) == {}


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_any_number(count, django_assert_num_queries):
    plan = make.event_plan()
    made = [make.ready_delegation(plan) for _ in range(count)]
    forecast_event(plan=plan, by=None, now=make.NOON)
    officer = viewer("officer", made[0])

    with django_assert_num_queries(4):
        assert len(queries.forecast_rows(officer)) == count
