"""Where a thing may go, and whose consent it takes."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.members import queries as members
from serai.programme import queries

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "scope", "expected"),
    [
        ("coordinator", None, ["secretariat", "members"]),
        ("coordinator", "elsewhere", []),
        ("officer", None, []),
    ],
)
def test_where_a_public_initiative_may_go(role, scope, expected):
    home = make.initiative("home")
    viewer = people.viewer_with(role, scope)

    assert list(queries.reader_choices(viewer, home, make.NOON).audiences) == expected


def test_a_country_s_milestone_goes_no_wider_than_its_initiative():
    row = make.milestone(
        make.initiative("home", audience="members"), audience="secretariat",
        country=people.member("GEO"),
    )  # fmt: skip
    focal = people.person_with("focal_point", "GEO", full_name="Focal")
    people.person_with("focal_point", "UZB")

    coordinator = queries.reader_choices(people.viewer_with("coordinator"), row, make.NOON)
    own = queries.reader_choices(members.viewer_of(focal, make.NOON), row, make.NOON)

    assert list(coordinator.audiences) == ["country", "members"]
    assert list(coordinator.consenting) == [(str(focal.pk), "Focal")]
    assert (list(own.audiences), list(own.consenting)) == (["country"], [])


def test_other_coordinators_may_consent_to_the_public():
    home = make.initiative("home", audience="members")
    by = people.person_with("coordinator")
    second = people.person_with("coordinator", "home", full_name="Second")
    people.person_with("coordinator", "elsewhere")

    found = queries.reader_choices(members.viewer_of(by, make.NOON), home, make.NOON)

    assert list(found.audiences) == ["secretariat", "public"]
    assert list(found.consenting) == [(str(second.pk), "Second")]
