"""What the browser's half of a page gets: logic and state of that page, and what only the server knows."""

import json

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, PHONE, STAFF, give

from serai.surveys import queries
from serai.surveys.access import Place
from serai.surveys.queries.browser import logic_of, results_of
from serai.surveys.queries.responses import locked_response

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def logic(response, lead, slug):
    here = queries.place(lead, response.public_id, slug)
    return logic_of(queries.section_page(lead, here, make.NOON))


def test_a_page_gets_its_own_logic_and_what_it_depends_on_as_a_value(begun):
    response, lead = begun
    give(response, lead, STAFF, "5")
    give(response, lead, NAME, "Agency of Roads")
    give(response, lead, PHONE, "9999")

    sent = json.dumps(logic(response, lead, "line"))

    assert "mbps" in sent
    assert "staff" in sent
    assert "Agency of Roads" not in sent
    assert "9999" not in sent


def test_no_label_is_sent(begun):
    response, lead = begun

    sent = json.dumps(logic(response, lead, "office"))

    assert "Name of the office" not in sent
    assert "Direct line" not in sent


def test_a_page_whose_logic_the_browser_knows_asks_the_server_nothing(begun):
    response, lead = begun
    here = Place(locked_response(response.pk), "line")

    assert results_of(lead, here, make.NOON) == []


def test_what_only_the_server_knows_comes_for_those_who_open_the_page():
    text = make.XFORM.replace("if( /data/link/mbps &gt;= 10, 'yes', 'no')",
                              "digest( /data/link/has , 'SHA-1')")  # fmt: skip
    response, lead = offices.begun(make.version(xform=text))
    give(response, lead, offices.Ref("/data/link/has"), "no")
    found = locked_response(response.pk)

    mine = results_of(lead, Place(found, "link"), make.NOON)
    theirs = results_of(people.viewer_with("officer"), Place(found, "link"), make.NOON)
    nowhere = results_of(lead, Place(found, "nowhere"), make.NOON)

    # SHA-1 of "no", in base64.
    assert mine == [["/data/link/is_fast", "", "value", "/RKGNTVwxXA3mbp2mZMjt8dEewY="]]
    assert (theirs, nowhere) == ([], [])
