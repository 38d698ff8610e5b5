"""Tracking tables: what is counted, what an owner may say, what a form refuses."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.factories.members import member, person_with
from tests.factories.programme import action_item, told

from serai.programme.actions import Told
from serai.programme.models import ActionItem

pytestmark = pytest.mark.django_db
NEW = "/en/programme/actions/new/"
GIVEN = {"text": "Share the draft", "audience": "secretariat"}


def text_file():
    return SimpleUploadedFile("minutes.txt", b"It is done.", content_type="text/plain")


def test_an_action_item_needs_somebody(client, officer):
    answer = client.post(NEW, GIVEN)

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "owner": ["Nobody is named. Choose a person, an organisation or a member."]
    }
    assert "Share the draft" in answer.content.decode()
    assert ActionItem.objects.count() == 0


def test_an_owner_says_what_became_of_it(client, sign_in):
    member("GEO")
    row = action_item(countries=("GEO",))
    sign_in("focal_point", "GEO")
    address = f"/en/programme/actions/{row.public_id}/"

    nothing = client.post(address, {})
    empty = client.post(address, {"verdict": "note", "text": ""})
    client.post(address, {"verdict": "done", "link": "https://a.example/draft"})

    row.refresh_from_db()
    assert (nothing.status_code, list(nothing.context["form"].errors)) == (422, ["verdict"])
    assert empty.status_code == 422
    assert "The note is empty. Write it and save again." in empty.content.decode()
    assert row.state == "done"


def test_a_person_is_asked_until_a_time_in_words(client, officer):
    someone = person_with("focal_point", "GEO")
    given = GIVEN | {"person": someone.public_id, "words": "end of July 2021"}

    reading = client.post(NEW, given)
    answer = client.post(NEW, given | {"confirmed": "end of July 2021"})

    row = ActionItem.objects.get()
    page = client.get(f"/en/programme/actions/{row.public_id}/").content.decode()
    assert "Read as: 21–31 July 2021" in reading.content.decode()
    assert (reading.status_code, answer.status_code) == (200, 303)
    assert (row.person, row.owner, row.audience) == (someone, None, "secretariat")
    assert (row.due_on, str(row.due_words)) == (date(2021, 7, 31), "end of July 2021")
    assert someone.full_name in page
    assert "<dd>end of July 2021</dd>" in page
    assert "<dt>Who may read it</dt><dd>The secretariat</dd>" in page


def test_an_action_item_is_open_to_members_where_the_officer_says_so(client, officer, sign_in):
    member("GEO"), member("UZB")
    client.post(NEW, GIVEN | {"countries": ["GEO"]})
    client.post(NEW, GIVEN | {"countries": ["GEO"], "audience": "members"})
    kept, shown = ActionItem.objects.order_by("id")
    sign_in("focal_point", "UZB")

    found = [client.get(f"/en/programme/actions/{one.public_id}/") for one in (kept, shown)]

    assert [answer.status_code for answer in found] == [404, 200]
    assert "Who may read it" not in found[1].content.decode()


def test_a_file_shows_that_it_is_done_to_those_who_work_on_it(client, sign_in):
    member("GEO"), member("UZB")
    row = action_item(countries=("GEO",), audience="members")
    owner = sign_in("focal_point", "GEO")
    address = f"/en/programme/actions/{row.public_id}/"
    program = SimpleUploadedFile("a.exe", b"MZ")

    early = client.post(address, {"verdict": "note", "text": "Soon", "evidence": text_file()})
    unsafe = client.post(address, {"verdict": "done", "evidence": program})
    none = client.get(f"{address}file/")
    answer = client.post(address, {"verdict": "done", "evidence": text_file()})

    assert early.context["form"].errors == {
        "evidence": ["Only what is done is shown: choose “It is done”, or leave this empty."]
    }
    assert (unsafe.status_code, list(unsafe.context["form"].errors)) == (422, ["evidence"])
    assert none.status_code == 404
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.evidence.name) == (303, "done", "minutes.txt")
    assert row.evidence.received_by == owner
    assert "minutes.txt" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}file/").streaming_content) == b"It is done."
    sign_in("focal_point", "UZB")
    assert "minutes.txt" not in client.get(address).content.decode()
    assert client.get(f"{address}file/").status_code == 404


def test_what_will_not_be_done_needs_a_reason(client, sign_in):
    member("GEO")
    row = action_item(countries=("GEO",))
    sign_in("focal_point", "GEO")

    answer = client.post(f"/en/programme/actions/{row.public_id}/", {"verdict": "dropped"})

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "open")


def test_sample_is_not_counted_with_real_items(client, officer):
    member("GEO")
    action_item(countries=("GEO",))
    action_item(countries=("GEO",), told=Told(told().known_from, "Trial", sample=True))

    page = client.get("/en/programme/actions/")

    assert [figure.value for figure in page.context["figures"]] == ["1", "0", "0 of 1"]
    assert len(page.context["table"].rows) == 2


def test_an_empty_page_says_where_items_come_from(client, officer):
    page = client.get("/en/programme/actions/").content.decode()

    assert "Action items follow from the decisions of meetings." in page
    assert 'name="country"' not in page
