"""The time zones we know, read from the pinned tzdata once a process (a look costs 20 ms)."""

import functools
import zoneinfo
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext, gettext_noop

# The zones that stand first where one is chosen.
TIME_ZONES = (
    "UTC", "Europe/London", "Europe/Berlin", "Europe/Kyiv", "Europe/Moscow", "Europe/Istanbul",
    "Asia/Tbilisi", "Asia/Baku", "Asia/Yerevan", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul",
    "Asia/Ashgabat", "Asia/Tashkent", "Asia/Samarkand", "Asia/Dushanbe", "Asia/Karachi",
    "Asia/Almaty", "Asia/Qyzylorda", "Asia/Bishkek", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Dhaka", "Asia/Urumqi", "Asia/Bangkok", "Asia/Hovd", "Asia/Ulaanbaatar",
    "Asia/Shanghai", "Asia/Hong_Kong", "Asia/Singapore", "Asia/Manila", "Asia/Seoul",
    "Asia/Tokyo", "Australia/Sydney", "America/New_York", "America/Chicago",
    "America/Los_Angeles",
)  # fmt: skip
# Names that say no place, or a place that another name says.
NO_PLACES = ("Etc/", "SystemV/", "US/", "Canada/")
# The cities that stand beside a time. A zone without an entry here shows its own name.
CITIES = (
    gettext_noop("London"), gettext_noop("Berlin"), gettext_noop("Kyiv"), gettext_noop("Moscow"),
    gettext_noop("Istanbul"), gettext_noop("Tbilisi"), gettext_noop("Baku"),
    gettext_noop("Yerevan"), gettext_noop("Tehran"), gettext_noop("Dubai"), gettext_noop("Kabul"),
    gettext_noop("Ashgabat"), gettext_noop("Tashkent"), gettext_noop("Samarkand"),
    gettext_noop("Dushanbe"), gettext_noop("Karachi"), gettext_noop("Almaty"),
    gettext_noop("Qyzylorda"), gettext_noop("Bishkek"), gettext_noop("Kolkata"),
    gettext_noop("Kathmandu"), gettext_noop("Dhaka"), gettext_noop("Urumqi"),
    gettext_noop("Bangkok"), gettext_noop("Hovd"), gettext_noop("Ulaanbaatar"),
    gettext_noop("Shanghai"), gettext_noop("Hong Kong"), gettext_noop("Singapore"),
    gettext_noop("Manila"), gettext_noop("Seoul"), gettext_noop("Tokyo"), gettext_noop("Sydney"),
    gettext_noop("New York"), gettext_noop("Chicago"), gettext_noop("Los Angeles"),
)  # fmt: skip


@functools.cache
def known_zones() -> frozenset[str]:
    """Return the names of all IANA time zones."""
    return frozenset(zoneinfo.available_timezones())


def whole_days(starts_at: datetime, ends_at: datetime, zone: str) -> tuple[date, date] | None:
    """Return the first and latest day of what has no hour in its zone; None where it has one."""
    first, end = (moment.astimezone(zoneinfo.ZoneInfo(zone)) for moment in (starts_at, ends_at))
    if first.time() != time() or end.time() != time():
        return None
    return first.date(), max(first.date(), end.date() - timedelta(days=1))


def city(zone: str) -> str:
    """Return the city of a zone in words: Asia/Tashkent is Tashkent."""
    return gettext(zone.rpartition("/")[2].replace("_", " "))


def zone_choices() -> list[tuple[str, str]]:
    """Return (name, words) of the zones to choose from: the house's by their cities, then the others."""
    house = [(name, city(name)) for name in TIME_ZONES]
    return [*house, *((name, name.replace("_", " ")) for name in _other_zones())]


@functools.cache
def _other_zones() -> tuple[str, ...]:
    places = known_zones() - set(TIME_ZONES)
    return tuple(sorted(name for name in places if "/" in name and not name.startswith(NO_PLACES)))
