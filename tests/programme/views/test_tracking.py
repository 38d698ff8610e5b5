"""Tracking tables: what is counted, what an owner may say, what a form refuses."""

import pytest
from tests.factories.members import member
from tests.factories.programme import action_item, told

from serai.programme.actions import Told
from serai.programme.models import ActionItem

pytestmark = pytest.mark.django_db


def test_an_action_item_needs_somebody(client, officer):
    answer = client.post("/en/programme/actions/new/", {"text": "Share the draft"})

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
