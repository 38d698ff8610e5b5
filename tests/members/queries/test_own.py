"""One's own data, and what waits."""

import pytest
from tests.factories import members as make

from serai.members import actions, queries
from serai.members.actions import RoleWanted
from serai.members.states import Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize(
    ("role", "needs"), [("officer", True), ("focal_point", True), ("lead", False)]
)
def test_strong_roles_need_a_second_factor(role, needs):
    viewer = make.viewer_with(role)

    assert queries.needs_second_factor(viewer) is needs
    assert [todo.verb for todo in queries.todos(viewer, NOON)] == ["Set up"] * needs


def test_an_open_invitation_waits():
    person = make.person("nino@agency.example")
    actions.invite(
        email=person.email,
        wanted=RoleWanted(Role.FOCAL_POINT, member=make.member()),
        language="en",
        by=make.viewer_with("coordinator"),
        now=NOON,
    )

    todos = queries.todos(queries.viewer_of(person, NOON), NOON)

    assert [(todo.verb, todo.address) for todo in todos] == [
        ("Answer", "/en/members/me/invitations/")
    ]
