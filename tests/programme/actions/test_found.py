"""Members found by their codes."""

from datetime import date

import pytest
from tests.factories import members as people

from serai.programme.actions import Refused
from serai.programme.actions.found import members, members_on

pytestmark = pytest.mark.django_db


def test_members_come_in_the_order_of_the_programme_once_each():
    for code in ("UZB", "AFG", "GEO"):
        people.member(code)

    assert [row.iso3 for row in members(["UZB", "GEO", "UZB"])] == ["GEO", "UZB"]
    assert members([]) == []


def test_an_unknown_code_is_refused_by_name():
    people.member("GEO")

    with pytest.raises(Refused) as refused:
        members(["GEO", "XKX", "ABW"])

    assert str(refused.value) == ("“ABW” is not a member of the programme. Use a code such as GEO.")


def test_a_member_is_asked_up_to_its_last_day():
    people.member("GEO", until_on=date(2021, 6, 30))
    people.member("UZB")

    found = [row.iso3 for row in members_on(["GEO", "UZB"], date(2021, 6, 30))]

    assert found == ["GEO", "UZB"]
    with pytest.raises(Refused, match="Georgia is no longer a member on that day"):
        members_on(["GEO", "UZB"], date(2021, 7, 1))
