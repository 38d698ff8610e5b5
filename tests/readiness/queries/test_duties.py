"""Duties as officers read them."""

from datetime import timedelta

import pytest
from tests.factories import assessing as make
from tests.factories.members import viewer_with

from serai.base.access import NotFound
from serai.readiness.queries.duties import duties, duty

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()


def test_those_that_stand_come_first_and_say_who_gave_them():
    officer = viewer_with("officer")
    over = make.duty(viewer_with("partner"), "supplier", until_on=TODAY)
    stands = make.duty(viewer_with("partner"), "technician", given_by_id=officer.person_id)

    rows = duties(officer, TODAY + timedelta(days=1))

    assert [(row.public_id, row.is_over) for row in rows] == [
        (stands.public_id, False), (over.public_id, True),
    ]  # fmt: skip
    assert (rows[0].kind, rows[0].given_by) == ("technician", officer.name)


def test_the_last_day_still_counts():
    make.duty(viewer_with("partner"), "supplier", until_on=TODAY)

    assert [row.is_over for row in duties(viewer_with("officer"), TODAY)] == [False]


@pytest.mark.parametrize("role", ["partner", "administrator", "committee"])
def test_others_read_none(role):
    found = make.duty(viewer_with("partner"), "supplier")
    someone = viewer_with(role)

    assert duties(someone, TODAY) == []
    with pytest.raises(NotFound):
        duty(someone, found.public_id)


def test_an_ended_one_is_opened_no_more():
    found = make.duty(viewer_with("partner"), "supplier", ended_at=make.NOON)

    with pytest.raises(NotFound):
        duty(viewer_with("officer"), found.public_id)
