"""What every request passes: sizes, signs, and failures in words."""

import errno
import io

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path

from serai.base import access, frame
from serai.base.limits import TooOften

SEEN: list[int] = []
FAILURES = {
    "locked": OperationalError("database is locked"),
    "full": OSError(errno.ENOSPC, "No space left on device"),
    "ours": ValueError("a fault"),
    "often": TooOften(200),
    "denied": access.Denied("base.anyone"),
    "gone": access.NotFound("x"),
}


@access.guard(may=access.anyone, methods=("GET", "POST"))
def fail(request, kind):
    raise FAILURES[kind]


@access.guard(may=access.anyone, methods=("POST",))
def take(request):
    SEEN.append(sum(file.size for file in request.FILES.values()))
    return HttpResponse(f"{SEEN[-1]}")


@access.guard(may=access.anyone)
def give(request, kind):
    return HttpResponse(
        b"A sentence said often. " * 100, content_type=f"{kind}/{request.GET['of']}"
    )


urlpatterns = [
    path("give/<kind>/", give),
    path("en/fail/<kind>/", fail),
    path("ru/fail/<kind>/", fail),
    path("take/", take),
]
handler400 = "serai.base.errors.bad_request"
handler404 = "serai.base.errors.not_found"
handler500 = "serai.base.errors.broken"
pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


@pytest.fixture
def visitor(client, monkeypatch):
    monkeypatch.setattr("serai.config.plugs.plug", lambda: None)
    monkeypatch.setattr(frame, "HOOKS", frame.Hooks())
    client.raise_request_exception = False
    SEEN.clear()
    return client


@pytest.mark.parametrize("kind", ["locked", "full"])
def test_what_was_typed_is_shown_when_the_data_fail(visitor, kind):
    answer = visitor.post(f"/en/fail/{kind}/", {"text": "My <b>answer</b>", "password": "unshown"})

    page = answer.content.decode()
    assert answer.status_code == 503
    assert "Not saved. Your text is below; copy it or try again." in page
    assert "My &lt;b&gt;answer&lt;/b&gt;" in page
    assert "unshown" not in page


def test_failures_are_told_in_the_readers_language(visitor):
    page = visitor.post("/ru/fail/locked/", {"text": "Ответ"}).content.decode()

    assert '<html lang="ru"' in page
    assert "Ответ" in page


def test_a_fault_of_ours_is_not_called_a_failure_of_data(visitor):
    assert visitor.get("/en/fail/ours/").status_code == 500


def test_a_failure_while_handling_another_error_is_found():
    from serai.base.errors import is_failure_of_data

    error = ValueError()
    error.__cause__ = OperationalError()

    assert is_failure_of_data(error)
    assert not is_failure_of_data(OSError(errno.ENOENT, "absent"))
    assert not is_failure_of_data(None)


def test_too_often_says_how_long_to_wait(visitor):
    answer = visitor.post("/en/fail/often/", {"text": "typed"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "200")
    assert "Wait 4 minutes, then try again." in answer.content.decode()
    assert "typed" in answer.content.decode()


@pytest.mark.parametrize("kind", ["denied", "gone"])
def test_denied_and_absent_look_alike(visitor, kind):
    assert visitor.get(f"/en/fail/{kind}/").status_code == 404


def test_three_hundred_megabytes_are_refused_unread(visitor):
    answer = visitor.generic("POST", "/take/", b"x", CONTENT_LENGTH=str(300 * 1024 * 1024))

    page = answer.content.decode()
    assert answer.status_code == 413
    assert "This upload is too large" in page
    assert "One file may have at most 20 MB." in page
    assert SEEN == []


def test_a_file_over_its_limit_is_kept_to_one_byte_more(visitor, settings):
    settings.UPLOAD_MAX_BYTES = 100_000

    answer = visitor.post("/take/", {"file": io.BytesIO(b"a" * 300_000)})

    assert (answer.status_code, SEEN) == (200, [100_001])


def test_each_file_is_counted_by_itself(visitor, settings):
    settings.UPLOAD_MAX_BYTES = 100_000

    visitor.post("/take/", {"a": io.BytesIO(b"a" * 80_000), "b": io.BytesIO(b"b" * 80_000)})

    assert SEEN == [160_000]


@pytest.mark.parametrize("address", ["/en/?q=a%00b", "/en/a%00b/"])
def test_nul_in_an_address_is_refused(visitor, address):
    assert visitor.get(address).status_code == 400


def test_every_answer_has_its_number(visitor):
    assert len(visitor.get("/en/fail/gone/").headers["X-Request-ID"]) == 16


@pytest.mark.parametrize(
    ("kind", "of", "packing"),
    [("text", "html", "gzip"), ("text", "csv", "gzip"), ("image", "svg+xml", "gzip"),
     ("image", "png", None), ("application", "pdf", None)],
)  # fmt: skip
def test_what_is_text_travels_packed(visitor, kind, of, packing):
    answer = visitor.get(f"/give/{kind}/", {"of": of}, headers={"Accept-Encoding": "gzip"})

    assert answer.headers.get("Content-Encoding") == packing
    assert (len(answer.content) < 300) is (packing == "gzip")


def test_who_cannot_unpack_gets_it_plain(visitor):
    answer = visitor.get("/give/text/", {"of": "html"})

    assert answer.headers.get("Content-Encoding") is None
    assert answer.content == b"A sentence said often. " * 100
