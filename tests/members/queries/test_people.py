"""People: one's own scope, two queries."""

from datetime import date

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
from serai.members import queries
from serai.members.states import PersonState, Role

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


def test_whoever_is_not_looked_after_is_missing():
    stranger = make.person()

    with pytest.raises(NotFound):
        queries.person(make.viewer_with("focal_point"), stranger.public_id)


def test_sample_people_come_one_a_role_but_every_coordinator():
    make.person_with("officer", sample=True)
    make.person_with("officer", sample=True)
    make.person_with("lead", sample=True)
    make.person_with("coordinator")
    for _n in range(2):
        make.person_with("coordinator", sample=True)

    assert [row.role for row in queries.sample_people(NOON)] == [
        Role.COORDINATOR, Role.COORDINATOR, Role.OFFICER, Role.LEAD,
    ]  # fmt: skip


def test_staff_of_an_initiative_are_its_own_and_the_programme_s_officers_and_coordinators():
    of_all = make.person_with("officer", full_name="Bea")
    of_one = make.person_with("coordinator", "hub", full_name="Ana")
    make.person_with("officer", "elsewhere")
    make.person_with("focal_point", "GEO")
    make.person_with("officer", "hub", state=PersonState.PAUSED)
    make.grant("officer", to=make.person(), from_on=date(2022, 1, 1))

    assert queries.staff_of("hub", NOON) == [of_one, of_all]
    assert queries.staff_of("hub", NOON, [Role.COORDINATOR]) == [of_one]
