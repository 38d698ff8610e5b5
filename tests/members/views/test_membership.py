"""The page that ends a membership, and what a former member's pages and the forms then show."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.members.models import Grant, Member

pytestmark = pytest.mark.django_db


def page(client, name: str, code: str = "GEO") -> str:
    return client.get(reverse(f"members:{name}", args=[code])).content.decode()


def test_a_coordinator_ends_a_membership_and_takes_that_back(client):
    sign_in(client, make.person_with("coordinator"))
    make.member("UZB")
    focal = make.person_with("focal_point", make.member("GEO").iso3)
    ended = datetime.now(UTC).date() - timedelta(days=1)
    address, back = (reverse(f"members:{name}", args=["GEO"]) for name in ("end_member", "member"))
    assert address in page(client, "member")
    assert "Georgia is shown as a former member" in page(client, "end_member")

    refused = client.post(address, {"until_on": ended.isoformat(), "reason": ""})
    answer = client.post(address, {"until_on": ended.isoformat(), "reason": "Left by treaty."})

    assert (refused.status_code, answer.status_code, answer["Location"]) == (422, 303, back)
    assert (Member.objects.get(iso3="GEO").state, Grant.objects.get(person=focal).state) == (
        "former", "ended",
    )  # fmt: skip
    shown = page(client, "member")
    assert "Former member; its membership ended on" in shown
    assert "Left by treaty." in shown
    assert address not in shown
    assert "ended on" in client.get(reverse("members:members")).content.decode()
    form = client.get(reverse("members:invite")).content.decode()
    assert ('value="UZB"' in form, 'value="GEO"' in form) == (True, False)
    again = client.post(address, {"until_on": ended.isoformat(), "reason": "Again"})
    assert (again.status_code, "set already" in again.content.decode()) == (422, True)
    kept = client.post(reverse("members:keep_member", args=["GEO"]), follow=True)
    assert "It is kept as a member" in kept.content.decode()
    assert Member.objects.get(iso3="GEO").state == "active"
    twice = client.post(reverse("members:keep_member", args=["GEO"]), follow=True)
    assert "has no last day" in twice.content.decode()


def test_others_read_that_a_membership_ends_but_not_why(client):
    make.member(until_on=datetime(2099, 12, 31, tzinfo=UTC).date(), end_reason="A quarrel")
    sign_in(client, make.person_with("officer"))

    shown = page(client, "member")

    assert "Member until 31 December 2099" in shown
    assert "A quarrel" not in shown
    assert "until 31 December 2099" in client.get(reverse("members:members")).content.decode()
    for name in ("end_member", "keep_member"):
        address = reverse(f"members:{name}", args=["GEO"])
        assert client.post(address, {}).status_code == 404


def test_a_corrected_code_leads_to_the_page_under_the_new_one(client):
    sign_in(client, make.person_with("coordinator"))
    make.member("GEG", order=1)
    given = {
        "iso3": "geo", "name_en": "Georgia", "languages": "ka", "time_zone": "Asia/Tbilisi",
        "order": "1", "clearance": "focal_point",
    }  # fmt: skip

    answer = client.post(reverse("members:edit_member", args=["GEG"]), given)

    assert (answer.status_code, answer["Location"]) == (303, "/en/members/GEO/")
    make.organisation("Ministry", country="GEO")
    refused = client.post(reverse("members:edit_member", args=["GEO"]), given | {"iso3": "GEG"})
    assert refused.status_code == 422
    assert "cannot be corrected any more" in refused.content.decode()
