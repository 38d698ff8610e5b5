"""What a response says of an office, and the facts it declares."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.calc.readiness.cases import preset
from tests.factories import assessing as make

from serai.readiness.queries.answers import declared_facts, office_answers
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db
KEYS = preset().keys


def said(**answered):
    return office_answers(fresh_response(make.answered(**answered).pk), KEYS, make.NOON)


def test_the_office_its_rooms_and_people():
    found = said(rooms=({}, {"room_name": "Small", "room_seats": "4"}))

    assert (found.name, found.city, found.people_at_once, found.is_host) == (
        "Office in Tbilisi", "Tbilisi", 10, True,
    )  # fmt: skip
    assert [(one.name, one.seats) for one in found.rooms] == [("Hall", 12), ("Small", 4)]


@pytest.mark.parametrize(
    ("says", "at_once"),
    [({"seats/people_at_once": None}, 20), ({"seats/people_joining": None}, None)],
)
def test_people_at_once_are_at_most_those_who_join(says, at_once):
    says = {"seats/people_at_once": None} | says

    assert said(says=says).people_at_once == at_once


def test_an_office_that_only_attends():
    assert not said(says={"about_office/takes_part": "attend"}).is_host


def test_facts_of_rooms_come_once_a_room_and_what_is_missing_too():
    found = said(rooms=({}, {"cameras": "2"}))

    facts = list(declared_facts(found, KEYS, date(2021, 3, 1)))

    assert [one.value for one in facts if one.key == "kit.cameras"] == [1.0, 2.0]
    missing = next(one for one in facts if one.key == "content.archive")
    assert (missing.grade, missing.value, missing.known_on) == ("missing", None, None)
    assert {one.source for one in facts} == {f"answer:{found.number}"}


def test_another_tools_figure_is_as_old_as_its_measurement():
    found = said(says={"connection/other_test": "yes", "connection/other_down": "9",
                       "connection/other_tested_on": "2021-02-02"})  # fmt: skip

    fact = next(
        one for one in declared_facts(found, KEYS, date(2021, 3, 1)) if one.key == "link.down_p5"
    )
    assert (fact.value, fact.known_on) == (9.0, date(2021, 2, 2))


def test_more_rooms_take_no_more_queries():
    counts = []
    for rooms in (({},), ({}, {}, {})):
        response = fresh_response(make.answered(rooms=rooms).pk)
        office_answers(response, KEYS, make.NOON)
        with CaptureQueriesContext(connection) as asked:
            office_answers(response, KEYS, make.NOON)
        counts.append(len(asked))

    assert counts[0] == counts[1] <= 8
