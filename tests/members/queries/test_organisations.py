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
