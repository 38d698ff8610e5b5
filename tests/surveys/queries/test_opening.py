"""Which answers may change: all while filling in, what is asked back while correcting."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, STAFF, give

from serai.surveys import actions, queries
from serai.surveys.actions import Asked
from serai.surveys.queries.filling import opened
from serai.surveys.queries.opening import Opening, opening_of
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import RequestReason

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(minutes=30)


@pytest.fixture
def begun():
    response, lead = offices.begun()
    give(response, lead, NAME, "Agency")
    give(response, lead, STAFF, "3")
    return response, lead


def asked_back(response, lead):
    offices.signed(response, lead)
    actions.clear(response=response, by=people.viewer_with("focal_point", "GEO"), now=make.NOON)
    actions.ask_back(
        response=response, asked=[Asked(NAME, RequestReason.UNCLEAR, "")], due_on=None,
        by=people.viewer_with("officer"), now=LATER,
    )  # fmt: skip
    return locked_response(response.pk)


def test_all_is_open_while_it_is_filled_in_and_nothing_once_signed(begun):
    response, lead = begun
    before = opening_of(response)
    offices.signed(response, lead)
    after = opening_of(locked_response(response.pk))

    assert (before, after) == (Opening(is_whole=True), Opening())
    assert before.lets_entries(response) is True
    assert after.lets_entries(response) is False


def test_a_correction_takes_what_was_asked_and_shows_the_rest_as_it_stands(begun):
    response, lead = begun
    response = asked_back(response, lead)
    opening, filling = opening_of(response), opened(response, LATER)

    assert opening == Opening(is_correction=True, asked=frozenset({NAME}))
    assert (opening.takes(NAME, filling), opening.takes(STAFF, filling)) == (True, False)
    assert opening.lets_entries(response) is False


def test_its_page_has_a_place_to_write_for_that_answer_alone(begun):
    response, lead = begun
    response = asked_back(response, lead)
    here = queries.place(lead, response.public_id, NAME.path.split("/")[2], "")
    page = queries.section_page(lead, here, LATER)

    given = {row.path: row.takes_answer for row in page.questions() if row.value}
    assert given == {NAME.path: True, STAFF.path: False}


def test_what_a_country_gave_back_is_open_as_a_whole(begun):
    response, lead = begun
    offices.signed(response, lead)
    focal = people.viewer_with("focal_point", "GEO")
    actions.return_to_agency(response=response, note="Look again", by=focal, now=make.NOON)
    response = locked_response(response.pk)

    assert opening_of(response) == Opening(is_whole=True, is_correction=True)
    assert opening_of(response).lets_entries(response) is True
