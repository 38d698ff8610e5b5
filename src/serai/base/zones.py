"""The time zones we know, read from the pinned tzdata once a process (a look costs 20 ms)."""

import functools
import zoneinfo

from django.utils.translation import gettext, gettext_noop

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


def city(zone: str) -> str:
    """Return the city of a zone in words: Asia/Tashkent is Tashkent."""
    return gettext(zone.rpartition("/")[2].replace("_", " "))


@functools.cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Return (name, words) of the zones that a person may choose, in order."""
    places = sorted(name for name in known_zones() if "/" in name and not name.startswith("Etc/"))
    return tuple((name, name.replace("_", " ")) for name in ("UTC", *places))
