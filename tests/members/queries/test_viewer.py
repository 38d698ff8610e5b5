"""What a person is and may read at a moment."""

from datetime import timedelta

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


def test_viewer_of_reads_what_is_shared_by_name_with_the_person_and_their_places():
    lead = make.person_with("lead")
    agency = lead.grants.get().organisation
    make.share("paper:person", f"person:{lead.pk}")
    make.share("paper:agency", f"organisation:{agency.pk}")
    make.share("paper:to-the-day", f"person:{lead.pk}", until_on=NOON.date())
    make.share("paper:over", f"person:{lead.pk}", until_on=NOON.date() - timedelta(days=1))
    make.share("paper:taken-back", f"person:{lead.pk}", ended_at=NOON)
    make.share("paper:other", f"person:{lead.pk + 1}")
    make.share("paper:elsewhere", f"organisation:{agency.pk + 1}")

    keys = queries.viewer_of(lead, NOON).keys

    shown = {key for key in keys if key.startswith("share:")}
    assert shown == {"share:paper:person", "share:paper:agency", "share:paper:to-the-day"}


@pytest.mark.parametrize(
    ("role", "scope", "shown"),
    [
        ("focal_point", "GEO", {"share:paper"}),
        ("deputy", "GEO", {"share:paper"}),
        ("focal_point", "MNG", set()),
        ("committee", "GEO", set()),
        ("officer", None, set()),
    ],
)
def test_what_is_shared_with_a_country_is_read_by_those_who_act_for_it(role, scope, shown):
    person = make.person_with(role, scope)
    make.share("paper", "country:GEO")

    keys = queries.viewer_of(person, NOON).keys

    assert {key for key in keys if key.startswith("share:")} == shown
