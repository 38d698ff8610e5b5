"""What a person is and may read at a moment."""

import pytest
from tests.factories import members as make

from serai.members import queries

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize(
    ("role", "count"), [("officer", 2), ("focal_point", 2), ("administrator", 3)]
)
def test_viewer_of_takes_two_queries_and_three_for_administrators(
    django_assert_num_queries, role, count
):
    person = make.person_with(role)

    with django_assert_num_queries(count):
        queries.viewer_of(person, NOON)


@pytest.mark.parametrize(
    ("role", "scope", "keys", "roles"),
    [
        ("participant", None, set(), {"participant"}),
        ("committee", "GEO", {"members"}, {"committee@GEO"}),
        ("deputy", "GEO", {"members", "country:GEO"}, {"deputy@GEO"}),
        ("focal_point", "GEO", {"members", "country:GEO"}, {"focal_point@GEO"}),
        ("expert", "virtual-carec:GEO", {"expert:virtual-carec:GEO"}, {"expert@virtual-carec"}),
        ("officer", None, {"members", "secretariat"}, {"officer"}),
        ("officer", "startup-hub", {"members", "secretariat:startup-hub"}, {"officer@startup-hub"}),
        ("coordinator", None, {"members", "secretariat"}, {"coordinator"}),
        ("administrator", None, set(), {"administrator"}),
    ],
)
def test_viewer_of_holds_the_keys_of_the_role(role, scope, keys, roles):
    person = make.person_with(role, scope)

    viewer = queries.viewer_of(person, NOON)

    assert viewer.keys == keys | {"public", f"person:{person.pk}"}
    assert viewer.roles == roles


@pytest.mark.parametrize(("kind", "reads"), [("government", True), ("company", False)])
def test_only_government_agencies_read_what_members_read(kind, reads):
    agency = make.organisation(kind=kind)

    viewer = make.viewer_with("lead", agency)

    assert ("members" in viewer.keys) is reads
    assert f"organisation:{agency.pk}" in viewer.keys


def test_two_roles_join_their_keys():
    person = make.person_with("focal_point", "GEO")
    make.grant("expert", to=person, member=make.member("UZB"), initiatives=("startup-hub",))

    viewer = queries.viewer_of(person, NOON)

    assert {"country:GEO", "expert:startup-hub:UZB"} <= viewer.keys


def test_viewer_of_person_id_of_nobody_is_a_visitor():
    assert queries.viewer_of_person_id(0, NOON).keys == {"public"}
