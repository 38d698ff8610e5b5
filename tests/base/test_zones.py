from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from serai.base import zones


def test_every_zone_that_is_offered_for_display_has_a_city_to_translate():
    cities = {zones.city(name) for name in zones.TIME_ZONES if name != "UTC"}

    assert cities == set(zones.CITIES)


@pytest.mark.parametrize(
    ("language", "zone", "expected"),
    [
        ("en", "Asia/Hong_Kong", "Hong Kong"),
        ("ru", "Asia/Tashkent", "Ташкент"),
        ("ru", "America/Indiana/Knox", "Knox"),
        ("ru", "UTC", "UTC"),
    ],
)
def test_a_zone_is_named_by_its_city(language, zone, expected):
    with translation.override(language):
        assert zones.city(zone) == expected


@pytest.mark.parametrize(
    ("begins", "hours", "days"),
    [
        (16, 24, (date(2021, 7, 1), date(2021, 7, 1))),
        (16, 48, (date(2021, 7, 1), date(2021, 7, 2))),
        (16, 3, None),
        (0, 24, None),
    ],
)
def test_what_runs_from_midnight_to_midnight_of_its_zone_takes_whole_days(begins, hours, days):
    starts_at = datetime(2021, 6, 30, begins, tzinfo=UTC)

    found = zones.whole_days(starts_at, starts_at + timedelta(hours=hours), "Asia/Manila")

    assert found == days


def test_choices_begin_with_the_houses_zones_in_the_readers_language():
    with translation.override("ru"):
        shown = dict(zones.zone_choices())

    assert list(shown)[: len(zones.TIME_ZONES)] == list(zones.TIME_ZONES)
    assert shown["Asia/Ulaanbaatar"] == "Улан-Батор"
    assert shown["Europe/San_Marino"] == "Europe/San Marino"


def test_choices_name_each_zone_once_and_leave_out_offsets():
    names = [name for name, _words in zones.zone_choices()]

    assert names[0] == "UTC"
    assert "Asia/Tashkent" in names
    assert len(names) == len(set(names))
    assert not any(name.startswith("Etc/") for name in names)
