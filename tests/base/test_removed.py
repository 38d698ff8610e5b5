"""Hidden signs are taken out of what is typed, and its writer is told once, after saving."""

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import programme
from tests.factories.signed_in import sign_in

from serai.base import removed
from serai.base.characters import clean
from serai.programme.models import Request

ONE = "1 hidden sign was removed from your text. Check that it still reads as you meant it."
THREE = "3 hidden signs were removed from your text. Check that it still reads as you meant it."
ASK = "/en/programme/requests/new/"


@pytest.fixture
def officer(db, client):
    programme()
    member("GEO")
    return sign_in(client, person_with("officer"))


def ask(officer, text):
    return officer.post(
        ASK, {"initiative": "", "text": text, "countries": ["GEO"], "audience": "members"}
    )


def test_the_writer_is_told_once_after_saving(officer):
    answer = ask(officer, "Send\x00 the \u202efirst\u202c draft")

    first = officer.get(answer.url).content.decode()
    second = officer.get(answer.url).content.decode()

    assert Request.objects.get().text.pick("en")[0] == "Send the first draft"
    assert (answer.status_code, first.count(THREE), second.count(THREE)) == (303, 1, 0)


def test_a_text_without_hidden_signs_is_saved_without_a_note(officer):
    answer = ask(officer, "Send the first draft\r\nوبدون\u200cتغییر")

    assert "removed from your text" not in officer.get(answer.url).content.decode()


def test_a_form_that_is_not_saved_tells_nothing(officer):
    refused = officer.post(ASK, {"text": "a\x00b", "countries": [], "audience": "members"})

    later = officer.get("/en/programme/requests/").content.decode()

    assert refused.status_code == 422
    assert "removed from your text" not in refused.content.decode() + later


@pytest.mark.either_engine
def test_a_form_read_twice_counts_once():
    field = object()

    with removed.listening():
        removed.note(field, clean("a\x00"))
        removed.note(field, clean("a\x00"))
        said = removed.told(), removed.told()

    assert said == (ONE, "")


@pytest.mark.either_engine
def test_outside_a_request_nothing_is_kept():
    removed.note(object(), clean("a\x00"))

    assert removed.told() == ""
