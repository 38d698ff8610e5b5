"""A focal point answers in one form; the secretariat sees the board."""

from datetime import date

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import NOON, STAFF, initiative, programme

from serai.programme import actions

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def request_():
    programme(opens_as_of=date(2021, 6, 30))
    member("GEO")
    member("UZB")
    return actions.open_request(
        initiative=initiative(), text="Answer the questionnaire", countries=("GEO", "UZB"),
        by=STAFF, now=NOON,
    )  # fmt: skip


def test_a_focal_point_answers_for_their_country(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")
    other = request_.addressees.get(country__iso3="UZB")

    page = client.get("/en/programme/requests/").content.decode()
    answer = client.post(f"/en/programme/answers/{one.public_id}/", {"state": "answered"})

    assert "Asked of you" in page
    assert "Uzbekistan" not in page
    assert answer.status_code == 303
    one.refresh_from_db()
    assert one.state == "answered"
    assert client.get(f"/en/programme/answers/{other.public_id}/").status_code == 404


def test_declining_without_a_reason_keeps_the_form(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")

    answer = client.post(f"/en/programme/answers/{one.public_id}/", {"state": "declined"})

    assert answer.status_code == 422
    assert "Say why it is declined" in answer.content.decode()


def test_opening_the_form_writes_nothing(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")

    client.get(f"/en/programme/answers/{one.public_id}/")
    one.refresh_from_db()
    assert one.state == "open"

    client.post(f"/en/programme/answers/{one.public_id}/", {"state": "seen"})
    one.refresh_from_db()
    assert one.state == "seen"


def test_the_officer_sees_the_board(client, request_):
    client.force_login(person_with("officer"), backend=BACKEND)

    page = client.get("/en/programme/requests/").content.decode()

    assert "0 of 2 answers are in" in page
    assert "Uzbekistan" in page
