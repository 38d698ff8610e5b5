"""The open link of a round: made once, shown once, and answered without an account."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.signed_in import sign_in as enter

from serai.base.models import AuditEntry, RateWindow, Receipt
from serai.base.models import Message as Letter
from serai.members.models import Person
from serai.members.queries import token_hash
from serai.surveys.access import COOKIE
from serai.surveys.models import (
    Answer,
    EntryAct,
    Invitation,
    Response,
    SectionMark,
    Wave,
)

pytestmark = pytest.mark.django_db
TOKEN = "Zx9_" + "k7Qm" * 9 + "abc"
LINK = f"/en/surveys/o/{TOKEN}/"


def text_of(answer):
    return answer.content.decode()


def a_wave(kind="feedback", **fields):
    survey = make.survey(
        kind=kind, has_signature=False, has_clearance=False, is_anonymous=kind == "feedback"
    )
    day = timezone.now().date()
    defaults = {"opens_on": day, "due_on": day + timedelta(days=9)}
    wave = make.wave(make.version(survey), **(defaults | fields))
    Wave.objects.filter(pk=wave.pk).update(open_token_hash=token_hash(TOKEN))
    return Wave.objects.get(pk=wave.pk)


def begun(client):
    """Begin without a name; return the response and its address."""
    address = client.post(LINK).headers["Location"]
    return Response.objects.get(), address


def fill(client, address):
    client.post(f"{address}s/office/", {"base:/data/office/name": "0", "/data/office/name": "Ring"})
    client.post(f"{address}s/link/", {"base:/data/link/has": "0", "/data/link/has": "no"})


# ---------------------------------------------------------------- for the officer
def test_an_officer_makes_the_link_sees_it_once_and_draws_it(client, officer):
    wave = a_wave(open_token_hash="")
    Wave.objects.update(open_token_hash="")
    home = f"/en/surveys/waves/{wave.public_id}/open/"

    client.post(home, {"do": "make"})
    page = text_of(client.get(home))
    token = page.partition("/surveys/o/")[2].partition("/")[0]

    wave.refresh_from_db()
    assert len(token) == 43
    assert wave.open_token_hash == token_hash(token)
    assert client.get(f"{home}code.svg").content.startswith(b"<svg xmlns=")
    assert (Client().get(f"/en/surveys/o/{token}/").status_code, token in text_of(client.get(home))) == (200, True)  # fmt: skip
    session = client.session
    session["new_open_link"] = session["new_open_link"] | {"made_at": "2021-03-01T12:00:00+00:00"}
    session.save()
    assert token not in text_of(client.get(home))
    assert client.get(f"{home}code.svg").status_code == 404


def test_a_new_link_ends_the_old_one_and_ending_ends_it(client, officer):
    wave = a_wave()
    home = f"/en/surveys/waves/{wave.public_id}/open/"

    client.post(home, {"do": "make"})
    after_renewal = client.get(LINK).status_code
    client.post(home, {"do": "end"})

    wave.refresh_from_db()
    verbs = AuditEntry.objects.order_by("id").values_list("verb", flat=True)
    assert (after_renewal, wave.open_token_hash) == (404, "")
    assert [verb for verb in verbs if "link" in verb] == ["renew_open_link", "end_open_link"]


def test_the_link_opens_a_planned_round_in_which_nobody_is_asked(client, officer):
    wave = a_wave(state="planned")

    client.post(f"/en/surveys/waves/{wave.public_id}/open/", {"do": "make"})

    wave.refresh_from_db()
    assert wave.state == "open"


def test_a_questionnaire_of_organisations_has_no_open_link(client, officer):
    wave = make.wave()

    answer = client.post(f"/en/surveys/waves/{wave.public_id}/open/", {"do": "make"})

    wave.refresh_from_db()
    assert (answer.status_code, wave.open_token_hash) == (422, "")
    assert "Only feedback and applications are answered by an open link." in text_of(answer)


def test_others_make_no_link(client, sign_in):
    wave = a_wave()
    sign_in("lead", people.organisation())

    assert client.post(f"/en/surveys/waves/{wave.public_id}/open/").status_code == 404


def test_the_wave_and_its_board_say_how_many_came_in(client, officer):
    wave = a_wave()
    visitor = Client()
    fill(visitor, begun(visitor)[1])
    visitor.post(f"/en/surveys/responses/{Response.objects.get().public_id}/hand-in/")
    Client().post(LINK)

    page = text_of(client.get(f"/en/surveys/waves/{wave.public_id}/"))
    board = text_of(client.get(f"/en/surveys/waves/{wave.public_id}/board/"))

    assert "2 begun, 1 handed in" in page
    assert "By the open link: 2 begun, 1 handed in." in board


# ---------------------------------------------------------------- without a name
def test_a_visitor_reads_what_is_asked_before_anything_is_written(client):
    a_wave()

    page = text_of(client.get(LINK))

    assert "You answer without a name, in this browser alone" in page
    assert "Not kept: your name, your address, the hour." in page
    assert (Response.objects.count(), COOKIE in client.cookies) == (0, False)


def test_a_visitor_fills_hands_in_and_takes_the_copy_along(client):
    a_wave()
    response, address = begun(client)
    fill(client, address)

    handed = client.post(f"{address}hand-in/", follow=True)
    copy = client.get(f"{address}form.xlsx")

    response.refresh_from_db()
    assert (response.state, response.holder_hash) == ("handed_in", "")
    assert "For an hour this browser still opens the answers and their copy." in text_of(handed)
    assert copy.status_code == 200
    assert client.post(f"{address}s/office/", {"base:/data/office/name": "0"}).status_code == 404


def test_a_visitors_page_speaks_of_no_hands_no_organisation_and_no_trail(client):
    a_wave()
    _response, address = begun(client)

    page = text_of(client.get(address))
    withdrawing = text_of(client.get(f"{address}withdraw/"))

    assert "In whose hands" not in page
    assert "All changes with their proofs" not in page
    assert "Nobody reads the answers any more. They stay on record." in withdrawing
    assert "organisation" not in withdrawing.split("<main")[1].split("</main>")[0]


def test_the_script_saves_without_an_account_too(client):
    a_wave()
    _response, address = begun(client)
    change = [{"client_id": "a", "ref": "/data/office/name", "base": 0, "value": "Ring"}]

    answer = client.post(f"{address}autosave/", json.dumps(change), "application/json")

    assert [one["status"] for one in answer.json()["answers"]] == ["saved"]
    assert Answer.objects.get(path="/data/office/name").value == "Ring"


def test_another_browser_reads_nothing_before_or_after(client):
    a_wave()
    response, address = begun(client)
    fill(client, address)
    other = Client()
    other.cookies[COOKIE] = client.cookies[COOKIE].value[:-1] + "x"
    forged = [other.get(address).status_code, Client().get(address).status_code]

    client.post(f"{address}hand-in/")

    assert forged == [302, 302]
    assert (Client().get(address).status_code, response.person_id) == (302, None)


def test_after_an_hour_the_browser_opens_it_no_more(client, monkeypatch):
    a_wave()
    _response, address = begun(client)
    fill(client, address)
    client.post(f"{address}hand-in/")
    before = client.get(address).status_code

    later = timezone.now() + timedelta(minutes=61)
    monkeypatch.setattr("serai.base.middleware.timezone.now", lambda: later)

    assert (before, client.get(address).status_code) == (200, 302)


def test_nothing_of_who_or_when_is_kept_even_of_somebody_signed_in(client, sign_in):
    a_wave()
    person = sign_in("officer")
    before = AuditEntry.objects.count()
    response, address = begun(client)
    fill(client, address)
    client.post(f"{address}entries/", {"add": "/data/room"})
    client.post(f"{address}hand-in/")

    response.refresh_from_db()
    lines = AuditEntry.objects.order_by("id")[before:]
    assert {(row.by, row.request_id, row.at.hour, row.at.minute, row.at.microsecond) for row in lines} == {(None, "", 0, 0, 0)}  # fmt: skip
    assert (response.person_id, response.started_at, response.changed_at) == (None, None, None)
    assert set(Answer.objects.values_list("author_id", "at")) == {(None, None)}
    assert set(EntryAct.objects.values_list("by_id", "at")) == {(None, None)}
    assert set(SectionMark.objects.values_list("visited_at", flat=True)) == {None}
    assert Receipt.objects.filter(path__contains="/responses/").count() == 0
    assert person.pk not in AuditEntry.objects.filter(thing__startswith="surveys.response").values_list("by", flat=True)  # fmt: skip


def test_pages_without_a_name_carry_no_receipt(client):
    a_wave()
    start = text_of(client.get(LINK))
    _response, address = begun(client)

    pages = [text_of(client.get(address + end)) for end in ("", "s/office/", "hand-in/")]

    assert [page.count('name="receipt"') for page in [start, *pages]] == [0, 0, 0, 0]


def test_the_address_is_counted_under_a_code_that_does_not_give_it_away(client):
    from hashlib import sha256

    a_wave()
    client.post(LINK)

    plain = sha256(b"127.0.0.1").hexdigest()[:32]
    buckets = RateWindow.objects.values_list("bucket", flat=True)
    assert sum(one.startswith("survey-open-ip:") for one in buckets) == 1
    assert [one for one in buckets if plain in one] == []


def test_a_program_that_fills_every_field_begins_nothing(client):
    a_wave()

    answer = client.post(LINK, {"website": "https://example.org"})

    assert (answer.status_code, Response.objects.count()) == (422, 0)


def test_one_address_begins_twenty_times_an_hour(client):
    a_wave()

    statuses = [Client().post(LINK).status_code for _time in range(21)]

    assert (set(statuses[:20]), statuses[20]) == ({303}, 429)


def test_a_round_takes_no_more_than_its_most(client, monkeypatch):
    a_wave()
    monkeypatch.setattr("serai.surveys.queries.MOST_OPEN", 1)
    client.post(LINK)

    answer = Client().post(LINK)

    assert (answer.status_code, Response.objects.count()) == (422, 1)
    assert "So many have answered that no more are taken." in text_of(answer)


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({"state": "closed"}, 410, "It is closed: nothing more can be handed in."),
        ({"state": "planned"}, 410, "It is not open yet."),
        ({"opens_on": "later"}, 410, "It is not open yet."),
        ({"due_on": "past"}, 410, "It is closed since"),
        ({"due_on": "past", "grace_days": 9}, 200, "Whoever has this link may answer"),
    ],
)
def test_a_link_that_is_shut_says_why(client, fields, status, words):
    day = timezone.now().date()
    if "opens_on" in fields:
        fields = {"opens_on": day + timedelta(days=2)}
    if "due_on" in fields:
        fields = fields | {"opens_on": day - timedelta(days=9), "due_on": day - timedelta(days=2)}
    a_wave(**fields)

    answer = client.get(LINK)
    client.post(LINK)

    assert (answer.status_code, Response.objects.count()) == (status, int(status == 200))
    assert words in text_of(answer)


def test_a_wrong_link_says_what_to_do(client):
    answer = client.get("/en/surveys/o/wrong/")

    assert answer.status_code == 404
    assert "This link is not complete, or it has ended." in text_of(answer)


# ---------------------------------------------------------------- by name
def test_an_applicant_gets_a_private_link_and_begins_there_with_a_code(client):
    wave = a_wave("application")

    answer = client.post(LINK, {"email": "Nino@Example.org"}, follow=True)

    person = Person.objects.get(email="nino@example.org")
    row = Invitation.objects.get()
    letter = Letter.objects.get()
    assert "A link of your own is on its way to this address." in text_of(answer)
    assert (person.state, person.grants.count()) == ("invited", 0)
    assert (row.wave_id, row.lead_id, row.organisation_id, row.state) == (wave.pk, person.pk, None, "sent")  # fmt: skip
    assert (letter.person_id, letter.key.partition(":")[0]) == (person.pk, "surveys.private_link")
    assert Response.objects.count() == 0
    enter(client, person)
    begun_at = client.post(f"/en/surveys/asked/{row.public_id}/", {"full_name": "Nino K."})
    assert begun_at.headers["Location"] == f"/en/surveys/responses/{Response.objects.get().public_id}/"  # fmt: skip


def test_the_same_address_again_gets_a_new_link_to_the_same_place(client):
    a_wave("application")
    client.post(LINK, {"email": "nino@example.org"})
    first = Invitation.objects.get().token_hash

    client.post(LINK, {"email": "nino@example.org"})

    assert Invitation.objects.get().token_hash != first
    assert Letter.objects.count() == 2


def test_a_closed_account_is_not_told_apart(client):
    a_wave("application")
    people.person(email="gone@example.org", state="closed")

    answer = client.post(LINK, {"email": "gone@example.org"}, follow=True)

    assert "A link of your own is on its way to this address." in text_of(answer)
    assert (Invitation.objects.count(), Letter.objects.count()) == (0, 0)


def test_letters_to_one_address_are_limited(client):
    a_wave("application")

    statuses = [client.post(LINK, {"email": "a@example.org"}).status_code for _time in range(4)]

    assert statuses == [303, 303, 303, 429]


def test_somebody_signed_in_begins_at_once_and_once(client, sign_in):
    a_wave("application")
    person = sign_in("contributor", people.organisation())

    first, second = client.post(LINK), client.post(LINK)

    response = Response.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == f"/en/surveys/responses/{response.public_id}/"  # fmt: skip
    assert (response.invitation.lead_id, response.invitation.state) == (person.pk, "opened")
    assert COOKIE not in client.cookies
