"""Cleared answers as values for another room: answers for few readers among them, drafts not."""

from datetime import date

import pytest
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.access import NotFound
from serai.calc.xforms import Ref, Standing
from serai.surveys.queries.counted import answers_for_counting, response_to_count
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db

NAME, STAFF = "/data/office/name", "/data/office/staff"
MBPS, SEATS = "/data/link/mbps", "/data/room/seats"


def found(answers, paths=(NAME, STAFF, MBPS)):
    response = make.cleared(make.wave(), answers)
    return answers_for_counting(fresh_response(response.pk), paths, make.NOON)


def test_values_come_with_what_they_are_worth():
    given = found({NAME: "Agency", STAFF: "!not_known", "/data/link/has": "no"})

    assert given.at(NAME).value == "Agency"
    assert given.at(NAME).is_answered
    assert given.at(STAFF).standing is Standing.NO_INFORMATION
    assert given.at(MBPS).standing is Standing.NOT_APPLICABLE
    assert given.at("/data/nowhere") is None


def test_what_was_changed_after_clearance_is_not_among_them():
    response = make.cleared(make.wave(), {NAME: "Before"})
    newest = response.answers.get(path=NAME)
    newest.pk, newest.value, newest.client_id = None, "After", "after"
    newest.save(force_insert=True)

    given = answers_for_counting(fresh_response(response.pk), [NAME], make.NOON)

    assert given.at(NAME).value == "Before"


def test_answers_for_few_readers_are_among_them_and_named():
    response = offices.narrow()

    given = answers_for_counting(fresh_response(response.pk), [STAFF, NAME], make.NOON)

    assert given.at(STAFF).value == "7"
    assert given.narrow == {STAFF}


def test_entries_of_a_repeat_are_kept_apart():
    response, lead = offices.begun(make.version())
    for key, seats in (("a", "4"), ("b", "9")):
        offices.add(response, lead, key)
        offices.give(response, lead, Ref(SEATS, key), seats)
    newest = response.answers.order_by("-pk").first().pk
    type(response).objects.filter(pk=response.pk).update(state="cleared", cleared_through=newest)

    given = answers_for_counting(fresh_response(response.pk), [SEATS], make.NOON)

    assert [(one.entry, one.value) for one in given.said] == [("a", "4"), ("b", "9")]
    assert given.entries == {"/data/room": ("a", "b")}


def test_the_day_is_that_of_the_newest_signature():
    response = make.cleared(make.wave(), {NAME: "Agency"})
    for number, day in ((1, 2), (2, 5)):
        response.signatures.create(
            round=number, by=response.invitation.lead, name="A", position="B",
            at=make.NOON.replace(day=day), answers_hash="x",
        )  # fmt: skip

    given = answers_for_counting(fresh_response(response.pk), [NAME], make.NOON)

    assert given.signed_on == date(2021, 3, 5)


def test_a_response_is_found_by_its_number():
    response = make.cleared(make.wave(), {NAME: "Agency"})

    assert response_to_count(response.public_id) == response
    with pytest.raises(NotFound):
        response_to_count("nowhere")
