"""The time zones we know, read from the pinned tzdata once a process (a look costs 20 ms)."""

import functools
import zoneinfo


@functools.cache
def known_zones() -> frozenset[str]:
    """Return the names of all IANA time zones."""
    return frozenset(zoneinfo.available_timezones())


@functools.cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Return (name, words) of the zones that a person may choose, in order."""
    places = sorted(name for name in known_zones() if "/" in name and not name.startswith("Etc/"))
    return tuple((name, name.replace("_", " ")) for name in ("UTC", *places))
