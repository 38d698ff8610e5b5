"""One sees one's own keys, and which of them work."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.base.access import ANONYMOUS, NotFound
from serai.base.keys import issue_key, revoke_key
from serai.members import queries

pytestmark = pytest.mark.django_db
NOON = make.NOON


def key(owner, name, days=30):
    expires_on = NOON.date() + timedelta(days=days)
    return issue_key(person_id=owner.pk, name=name, expires_on=expires_on, now=NOON).key


def test_keys_are_listed_newest_first_with_what_became_of_them():
    owner = make.person()
    viewer = queries.viewer_of(owner, NOON)
    key(owner, "Short", days=1)
    revoke_key(key=key(owner, "Revoked"), now=NOON)
    key(owner, "Long")
    key(make.person(), "Of another")

    rows = queries.own_keys(viewer, NOON + timedelta(days=2))

    assert [(row.name, row.is_working) for row in rows] == [
        ("Long", True), ("Revoked", False), ("Short", False),
    ]  # fmt: skip
    assert [row.revoked_at for row in rows] == [None, NOON, None]
    assert queries.own_keys(ANONYMOUS, NOON) == []


def test_a_key_is_found_by_its_owner_alone():
    owner, other = make.person(), make.person_with("administrator")
    mine = key(owner, "Mine")

    assert queries.own_key(queries.viewer_of(owner, NOON), mine.public_id) == mine
    with pytest.raises(NotFound):
        queries.own_key(queries.viewer_of(other, NOON), mine.public_id)
