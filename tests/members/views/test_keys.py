"""The page of one's keys: a fresh sign-in makes one, it is shown for its maker alone, and ends."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from tests.factories import members as make
from tests.factories.signed_in import sign_in

from serai.base.models import ApiKey
from serai.members.views.keys import IN_SESSION, SHOWN_FOR

pytestmark = pytest.mark.django_db
KEYS, NEW = "members:keys", "members:make_key"


def asked(**changed):
    day = datetime.now(UTC).date() + timedelta(days=90)
    return {"name": "Statistics", "expires_on": day.isoformat()} | changed


def secret_on(page) -> str:
    return page.context["fresh"].secret if page.context["fresh"] else ""


def test_a_new_key_opens_the_api_and_leaves_the_page_when_it_is_kept(client):
    owner = sign_in(client, make.person())

    answer = owner.post(reverse(NEW), asked())
    page = owner.get(reverse(KEYS))
    secret = secret_on(page)
    answered = owner.get("/api/v1/members/members", headers={"Authorization": f"Bearer {secret}"})
    owner.post(reverse("members:keep_key"))

    assert (answer.status_code, answer.headers["Location"]) == (303, reverse(KEYS))
    assert secret in page.content.decode()
    assert page.headers["Cache-Control"] == "no-store"
    assert answered.status_code == 200
    assert secret_on(owner.get(reverse(KEYS))) == ""


def test_a_double_click_makes_one_key_and_loses_none(client):
    owner = sign_in(client, make.person())
    sent = asked(receipt="r" * 32)

    owner.post(reverse(NEW), sent)
    second = owner.post(reverse(NEW), sent)
    page = owner.get(second.headers["Location"])

    assert second.status_code == 303
    assert ApiKey.objects.count() == 1
    assert secret_on(page).startswith("serai_")
    assert "This was sent before. Here is the first result." in page.content.decode()


def test_after_ten_minutes_the_page_says_to_make_a_new_one(client):
    owner = sign_in(client, make.person())
    owner.post(reverse(NEW), asked())
    session = owner.session
    earlier = datetime.now(UTC) - SHOWN_FOR - timedelta(seconds=1)
    session[IN_SESSION] = session[IN_SESSION] | {"made_at": earlier.isoformat()}
    session.save()

    page = owner.get(reverse(KEYS))

    assert secret_on(page) == ""
    assert IN_SESSION not in owner.session
    assert "revoke it and make a new one" in page.content.decode()


def test_a_sign_in_that_is_not_fresh_is_asked_again(client):
    owner = sign_in(client, make.person(), fresh=False)

    answers = [owner.get(reverse(NEW)), owner.post(reverse(NEW), asked())]

    assert [answer.headers["Location"].partition("?")[0] for answer in answers] == [
        reverse("members:sign_in_again")
    ] * 2
    assert ApiKey.objects.count() == 0


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": ""}, "Write an answer here."),
        ({"expires_on": "2999-01-01"}, "A key lasts at most a year."),
    ],
)
def test_what_is_wrong_is_said_and_no_key_is_made(client, changed, sentence):
    owner = sign_in(client, make.person())

    page = owner.post(reverse(NEW), asked(**changed))

    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert ApiKey.objects.count() == 0


def test_a_key_is_revoked_by_its_owner_alone(client):
    person = make.person()
    owner = sign_in(client, person)
    owner.post(reverse(NEW), asked())
    key = ApiKey.objects.get()
    address = reverse("members:revoke_key", args=[key.public_id])

    stranger = sign_in(client, make.person_with("administrator")).post(address)
    untouched = ApiKey.objects.get().revoked_at
    own = sign_in(client, person).post(address)

    assert (stranger.status_code, untouched) == (404, None)
    assert own.status_code == 303
    assert ApiKey.objects.get().revoked_at is not None


def test_a_visitor_is_sent_to_sign_in(client):
    answer = client.get(reverse(KEYS))

    assert answer.headers["Location"].startswith(reverse("members:sign_in"))


def test_the_account_page_leads_to_the_keys(client):
    page = sign_in(client, make.person()).get(reverse("members:me"))

    assert f'href="{reverse(KEYS)}"' in page.content.decode()
