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


def test_an_address_is_read_by_those_who_look_after_its_owner():
    agency = make.organisation(country="GEO")
    asked = make.person_with("contributor", agency, full_name="Asked")
    viewers = {
        "own": queries.viewer_of(asked, NOON),
        "programme officer": make.viewer_with("officer"),
        "programme coordinator": make.viewer_with("coordinator"),
        "administrator": make.viewer_with("administrator"),
        "focal point": make.viewer_with("focal_point", "GEO"),
        "deputy": make.viewer_with("deputy", "GEO"),
        "lead": make.viewer_with("lead", agency),
        "officer of one": make.viewer_with("officer", "hub"),
        "coordinator of one": make.viewer_with("coordinator", "hub"),
        "focal point elsewhere": make.viewer_with("focal_point", "UZB"),
        "lead elsewhere": make.viewer_with("lead"),
        "contributor": make.viewer_with("contributor", agency),
        "committee": make.viewer_with("committee", "GEO"),
    }

    read = {
        who: [row.email for row in queries.people(viewer, NOON) if row.id == asked.pk]
        for who, viewer in viewers.items()
    }
    by_words = {
        who for who, viewer in viewers.items()
        if [row for row in queries.people(viewer, NOON, words=asked.email) if row.id == asked.pk]
    }  # fmt: skip

    readers = {
        "own", "programme officer", "programme coordinator", "administrator", "focal point",
        "deputy", "lead",
    }  # fmt: skip
    by_name = {"officer of one", "coordinator of one"}
    assert read == dict.fromkeys(viewers, []) | dict.fromkeys(
        readers, [asked.email]
    ) | dict.fromkeys(by_name, [""])
    assert by_words == readers
    assert {who for who, v in viewers.items() if queries.reads_address(v, asked)} == readers


def test_who_has_no_name_yet_is_seen_by_those_who_read_the_address():
    invited = make.person(full_name="", state=PersonState.INVITED)
    of_one = make.viewer_with("officer", "hub")

    assert invited.pk in {row.id for row in queries.people(make.viewer_with("officer"), NOON)}
    assert invited.pk not in {row.id for row in queries.people(of_one, NOON)}
    with pytest.raises(NotFound):
        queries.person(of_one, invited.public_id)


def test_a_choice_names_a_person_with_the_address_else_with_the_place():
    make.person_with("focal_point", "GEO", full_name="Nino")
    of_one, of_all = make.viewer_with("officer", "hub"), make.viewer_with("officer")

    def label(viewer):
        (row,) = queries.people(viewer, NOON, words="Nino")
        return row.label, row.email

    assert label(of_one) == ("Nino, GEO", "")
    said, address = label(of_all)
    assert said == f"Nino, {address}"
    assert address


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
