"""Members: one query, programme order."""

import pytest
from tests.factories import members as make

from serai.members import queries

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize("codes", [("GEO",), ("GEO", "UZB", "AZE")])
def test_members_take_one_query_in_programme_order(django_assert_num_queries, codes):
    for code in codes:
        make.member(code)

    with django_assert_num_queries(1):
        rows = queries.members(make.Viewer())

    assert [row.iso3 for row in rows] == sorted(codes)
