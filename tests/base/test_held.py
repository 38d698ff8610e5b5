"""Nothing typed is lost: over a sign-in, and when a form is sent twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import timezone
from tests.factories.members import person

from serai.base import access, held
from serai.base.models import HeldInput, Receipt
from serai.base.pages import redirect_with

CALLS: list[str] = []


@access.guard(may=access.signed_in, methods=("GET", "POST"))
def note(request):
    if request.method == "POST":
        CALLS.append(request.POST.get("text", ""))
        if not request.POST.get("text"):
            return HttpResponse("Write a text.", status=422)
        return redirect_with(request, f"/notes/{len(CALLS)}/")
    back = held.held_post(request)
    return HttpResponse("nothing" if back is None else repr(sorted(back.lists())))


@access.guard(may=access.signed_in, methods=("POST",))
def break_down(request):
    CALLS.append("broken")
    raise ValueError


SIGN_IN = [path("sign-in/", note, name="sign_in")]
urlpatterns = [
    path("members/", include((SIGN_IN, "members"))),
    path("note/", note),
    path("break/", break_down),
]
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]
KEY = "k" * 32


@pytest.fixture(autouse=True)
def hooks(monkeypatch):
    CALLS.clear()
    monkeypatch.setattr(access.HOOKS, "hold", held.hold)
    monkeypatch.setattr(access.HOOKS, "once", held.once)


def test_text_typed_without_a_sign_in_is_back_after_it(client):
    body = {"text": "Дорога", "more": ["a", "b"], "csrfmiddlewaretoken": "x", "receipt": KEY}

    answer = client.post("/note/", body)
    client.force_login(person())
    shown = client.get("/note/")

    assert answer.status_code == 302
    assert answer.url.endswith("?next=%2Fnote%2F")
    assert shown.content.decode() == repr([("more", ["a", "b"]), ("text", ["Дорога"])])
    assert CALLS == []


def test_held_text_cannot_be_read_in_the_database(client):
    client.post("/note/", {"text": "secret position"})

    row = HeldInput.objects.get()

    assert b"secret" not in bytes(row.body)
    assert client.cookies[held.COOKIE].value not in row.cookie_hash
    assert client.cookies[held.COOKIE]["httponly"]


def test_held_text_goes_to_nobody_without_the_cookie(client):
    client.post("/note/", {"text": "a"})
    del client.cookies[held.COOKIE]
    client.force_login(person())

    assert client.get("/note/").content == b"nothing"


def test_held_text_is_gone_after_half_an_hour(client):
    client.post("/note/", {"text": "a"})
    HeldInput.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.force_login(person())

    assert client.get("/note/").content == b"nothing"
    assert held.prune(now=timezone.now()) == 1


def test_a_visitor_sees_no_held_text(client):
    client.post("/note/", {"text": "a"})

    assert client.get("/note/").status_code == 302


def test_held_text_is_dropped_once_it_is_sent(client):
    client.post("/note/", {"text": "a"})
    client.force_login(person())

    client.post("/note/", {"text": "a, better"})

    assert HeldInput.objects.count() == 0
    assert CALLS == ["a, better"]


def test_sign_out_clears_what_is_held(client, rf):
    client.post("/note/", {"text": "a"})
    request = rf.get("/")
    request.COOKIES[held.COOKIE] = client.cookies[held.COOKIE].value
    response = HttpResponse()

    held.clear(request)
    held.set_cookie(request, response)

    assert HeldInput.objects.count() == 0
    assert response.cookies[held.COOKIE]["max-age"] == 0


def test_a_changed_secret_key_gives_nothing(client, settings):
    client.post("/note/", {"text": "a"})
    client.force_login(person())
    session_key = client.cookies["sessionid"]
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" * 8

    assert client.get("/note/").content == b"nothing"
    assert session_key


def test_only_so_many_forms_are_held_for_one_browser(client, monkeypatch):
    monkeypatch.setattr(held, "MOST_HELD_FORMS", 1)
    client.post("/note/", {"text": "a"})

    client.post("/break/", {"text": "b"})

    assert HeldInput.objects.count() == 1


def test_a_form_sent_twice_leads_to_its_first_result(client):
    client.force_login(person())

    first = client.post("/note/", {"text": "a", "receipt": KEY})
    second = client.post("/note/", {"text": "a", "receipt": KEY})

    assert CALLS == ["a"]
    assert (first.status_code, first.url) == (303, "/notes/1/")
    assert (second.status_code, second.url) == (303, "/notes/1/")


def test_another_receipt_is_another_form(client):
    client.force_login(person())

    client.post("/note/", {"text": "a", "receipt": KEY})
    client.post("/note/", {"text": "a", "receipt": KEY + "2"})

    assert CALLS == ["a", "a"]


def test_a_receipt_is_its_person_s_own(client):
    client.force_login(person())
    client.post("/note/", {"text": "a", "receipt": KEY})
    client.force_login(person())

    client.post("/note/", {"text": "b", "receipt": KEY})

    assert CALLS == ["a", "b"]


def test_a_form_with_errors_can_be_sent_again(client):
    client.force_login(person())

    client.post("/note/", {"text": "", "receipt": KEY})
    client.post("/note/", {"text": "a", "receipt": KEY})

    assert CALLS == ["", "a"]


def test_a_form_that_broke_can_be_sent_again(client):
    client.force_login(person())
    client.raise_request_exception = False

    client.post("/break/", {"receipt": KEY})
    client.post("/break/", {"receipt": KEY})

    assert CALLS == ["broken", "broken"]
    assert Receipt.objects.count() == 0


def test_a_form_without_a_receipt_is_answered_each_time(client):
    client.force_login(person())

    client.post("/note/", {"text": "a"})
    client.post("/note/", {"text": "a", "receipt": "short"})

    assert CALLS == ["a", "a"]


def test_a_second_click_waits_for_the_first_to_end(client, monkeypatch):
    who = person()
    client.force_login(who)
    client.post("/note/", {"text": "a", "receipt": KEY})
    Receipt.objects.update(result_address="")
    steps = []

    def sleep(seconds: float) -> None:
        steps.append(seconds)
        if len(steps) == 3:
            Receipt.objects.update(result_address="/notes/1/")

    monkeypatch.setattr(held.time, "sleep", sleep)

    assert client.post("/note/", {"text": "a", "receipt": KEY}).url == "/notes/1/"
    assert (len(steps), CALLS) == (3, ["a"])


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_change():
    if connection.vendor == "sqlite":
        pytest.skip("The suite's SQLite lies in memory, which threads cannot share.")
    who = person()
    answers = []

    def click() -> None:
        own = Client()
        own.force_login(who)
        answers.append(own.post("/note/", {"text": "a", "receipt": KEY}).url)
        connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()

    assert CALLS == ["a"]
    assert answers == ["/notes/1/"] * 4
