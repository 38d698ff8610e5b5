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
