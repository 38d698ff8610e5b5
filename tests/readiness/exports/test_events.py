"""Events, delegations and past forecasts as tables."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import viewer_with
from tests.readiness.queries.test_forecast_record import past

from serai.readiness import queries
from serai.readiness.actions import forecast_event
from serai.readiness.exports import events as exports

pytestmark = pytest.mark.django_db


def plain(table):
    return [[str(cell) for cell in row] for row in table.rows]


def test_an_event_stands_with_its_delegations_by_colour():
    make.ready_delegation(make.event_plan())
    make.delegation(queries_plan())
    forecast_event(plan=queries_plan(), by=None, now=make.NOON)

    (row,) = plain(exports.events_table(queries.events(viewer_with("officer"))))

    assert row == [
        "Working group", "2021-07-10 06:00:00+00:00", "E1 Simple web meeting, up to 10 seats",
        "Microsoft Teams", "Forecast", "2", "1", "1", "0",
    ]  # fmt: skip


def queries_plan():
    from serai.readiness.models import EventPlan

    return EventPlan.objects.get()


def test_a_delegation_stands_with_chance_interval_and_tests():
    place = make.probed_office(initiative=make.home(), name="Head office")
    hall = make.probed_room(place, name="Hall", seats=4)
    made = make.ready_delegation(place=place, room=hall, good=11, bad=3, seats=4)
    officer = viewer_with("officer")
    rows = [queries.delegation_row(officer, made)]
    before = plain(exports.delegations_table(rows))[0]
    forecast_event(plan=made.plan, by=None, now=make.NOON)
    made.refresh_from_db()

    after = plain(exports.delegations_table([queries.delegation_row(officer, made)]))[0]

    assert before[2:5] == ["No forecast yet", "", ""]
    assert after == [
        "Head office, Hall", "Georgia", "Amber",
        "23 % (8–43 %), 3 of 14 tests fell short", "Sound only, slides sent ahead",
        "People at their desks", "4", "Forecast",
    ]  # fmt: skip


def test_past_forecasts_stand_beside_what_came():
    past(make.event_plan(), 0.8, "fell_short")

    (row,) = plain(exports.record_table(queries.forecast_record(viewer_with("officer"))))

    assert row[3:] == ["Green", "80.0", "6", "Was interrupted"]
