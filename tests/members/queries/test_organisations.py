"""Organisations: one query, one's own for partners."""

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
from serai.base.text import TranslatedText
from serai.members import queries

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize("count", [1, 3])
def test_organisations_take_one_query(django_assert_num_queries, count):
    viewer = make.viewer_with("officer")
    for _number in range(count):
        make.organisation(parent=make.organisation(state="closed"))

    with django_assert_num_queries(1):
        rows = queries.organisations(viewer)

    assert len(rows) == count


def test_partner_knows_of_the_own_organisation_only():
    partner = make.person_with("partner")
    other = make.organisation()
    viewer = queries.viewer_of(partner, NOON)

    own = partner.grants.get().organisation_id
    assert [row.id for row in queries.organisations(viewer)] == [own]
    with pytest.raises(NotFound):
        queries.organisation(viewer, other.public_id)


def test_people_of_an_organisation_are_those_one_looks_after():
    ours, theirs = make.organisation(country="GEO"), make.organisation(country="UZB")
    for agency in (ours, theirs):
        someone = make.person_with("lead", agency)
        someone.affiliations.create(organisation=agency, from_on=make.NOON.date())
    focal, officer = make.viewer_with("focal_point", "GEO"), make.viewer_with("officer")

    seen = [
        len(queries.organisation_people(viewer, agency))
        for viewer in (focal, officer)
        for agency in (ours, theirs)
    ]

    assert seen == [1, 0, 1, 1]


def test_a_member_without_a_short_name_is_shown_by_its_full_one():
    country = make.member("GEO", short_name=TranslatedText())
    agency = make.organisation("Agency of Roads", country=country)
    grant = make.person_with("deputy", "GEO").grants.get()
    viewer = make.viewer_with("officer")

    assert str(queries.organisations(viewer)[0].member_name) == "Georgia"
    assert str(queries.place_of(grant)) == "Georgia"
    assert (str(agency.member), str(queries.members(viewer)[0].short_name)) == (
        "Georgia",
        "Georgia",
    )


def test_forms_offer_no_government_organisation_of_a_former_member():
    former = make.member("GEO", state="former", until_on=make.NOON.date())
    make.organisation("Ministry", country=former)
    academy = make.organisation("Academy", country=former, kind="academic")
    roads = make.organisation("Roads", country="UZB")
    viewer = make.viewer_with("officer")

    offered = queries.organisations_offered(viewer)

    assert [row.public_id for row in offered] == [academy.public_id, roads.public_id]
    assert queries.organisation_choices(viewer, "en") == [
        (academy.public_id, "Academy (GEO)"), (roads.public_id, "Roads (UZB)"),
    ]  # fmt: skip
    assert len(queries.organisations(viewer)) == 3
