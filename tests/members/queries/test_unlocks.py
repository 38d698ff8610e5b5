"""Administrators see their own unlocks, coordinators of the whole programme all."""

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
from serai.members import actions, queries
from serai.members.actions import UnlockWanted

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_unlocks_by_role():
    own, other = make.viewer_with("administrator"), make.viewer_with("administrator")
    actions.open_unlock(wanted=UnlockWanted("members", "Repair", 15), by=own, now=NOON)

    counts = [
        len(queries.unlocks(viewer, NOON))
        for viewer in (
            own, other, make.viewer_with("coordinator"), make.viewer_with("coordinator", "hub"),
        )
    ]  # fmt: skip

    assert counts == [1, 0, 1, 0]


def test_a_coordinator_of_one_initiative_opens_no_unlock():
    own = make.viewer_with("administrator")
    unlock = actions.open_unlock(wanted=UnlockWanted("members", "Repair", 15), by=own, now=NOON)

    found = queries.open_unlock(make.viewer_with("coordinator"), unlock.public_id)

    assert found == unlock
    with pytest.raises(NotFound):
        queries.open_unlock(make.viewer_with("coordinator", "hub"), unlock.public_id)


def test_unlock_scopes_never_name_a_country_or_an_organisation():
    scopes = [code for code, _name in queries.unlock_scopes(make.viewer_with("administrator"))]

    assert {scope.partition(":")[0] for scope in scopes} == {"members", "secretariat"}
