"""Nothing typed is lost over a sign-in."""

from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from tests.factories.members import person

from serai.base import access, held, receipts
from serai.base.models import HeldInput
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
    monkeypatch.setattr(access.HOOKS, "once", receipts.once)


def test_text_typed_without_a_sign_in_is_back_after_it(client):
    body = {"text": "Дорога", "more": ["a", "b"], "csrfmiddlewaretoken": "x", "receipt": KEY}

    answer = client.post("/note/", body)
    client.force_login(person())
    shown = client.get("/note/")

    assert answer.status_code == 302
    assert answer.url.endswith("?next=%2Fnote%2F")
    assert shown.content.decode() == repr([("more", ["a", "b"]), ("text", ["Дорога"])])
    assert CALLS == []


@pytest.mark.parametrize(
    ("came_from", "back"),
    [
        ("http://testserver/note/?as_of=today", "%2Fnote%2F%3Fas_of%3Dtoday"),
        ("https://elsewhere.example/note/", "%2F"),
        ("", "%2F"),
    ],
)
def test_a_button_pressed_without_a_sign_in_leads_back_to_its_page(client, came_from, back):
    answer = client.post("/break/", {"do": "it"}, headers={"Referer": came_from})

    assert answer.status_code == 302
    assert answer.url.endswith(f"?next={back}")
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
