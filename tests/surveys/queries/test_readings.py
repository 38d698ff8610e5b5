"""Who read it is told to own people and the country, the latest first."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.queries.readings import readings
from serai.surveys.states import ReadingWay

pytestmark = pytest.mark.django_db


@pytest.fixture
def found():
    programme()
    return make.cleared(make.wave(), {"/data/link/has": "yes"})


def note(viewer, found, way, now=make.NOON):
    actions.note_readings(responses=[found], way=way, by=viewer, now=now)


def test_readings_are_listed_for_the_lead_and_the_country_and_nobody_else(found):
    person = people.person_with("officer", full_name="Ana")
    officer, lead = viewer_of(person, make.NOON), viewer_of(found.invitation.lead, make.NOON)
    later = make.NOON + timedelta(hours=1)
    note(officer, found, ReadingWay.PAGE)
    note(officer, found, ReadingWay.EXPORT, later)

    rows = readings(lead, found)

    assert [(row.name, row.role, row.way, row.first_at) for row in rows] == [
        ("Ana", "officer", "export", later), ("Ana", "officer", "page", make.NOON),
    ]  # fmt: skip
    assert readings(lead, found, most=1) == rows[:1]
    assert readings(people.viewer_with("focal_point", "GEO"), found) == rows
    assert readings(officer, found) == []
    assert readings(people.viewer_with("focal_point", "UZB"), found) == []


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_one_reader_and_for_three(found, count, django_assert_num_queries):
    lead = viewer_of(found.invitation.lead, make.NOON)
    for _number in range(count):
        note(people.viewer_with("officer"), found, ReadingWay.PAGE)

    with django_assert_num_queries(1):
        rows = readings(lead, found)

    assert len(rows) == count


def test_of_a_closed_account_no_name_or_address_is_told(found):
    person = people.person_with("officer", full_name="")
    note(viewer_of(person, make.NOON), found, ReadingWay.PAGE)

    (row,) = readings(viewer_of(found.invitation.lead, make.NOON), found)

    assert row.name == ""
