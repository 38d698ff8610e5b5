"""Until when each body is asked, on its own clock."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.surveys import queries

pytestmark = pytest.mark.django_db


def test_due_of_is_the_waves_day_or_its_own():
    wave = make.wave()

    found = [
        queries.due_of(make.invitation(wave)),
        queries.due_of(make.invitation(wave, due_on=date(2021, 4, 9))),
    ]

    assert found == [date(2021, 3, 31), date(2021, 4, 9)]


def test_zone_of_is_the_countrys_else_the_programmes():
    programme()
    nowhere = make.invitation(organisation=people.organisation(country=None))

    assert queries.programme_zone() == "Asia/Manila"
    assert queries.programme_clock() == ZoneInfo("Asia/Manila")
    assert queries.zone_of(make.invitation(), "Asia/Manila") == ZoneInfo("Asia/Tbilisi")
    assert queries.zone_of(nowhere, "Asia/Manila") == ZoneInfo("Asia/Manila")


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Asia/Ulaanbaatar", datetime(2021, 6, 30, 16, tzinfo=UTC)),
        ("Asia/Baku", datetime(2021, 6, 30, 20, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_on_its_clock(zone, moment):
    assert queries.ends_at(date(2021, 6, 30), ZoneInfo(zone)) == moment


def test_a_wave_ends_when_its_last_body_has():
    programme()
    wave = make.wave(grace_days=2)
    rows = [
        make.invitation(wave, organisation=people.organisation(country=iso3))
        for iso3 in ("MNG", "AZE")
    ]

    assert queries.wave_ends_at(wave, rows) == datetime(2021, 4, 2, 20, tzinfo=UTC)
    assert queries.wave_ends_at(wave, []) == datetime(2021, 4, 2, 16, tzinfo=UTC)
