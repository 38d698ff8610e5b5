"""Error pages speak in words, keep what was typed, and 500 and 503 ask no database."""

import pytest
from django.test import RequestFactory

from serai.base import errors
from serai.base.access import ANONYMOUS

pytestmark = pytest.mark.django_db

BAD = "<script>alert(1)</script>"


def request(posted: dict[str, object] | None = None):
    made = RequestFactory().post("/en/a/", posted) if posted else RequestFactory().get("/en/a/")
    made.viewer = ANONYMOUS
    return made


@pytest.mark.parametrize(
    ("door", "status", "words"),
    [
        (errors.bad_request, 400, "This request could not be read"),
        (errors.forbidden, 403, "You may not do this"),
        (errors.not_found, 404, "There is no such page"),
        (errors.csrf_failed, 403, "Not saved: this form was open for too long"),
        (errors.broken, 500, "Something went wrong here"),
        (errors.not_saved, 503, "Not saved"),
    ],
)
def test_error_page_says_what_happened(door, status, words):
    response = door(request())

    assert response.status_code == status
    assert f"<h1>{words}</h1>" in response.content.decode()


@pytest.mark.parametrize("door", [errors.broken, errors.not_saved])
def test_pages_of_a_broken_house_ask_no_database(door, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        door(request({"text": "a"}))


@pytest.mark.parametrize("door", [errors.csrf_failed, errors.not_saved])
def test_typed_text_is_given_back(door):
    html = door(request({"answer": BAD, "csrfmiddlewaretoken": "x", "empty": " "})).content.decode()

    assert ">&lt;script&gt;alert(1)&lt;/script&gt;</textarea>" in html
    assert "csrfmiddlewaretoken" not in html
    assert html.count("<textarea") == 1


def test_secrets_are_not_given_back():
    posted = {
        "code": "123456", "otp_code": "1", "password": "x", "receipt": "r1", "seen": "7", "note": "kept",
    }  # fmt: skip

    assert errors.posted_texts(request(posted)) == [("note", "kept")]


def test_nothing_typed_is_nothing_shown():
    assert errors.posted_texts(request()) == []
