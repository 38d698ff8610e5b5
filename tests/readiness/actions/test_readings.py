"""Readings: once a reader, day and way; never of own people, never of visitors."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.access import ANONYMOUS
from serai.readiness import actions
from serai.readiness.models import ResultReading

pytestmark = pytest.mark.django_db


def note(found, by, way="page", now=make.NOON):
    actions.note_readings(numbers=[one.pk for one in found], way=way, by=by, now=now)


def test_a_reading_is_noted_once_a_day_and_way():
    found, other = make.confirmed(), make.confirmed()
    officer = people.viewer_with("officer")

    note([found], officer)
    note([found, other], officer)
    note([found], officer, "csv")
    note([found], officer, now=make.NOON + timedelta(days=1))

    assert ResultReading.objects.filter(assessment=found).count() == 3
    assert ResultReading.objects.filter(assessment=other).count() == 1


def test_own_people_and_visitors_are_not_noted():
    found = make.confirmed()

    note([found], people.viewer_with("lead", found.office.organisation))
    note([found], ANONYMOUS)
    note([], people.viewer_with("officer"))

    assert not ResultReading.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_any_number_takes_two_statements(count, django_assert_num_queries):
    found = [make.confirmed() for _ in range(count)]
    officer = people.viewer_with("officer")
    actions.note_readings(numbers=[], way="page", by=officer, now=make.NOON)

    with django_assert_num_queries(3):  # the programme's clock, those to note, the rows
        note(found, officer)
