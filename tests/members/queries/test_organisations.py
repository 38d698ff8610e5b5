"""Organisations: one query, one's own for partners."""

import pytest
from tests.factories import members as make

from serai.base.access import NotFound
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
