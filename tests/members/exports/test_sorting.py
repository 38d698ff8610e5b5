"""Heads of the room's lists that sort: every one, and what it sorts by."""

from datetime import date

import pytest
from django.http import QueryDict
from tests.factories import members as make

from serai.base.tables import in_order
from serai.members import exports, queries
from serai.members.states import Role

pytestmark = pytest.mark.django_db
NOON = make.NOON


def order(rows, keys, asked: str, show) -> list[object]:
    return [show(row) for row in in_order(rows, QueryDict(f"sort={asked}"), keys)[0]]


def test_every_sort_has_its_column_and_compares():
    viewer = make.viewer_with("coordinator", full_name="Coordinator")
    for name, iso3 in (("Ana", "GEO"), ("Beka", "UZB")):
        make.person_with("focal_point", iso3, full_name=name, last_login=NOON)
        make.organisation(f"Agency of {name}", country=iso3)
    lists = [
        (queries.people(viewer, NOON), exports.PEOPLE_SORTS, exports.people_table),
        (queries.organisations(viewer), exports.ORGANISATION_SORTS, exports.organisations_table),
        (queries.grants_of(viewer), exports.GRANT_SORTS, exports.grants_table),
        (queries.invitations(viewer, NOON), exports.INVITATION_SORTS, exports.invitations_table),
    ]

    for rows, keys, table in lists:
        assert set(keys) <= {column.key for column in table(rows).columns}
        for key in keys:
            assert sorted(map(id, in_order(rows, QueryDict(f"sort={key}"), keys)[0])) == sorted(
                map(id, rows)
            )


def test_people_are_sorted_by_name_and_by_their_latest_visit():
    viewer = make.viewer_with("coordinator", full_name="coordinator")
    make.person(full_name="Zaza", last_login=NOON)
    make.person(full_name="ana")
    people = queries.people(viewer, NOON)

    def names(asked: str) -> list[object]:
        return order(people, exports.PEOPLE_SORTS, asked, lambda row: row.full_name)

    assert names("name") == ["ana", "coordinator", "Zaza"]
    assert names("-name") == ["Zaza", "coordinator", "ana"]
    assert names("latest_at")[0] == "Zaza"


def test_roles_without_an_end_come_last():
    viewer = make.viewer_with("coordinator")
    make.grant(Role.OFFICER, to=make.person(full_name="Soon"), until_on=date(2021, 7, 1))
    make.grant(Role.OFFICER, to=make.person(full_name="Later"), until_on=date(2022, 7, 1))
    grants = queries.grants_of(viewer)

    def ends(asked: str) -> list[object]:
        return order(grants, exports.GRANT_SORTS, asked, lambda row: row.until_on)

    assert ends("until_on") == [date(2021, 7, 1), date(2022, 7, 1), None]
    assert ends("-until_on") == [date(2022, 7, 1), date(2021, 7, 1), None]
