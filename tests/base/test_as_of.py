"""The day a page shows: the address wins, today stays with whoever is signed in."""

from datetime import date

import pytest
from django.test import RequestFactory

from serai.base.access import ANONYMOUS, Viewer
from serai.base.as_of import Asked, asked_day, at_today

OPENS, TODAY = date(2021, 6, 30), date(2026, 11, 26)
SOMEBODY = Viewer(person_id=7)


@pytest.fixture
def ask():
    """Ask for a day, page after page, with one session."""
    session = {}

    def read(written="", *, viewer=SOMEBODY, opens_on=OPENS):
        request = RequestFactory().get("/en/programme/", {"as_of": written} if written else {})
        request.viewer, request.session = viewer, session
        return asked_day(request, opens_on=opens_on, today=TODAY)

    return read


def test_without_a_day_the_opening_one_is_shown(ask):
    assert ask() == Asked(OPENS)
    assert ask().query == ""


def test_the_address_wins_and_links_keep_it(ask):
    earlier = date(2021, 3, 1)

    assert ask("2021-03-01") == Asked(earlier, earlier)
    assert ask("2021-03-01").query == "?as_of=2021-03-01"
    assert ask() == Asked(OPENS)


def test_today_stays_until_the_opening_day_is_asked_for(ask):
    assert ask("today") == Asked(TODAY, TODAY)
    assert ask() == Asked(TODAY)
    assert ask("2021-03-01").as_of == date(2021, 3, 1)
    assert ask() == Asked(TODAY)
    assert ask("2021-06-30") == Asked(OPENS, OPENS)
    assert ask() == Asked(OPENS)


def test_a_visitor_s_day_travels_with_the_links_alone(ask):
    assert ask("today", viewer=ANONYMOUS).query == "?as_of=2026-11-26"
    assert ask(viewer=ANONYMOUS) == Asked(OPENS)


def test_a_house_that_opens_today_keeps_nothing(ask):
    ask("today", opens_on=TODAY)

    assert ask() == Asked(OPENS)


def test_what_is_no_day_is_given_back(ask):
    assert ask("yesterday") == Asked(OPENS, None, "yesterday")


def test_an_address_leads_to_today():
    assert at_today("/en/programme/") == "/en/programme/?as_of=today"
    assert at_today("/en/?part=x") == "/en/?part=x&as_of=today"
