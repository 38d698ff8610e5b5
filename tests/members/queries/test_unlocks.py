"""Administrators see their own unlocks, coordinators all."""

import pytest
from tests.factories import members as make

from serai.members import actions, queries
from serai.members.actions import UnlockWanted

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_unlocks_by_role():
    own, other = make.viewer_with("administrator"), make.viewer_with("administrator")
    actions.open_unlock(wanted=UnlockWanted("members", "Repair", 15), by=own, now=NOON)

    counts = [
        len(queries.unlocks(viewer, NOON))
        for viewer in (own, other, make.viewer_with("coordinator"))
    ]

    assert counts == [1, 0, 1]


def test_unlock_scopes_never_name_a_country_or_an_organisation():
    scopes = [code for code, _name in queries.unlock_scopes(make.viewer_with("administrator"))]

    assert {scope.partition(":")[0] for scope in scopes} == {"members", "secretariat"}
