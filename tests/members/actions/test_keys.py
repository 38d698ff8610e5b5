"""Keys of the open API are made by their owner, within a year, and leave lines and a letter."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.access import ANONYMOUS, Denied
from serai.base.keys import valid_key
from serai.base.models import ApiKey, AuditEntry, Message
from serai.members import actions, queries
from serai.members.actions.keys import MOST_KEYS

pytestmark = pytest.mark.django_db
NOON = make.NOON
TODAY = NOON.date()


def made(owner, name="Statistics", days=365):
    by = queries.viewer_of(owner, NOON)
    return actions.make_key(name=name, expires_on=TODAY + timedelta(days=days), by=by, now=NOON)


def test_a_key_opens_its_owners_reading_and_is_told_by_mail():
    owner = make.person()

    key = made(owner)

    assert valid_key(key.secret, today=TODAY).person_id == owner.pk
    assert AuditEntry.objects.get(verb="make_key").after == {
        "expires_on": (TODAY + timedelta(days=365)).isoformat()
    }
    letter = Message.objects.get()
    assert letter.person == owner
    assert "A key for the open API was made for your account." in letter.text
    assert key.secret not in letter.text


@pytest.mark.parametrize("days", [0, 366])
def test_a_key_of_no_day_or_over_a_year_is_refused(days):
    owner = make.person()

    with pytest.raises(actions.Refused, match="A key lasts at most a year"):
        made(owner, days=days)

    assert (ApiKey.objects.count(), Message.objects.count()) == (0, 0)


def test_an_eleventh_working_key_is_refused_until_one_is_revoked():
    owner, other = make.person(), make.person()
    kept = [made(owner, name=f"Program {number}") for number in range(MOST_KEYS)]
    made(other)

    with pytest.raises(actions.Refused, match="You have ten keys"):
        made(owner)
    actions.revoke_key(key=kept[0].key, by=queries.viewer_of(owner, NOON), now=NOON)
    made(owner)

    assert ApiKey.objects.filter(person=owner, revoked_at=None).count() == MOST_KEYS


def test_a_revoked_key_opens_nothing_and_is_revoked_once():
    owner = make.person()
    key, by = made(owner), queries.viewer_of(owner, NOON)

    actions.revoke_key(key=key.key, by=by, now=NOON)
    again = actions.revoke_key(key=key.key, by=by, now=NOON + timedelta(hours=1))

    assert valid_key(key.secret, today=TODAY) is None
    assert again.revoked_at == NOON
    assert AuditEntry.objects.filter(verb="revoke_key").count() == 1


def test_nobody_revokes_the_key_of_another():
    key, other = made(make.person()), make.person_with("administrator")

    with pytest.raises(Denied):
        actions.revoke_key(key=key.key, by=queries.viewer_of(other, NOON), now=NOON)
    with pytest.raises(Denied):
        actions.make_key(name="x", expires_on=TODAY + timedelta(days=1), by=ANONYMOUS, now=NOON)

    assert valid_key(key.secret, today=TODAY) == key.key
