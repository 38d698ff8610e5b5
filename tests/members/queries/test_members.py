"""Members: one query, programme order."""

from datetime import timedelta

import pytest
from tests.factories import members as make

from serai.members import queries
from serai.members.states import MemberState

pytestmark = pytest.mark.django_db
NOON = make.NOON


@pytest.mark.parametrize("codes", [("GEO",), ("GEO", "UZB", "AZE")])
def test_members_take_one_query_in_programme_order(django_assert_num_queries, codes):
    for code in codes:
        make.member(code)

    with django_assert_num_queries(1):
        rows = queries.members(make.Viewer())

    assert [row.iso3 for row in rows] == sorted(codes)


def test_a_former_member_stands_in_lists_of_its_days_and_where_it_was_chosen():
    viewer = make.viewer_with()
    make.member("AZE")
    make.member("GEO", state=MemberState.FORMER, until_on=NOON.date())
    later = NOON.date() + timedelta(days=1)

    assert [row.iso3 for row in queries.members(viewer)] == ["AZE"]
    assert [row.iso3 for row in queries.members(viewer, on=NOON.date())] == ["AZE", "GEO"]
    assert [row.iso3 for row in queries.members(viewer, on=later)] == ["AZE"]
    assert [row.iso3 for row in queries.members_ever(viewer)] == ["AZE", "GEO"]
    assert queries.member_choices(viewer, "en") == [("AZE", "Azerbaijan")]
    assert queries.member_choices(viewer, "en", kept=["GEO"]) == [
        ("AZE", "Azerbaijan"), ("GEO", "Georgia"),
    ]  # fmt: skip
    assert queries.member_names(viewer, "en") == [("AZE", "Azerbaijan"), ("GEO", "Georgia")]


def test_members_are_due_from_the_day_after_their_last():
    member = make.member(until_on=NOON.date())

    assert queries.members_due(NOON.date()) == []
    assert queries.members_due(NOON.date() + timedelta(days=1)) == [member]


@pytest.mark.parametrize(
    "refer",
    [
        lambda one: make.organisation(country=one),
        lambda one: make.person_with("focal_point", one.iso3),
        lambda one: make.share("programme.paper:1", f"country:{one.iso3}"),
        lambda one: make.share("programme.paper:1", f"expert:hub:{one.iso3}"),
        lambda one: make.share("programme.paper:1", "secretariat", member=one),
    ],
)
def test_a_member_is_in_use_once_a_row_or_a_key_names_it(refer):
    member = make.member()
    other = make.member("UZB")

    refer(other)

    assert (queries.is_in_use(member), queries.is_in_use(other)) == (False, True)
