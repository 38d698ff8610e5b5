"""The copy of what is kept about a person: everything of theirs, nothing of others, no secret."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from tests.factories import members as make

from serai.base.keys import issue_key
from serai.base.mail import send_all
from serai.base.models import FileState, StoredFile
from serai.members import actions, emails
from serai.members.actions import Browser
from serai.members.queries import PLUGS, OwnPart, own_copy

pytestmark = pytest.mark.django_db
NOON = make.NOON
AT = "2021-06-30T12:00:00+00:00"


def fill(person) -> str:
    """Leave one thing of each kind with a person; return the key they were shown."""
    actions.record_sign_in(
        person=person, browser=Browser(f"s{person.pk}", "", "Firefox", "code"), now=NOON
    )
    send_all(emails.sign_in_code(person, "481516", NOON), now=NOON)
    Authenticator.objects.create(user=person, type="totp", data={"secret": "TOTPSECRET"})
    SocialAccount.objects.create(user=person, provider="ministry", uid=f"u-{person.pk}")
    StoredFile.objects.create(
        sha256="0" * 64, bytes=1, media_type="text/csv", name=f"list-{person.pk}.csv",
        state=FileState.RECEIVED.value, received_at=NOON, received_by=person,
    )  # fmt: skip
    made = issue_key(
        person_id=person.pk, name=f"laptop {person.pk}",
        expires_on=NOON.date().replace(month=12), now=NOON,
    )  # fmt: skip
    return made.secret


def test_the_copy_holds_each_kind_of_ones_own_things():
    person = make.person_with("lead")
    fill(person)
    fill(make.person())

    found = json.loads(own_copy(person))

    assert found["person"]["email"] == person.email
    assert [row["role"] for row in found["roles"]] == ["lead"]
    assert found["sign_ins"] == [{"label": "Firefox", "method": "code", "at": AT}]
    assert found["devices"] == [{"label": "Firefox", "first_at": AT, "latest_at": AT}]
    assert [(row["kind"], row["name"]) for row in found["proofs"]] == [
        ("totp", "TOTP Authenticator")
    ]
    assert [(r["provider"], r["uid"]) for r in found["sign_in_services"]] == [
        ("ministry", f"u-{person.pk}")
    ]
    assert found["api_keys"] == [
        {
            "name": f"laptop {person.pk}", "issued_on": "2021-06-30", "expires_on": "2021-12-30",
            "revoked_at": None,
        }
    ]  # fmt: skip
    assert [row["address"] for row in found["letters"]] == [person.email]
    assert [row["name"] for row in found["files"]] == [f"list-{person.pk}.csv"]


def test_the_copy_holds_no_secret():
    person = make.person()
    secret = fill(person)

    copy = own_copy(person)

    assert [word for word in (secret, "481516", "TOTPSECRET", "hash") if word in copy] == []


def test_the_copy_holds_what_the_rooms_above_keep(monkeypatch):
    person = make.person()
    monkeypatch.setattr(
        PLUGS, "own_parts", [lambda number: [OwnPart("meetings", [{"of": number}])]]
    )

    assert json.loads(own_copy(person))["meetings"] == [{"of": person.pk}]


def test_no_two_parts_have_one_name():
    person = make.person()
    names = [part.name for source in PLUGS.own_parts for part in source(person.pk)]
    own = json.loads(own_copy(person)).keys()

    assert len(own) == len(set(names)) + 12
    assert len(names) == len(set(names)) == 21
