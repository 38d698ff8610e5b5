"""One's own data, what waits, and digests."""

from datetime import UTC, datetime

import pytest
from tests.factories import members as make

from serai.base.pages import Todo
from serai.members import actions, queries
from serai.members.actions import RoleWanted
from serai.members.queries import PLUGS
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


@pytest.mark.parametrize(
    ("moment", "rhythm", "is_due"),
    [
        (datetime(2021, 6, 28, 4, tzinfo=UTC), "weekly", True),  # Monday, 8 in Tbilisi
        (datetime(2021, 6, 28, 3, 59, tzinfo=UTC), "weekly", False),
        (datetime(2021, 6, 29, 8, tzinfo=UTC), "weekly", False),
        (datetime(2021, 6, 29, 8, tzinfo=UTC), "daily", True),
        (datetime(2021, 7, 3, 8, tzinfo=UTC), "daily", False),  # Saturday
        (datetime(2021, 6, 28, 8, tzinfo=UTC), "never", False),
    ],
)
def test_digest_comes_in_the_morning_of_the_own_zone(monkeypatch, moment, rhythm, is_due):
    make.person(digest=rhythm, time_zone="Asia/Tbilisi")
    monkeypatch.setattr(PLUGS, "todos", [lambda viewer, now: [Todo("x", "Read", "/en/")]])

    first = actions.send_digests(now=moment)
    again = actions.send_digests(now=moment)

    assert (first, again) == (int(is_due), 0)
