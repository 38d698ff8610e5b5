"""Grants and invitations: one query each."""

import pytest
from tests.factories import members as make

from serai.members import actions, queries
from serai.members.actions import RoleWanted
from serai.members.states import Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize("count", [1, 3])
def test_grants_take_one_query(django_assert_num_queries, count):
    viewer = make.viewer_with("coordinator")
    for _number in range(count):
        make.person_with("lead")

    with django_assert_num_queries(1):
        rows = queries.grants_of(viewer, role="lead")

    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_invitations_take_one_query(django_assert_num_queries, count):
    viewer = make.viewer_with("coordinator")
    for number in range(count):
        actions.invite(
            email=f"new{number}@agency.example",
            wanted=RoleWanted(Role.FOCAL_POINT, member=make.member()),
            language="en",
            by=viewer,
            now=NOON,
        )

    with django_assert_num_queries(1):
        rows = queries.invitations(viewer, NOON)

    assert len(rows) == count
