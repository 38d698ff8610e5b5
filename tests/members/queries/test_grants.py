"""Grants and invitations: one query each."""

from datetime import date

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


@pytest.mark.parametrize(
    ("from_on", "since"), [(NOON.date(), NOON), (date(2021, 1, 1), date(2021, 1, 1))]
)
def test_a_role_holds_since_it_was_given_or_since_its_own_day(from_on, since):
    make.grant("lead", organisation=make.organisation(), from_on=from_on, given_at=NOON)

    (row,) = queries.grants_of(make.viewer_with("coordinator"), role="lead")

    assert row.since == since


def test_roles_of_one_initiative_name_people_without_their_addresses():
    expert = make.person_with("expert", "hub:GEO", full_name="Expert")
    unnamed = make.person_with("partner", make.organisation(), full_name="")
    unnamed.grants.update(initiatives=["hub"])
    viewers = {
        "of one": make.viewer_with("coordinator", "hub"), "of all": make.viewer_with("coordinator"),
    }  # fmt: skip

    rows = {
        who: [
            (row.person_name, row.email)
            for row in queries.grants_of(viewer)
            if row.role in {Role.EXPERT, Role.PARTNER}
        ]
        for who, viewer in viewers.items()
    }

    assert sorted(rows["of one"]) == [("Expert", ""), ("no name yet", "")]
    assert sorted(rows["of all"]) == sorted(
        [("Expert", expert.email), (unnamed.email, unnamed.email)]
    )
