"""Lists take a fixed number of queries, with one row and with three, and show only one's own."""

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
from serai.members import actions, queries
from serai.members.actions import RoleWanted
from serai.members.states import Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize("count", [1, 3])
def test_people_takes_two_queries(django_assert_num_queries, count):
    viewer = make.viewer_with("administrator")
    for _number in range(count):
        make.person_with("lead")

    with django_assert_num_queries(2):
        rows = queries.people(viewer, NOON)

    assert len(rows) == count + 1


@pytest.mark.parametrize("count", [1, 3])
def test_grants_take_one_query(django_assert_num_queries, count):
    viewer = make.viewer_with("coordinator")
    for _number in range(count):
        make.person_with("lead")

    with django_assert_num_queries(1):
        rows = queries.grants_of(viewer, role="lead")

    assert len(rows) == count


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_take_one_query(django_assert_num_queries, count):
    viewer = make.viewer_with("officer")
    for _number in range(count):
        make.organisation(parent=make.organisation(state="closed"))

    with django_assert_num_queries(1):
        rows = queries.organisations(viewer)

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


@pytest.mark.parametrize("codes", [("GEO",), ("GEO", "UZB", "AZE")])
def test_members_take_one_query_in_programme_order(django_assert_num_queries, codes):
    for code in codes:
        make.member(code)

    with django_assert_num_queries(1):
        rows = queries.members(make.Viewer())

    assert [row.iso3 for row in rows] == sorted(codes)


@pytest.mark.parametrize(("role", "count"), [("officer", 2), ("focal_point", 2), ("administrator", 3)])
def test_viewer_of_takes_two_queries_and_three_for_administrators(
    django_assert_num_queries, role, count
):
    person = make.person_with(role)

    with django_assert_num_queries(count):
        queries.viewer_of(person, NOON)


def test_focal_point_sees_the_people_of_the_own_country_only():
    focal = make.person_with("focal_point", "GEO")
    own = make.person_with("lead", make.organisation(country="GEO"))
    make.person_with("lead", make.organisation(country="UZB"))
    make.person_with("focal_point", "UZB")
    viewer = queries.viewer_of(focal, NOON)

    assert {row.id for row in queries.people(viewer, NOON)} == {focal.pk, own.pk}


def test_lead_sees_the_people_of_the_own_organisation_only():
    agency = make.organisation()
    lead, own = make.person_with("lead", agency), make.person_with("contributor", agency)
    make.person_with("contributor")
    viewer = queries.viewer_of(lead, NOON)

    assert {row.id for row in queries.people(viewer, NOON)} == {lead.pk, own.pk}


def test_partner_knows_of_the_own_organisation_only():
    partner = make.person_with("partner")
    other = make.organisation()
    viewer = queries.viewer_of(partner, NOON)

    own = partner.grants.get().organisation_id
    assert [row.id for row in queries.organisations(viewer)] == [own]
    with pytest.raises(NotFound):
        queries.organisation(viewer, other.public_id)


def test_whoever_is_not_looked_after_is_missing():
    stranger = make.person()

    with pytest.raises(NotFound):
        queries.person(make.viewer_with("focal_point"), stranger.public_id)


def test_sample_people_come_one_a_role():
    make.person_with("officer", sample=True)
    make.person_with("officer", sample=True)
    make.person_with("lead", sample=True)
    make.person_with("coordinator")

    assert [row.role for row in queries.sample_people(NOON)] == [Role.OFFICER, Role.LEAD]
