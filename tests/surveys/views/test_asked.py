"""The link of a letter, the invitation behind it, and a word that one cannot answer."""

import html
import io
import json
import logging
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base import logs
from serai.base.mail import send_all
from serai.base.models import Message as Letter
from serai.members.models import Person
from serai.members.queries import token_hash
from serai.surveys import emails
from serai.surveys.models import Invitation, Response

pytestmark = pytest.mark.django_db
TOKEN = "Zx9_" + "k7Qm" * 9 + "abc"
LINK = f"/en/surveys/i/{TOKEN}/"
SAME = "If the link was ours, a new one is on its way to the address it was first sent to."


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def row():
    return make.invitation(
        token_hash=token_hash(TOKEN), expires_at=timezone.now() + timedelta(days=1),
        organisation=people.organisation("Roads"),
    )  # fmt: skip


def test_a_new_browser_reads_what_is_asked_and_signs_in_with_a_code(client, row):
    page = text_of(client.get(LINK))

    assert "<h1>Offices, First round</h1>" in page
    assert "Roads is asked to answer by" in page
    assert "Who will see your answers" in page
    assert f"/en/members/sign-in/?next=/en/surveys/asked/{row.public_id}/" in page


def sign_in_page(client):
    """The form of the sign-in page that the link's page leads to."""
    (address,) = re.findall(
        r'class="button" href="([^"]*/sign-in/[^"]*)"', text_of(client.get(LINK))
    )
    return html.unescape(address), client.get(html.unescape(address)).context["form"]


def test_the_address_that_the_letter_reached_is_filled_in_and_stands_in_no_link(client, row):
    send_all(emails.invitation(row, TOKEN))

    address, form = sign_in_page(client)

    assert form["email"].value() == row.lead.email
    assert row.lead.email not in address
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("changed", ["nobody was written to", "another address", "another lead"])
def test_an_address_that_the_letter_did_not_reach_is_not_told(client, row, changed):
    if changed != "nobody was written to":
        send_all(emails.invitation(row, TOKEN))
    if changed == "another address":
        Person.objects.filter(pk=row.lead_id).update(email="new@agency.example")
    if changed == "another lead":
        Invitation.objects.filter(pk=row.pk).update(lead=people.person())

    address, form = sign_in_page(client)

    assert form["email"].value() in ("", None)
    assert address.endswith(f"?next=/en/surveys/asked/{row.public_id}/")


def test_a_known_browser_is_led_on_and_nothing_is_written_by_reading(client, sign_in, row):
    sign_in(row.lead)

    answer = client.get(LINK)
    client.get(answer.headers["Location"])

    row.refresh_from_db()
    assert answer.headers["Location"] == f"/en/surveys/asked/{row.public_id}/"
    assert (row.state, Response.objects.count()) == ("sent", 0)


def test_somebody_else_is_told_to_sign_in_as_the_one_who_is_asked(client, sign_in, row):
    sign_in("contributor")

    page = text_of(client.get(LINK))

    assert "You are signed in as somebody who is not asked here." in page
    assert client.get(f"/en/surveys/asked/{row.public_id}/").status_code == 404


def test_a_wrong_link_says_what_to_do(client):
    answer = client.get("/en/surveys/i/wrong/")

    assert answer.status_code == 404
    assert "This link is not complete, or it was replaced by a newer one." in text_of(answer)


def test_an_expired_link_offers_a_new_one(client, row):
    Invitation.objects.filter(pk=row.pk).update(expires_at=timezone.now() - timedelta(days=1))

    answer = client.get(LINK)
    asked = client.post(f"{LINK}again/")

    row.refresh_from_db()
    (letter,) = Letter.objects.all()
    assert answer.status_code == 410
    assert "Send me a new one to my known address" in text_of(answer)
    assert SAME in text_of(asked)
    assert (letter.person_id, letter.key.partition(":")[0]) == (row.lead_id, "surveys.new_link")
    assert row.token_hash != token_hash(TOKEN)


def test_asking_for_a_new_link_says_the_same_to_everybody_and_is_limited(client, row):
    unknown = text_of(client.post("/en/surveys/i/wrong/again/"))
    for _time in range(3):
        Invitation.objects.filter(pk=row.pk).update(token_hash=token_hash(TOKEN))
        client.post(f"{LINK}again/")
    Invitation.objects.filter(pk=row.pk).update(token_hash=token_hash(TOKEN))
    fourth = text_of(client.post(f"{LINK}again/"))

    assert SAME in unknown
    assert SAME in fourth
    assert Letter.objects.count() == 3


def test_no_log_holds_a_link(client, row):
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    logs.ACCESS.addHandler(handler)
    logs.ACCESS.setLevel(logging.INFO)
    try:
        client.get(LINK)
        logs.ACCESS.warning("A link %s was opened", LINK)
    finally:
        logs.ACCESS.removeHandler(handler)

    lines = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [line.get("route") for line in lines] == ["surveys:link", None]
    assert TOKEN not in stream.getvalue()


def test_beginning_opens_the_invitation_and_one_response(client, sign_in, row):
    sign_in(row.lead)
    address = f"/en/surveys/asked/{row.public_id}/"

    first, second = client.post(address), client.post(address)

    row.refresh_from_db()
    (response,) = Response.objects.all()
    assert {answer.headers["Location"] for answer in (first, second)} == {
        f"/en/surveys/responses/{response.public_id}/"
    }
    assert row.state == "opened"
    assert "Go on" in text_of(client.get(address))


def test_a_newcomer_gives_a_name_with_the_first_page(client, sign_in):
    newcomer = people.person(full_name="", state="invited")
    row = make.invitation(lead=newcomer)
    sign_in(newcomer)
    address = f"/en/surveys/asked/{row.public_id}/"

    nameless = client.post(address, {"full_name": ""})
    named = client.post(address, {"full_name": "Nino K."})

    newcomer.refresh_from_db()
    assert nameless.status_code == 422
    assert (named.status_code, newcomer.full_name, newcomer.state) == (303, "Nino K.", "active")


def test_a_closed_wave_cannot_be_begun(client, sign_in):
    row = make.invitation(make.wave(state="closed"))
    sign_in(row.lead)

    page = text_of(client.get(f"/en/surveys/asked/{row.public_id}/"))
    answer = client.post(f"/en/surveys/asked/{row.public_id}/")

    assert "It is closed. Write to the secretariat if you need more time." in page
    assert (answer.status_code, Response.objects.count()) == (422, 0)


def test_declining_takes_a_reason(client, sign_in, row):
    sign_in(row.lead)
    address = f"/en/surveys/asked/{row.public_id}/decline/"

    silent = client.post(address, {"reason": ""})
    answer = text_of(client.post(address, {"reason": "Not our remit."}, follow=True))

    row.refresh_from_db()
    assert silent.status_code == 422
    assert "The secretariat sees your reason. Nobody reminds you any more." in answer
    assert (row.state, row.reason) == ("declined", "Not our remit.")
    assert client.get(address).status_code == 404
