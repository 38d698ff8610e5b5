"""The day a page shows: the address wins, today stays with whoever is signed in."""

from datetime import date

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse
from django.test import RequestFactory

from serai.base.access import ANONYMOUS, Viewer
from serai.base.as_of import COOKIE, Asked, asked_day, at_day, set_cookie

OPENS, TODAY = date(2021, 6, 30), date(2026, 11, 26)
SOMEBODY = Viewer(person_id=7)


class Browser:
    """Opens page after page in one session, and keeps the cookies it is given."""

    def __init__(self):
        self.requests, self.session, self.answer = RequestFactory(), SessionBase("1" * 32), None

    def __call__(self, written="", *, viewer=SOMEBODY, opens_on=OPENS):
        request = self.requests.get("/en/programme/", {"as_of": written} if written else {})
        request.viewer, request.session = viewer, self.session
        found = asked_day(request, opens_on=opens_on, today=TODAY)
        self.answer = HttpResponse()
        set_cookie(request, self.answer)
        for name, one in self.answer.cookies.items():
            self.requests.cookies[name] = one.value
        return found


@pytest.fixture
def ask():
    return Browser()


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
    assert ask.requests.cookies == {}


def test_today_is_kept_in_a_cookie_and_nothing_in_the_session(ask):
    ask("today")

    given = ask.answer.cookies[COOKIE]
    assert (given["httponly"], given["samesite"], given["max-age"]) == (True, "Lax", "")
    assert not ask.session.modified
    ask("today")
    assert COOKIE not in ask.answer.cookies


def test_the_opening_day_takes_the_cookie_back(ask):
    ask("today")
    ask("2021-06-30")

    assert ask.answer.cookies[COOKIE]["max-age"] == 0


@pytest.mark.parametrize("kept", ["today", "today:forged", "2021-06-30"])
def test_a_cookie_nobody_signed_is_left_alone(ask, kept):
    ask.requests.cookies[COOKIE] = kept

    assert ask() == Asked(OPENS)


def test_the_next_sign_in_does_not_find_it(ask):
    ask("today")
    ask.session = SessionBase("2" * 32)

    assert ask() == Asked(OPENS)


def test_what_is_no_day_is_given_back(ask):
    assert ask("yesterday") == Asked(OPENS, None, "yesterday")


def test_an_address_leads_to_today():
    assert at_day("/en/programme/") == "/en/programme/?as_of=today"
    assert at_day("/en/?part=x") == "/en/?part=x&as_of=today"
    assert at_day("/en/?part=x", date(2021, 6, 30)) == "/en/?part=x&as_of=2021-06-30"
