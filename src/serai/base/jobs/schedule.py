"""When a job runs by itself: five fields in local time, with the clock changes of the zone. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

LIMITS = (("minute", 0, 59), ("hour", 0, 23), ("day", 1, 31), ("month", 1, 12), ("weekday", 0, 7))
MINUTE = timedelta(minutes=1)
# 29 February returns after at most eight years (1896, 1904; 2096, 2104).
LONGEST_SEARCH_DAYS = 8 * 366 + 2


def _numbers(name: str, text: str, low: int, high: int) -> frozenset[int]:
    """Read one field: `*`, `*/15`, `1-5`, `8,20`, `9`.

    Raises:
        ValueError: naming the field and its text.
    """
    found: set[int] = set()
    for part in text.split(","):
        span, _, step = part.partition("/")
        first, _, last = span.partition("-")
        try:
            begin = low if span == "*" else int(first)
            end = high if span == "*" or (step and not last) else int(last or first)
            stride = int(step or 1)
        except ValueError as error:
            raise ValueError(f"Schedule: {name} '{text}' cannot be read.") from error
        if not (low <= begin <= end <= high and stride >= 1):
            raise ValueError(f"Schedule: {name} '{text}' is not within {low} to {high}.")
        found.update(range(begin, end + 1, stride))
    return frozenset(found)


@dataclass(frozen=True)
class Schedule:
    """Times of day in a zone: "minute hour day month weekday" (0 and 7 are Sunday).

    Day and weekday both given: either suffices, as everywhere. A local time that a clock change
    skips runs at the next valid minute; one that comes twice runs the first time. With hour `*`
    the schedule means an interval: it runs in both of the doubled hours.
    """

    text: str
    zone: str = "UTC"
    fields: tuple[frozenset[int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts = self.text.split()
        if len(parts) != len(LIMITS):
            raise ValueError(f"Schedule '{self.text}': write minute hour day month weekday.")
        numbers = [
            _numbers(name, part, low, high)
            for part, (name, low, high) in zip(parts, LIMITS, strict=True)
        ]
        numbers[4] = frozenset(day % 7 for day in numbers[4])
        object.__setattr__(self, "fields", tuple(numbers))
        ZoneInfo(self.zone)

    @cached_property
    def _words(self) -> list[str]:
        return self.text.split()

    @property
    def is_interval(self) -> bool:
        """Tell whether it runs all day long, so that no hour is special."""
        return self._words[1] == "*"

    def is_on(self, day: date) -> bool:
        """Tell whether it runs on a local day."""
        if day.month not in self.fields[3]:
            return False
        by_day = day.day in self.fields[2]
        by_weekday = day.isoweekday() % 7 in self.fields[4]
        if self._words[2] != "*" and self._words[4] != "*":
            return by_day or by_weekday
        return by_day and by_weekday

    def _moments(self, day: date) -> Iterator[datetime]:
        """Yield the day's moments in UTC, latest first; some may be equal."""
        zone = ZoneInfo(self.zone)
        for hour in sorted(self.fields[1], reverse=True):
            for minute in sorted(self.fields[0], reverse=True):
                local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                yield valid_moment(local)

    def latest(self, now: datetime) -> datetime | None:
        """Return the latest planned moment not after `now`; None if there never was one."""
        if self.is_interval:
            return self._latest_minute(now)
        day = now.astimezone(ZoneInfo(self.zone)).date() + timedelta(days=1)
        for _ in range(LONGEST_SEARCH_DAYS):
            if self.is_on(day):
                past = [moment for moment in self._moments(day) if moment <= now]
                if past:
                    return max(past)
            day -= timedelta(days=1)
        return None

    def _latest_minute(self, now: datetime) -> datetime | None:
        zone = ZoneInfo(self.zone)
        moment = now.astimezone(UTC).replace(second=0, microsecond=0)
        day_limit = moment - timedelta(days=LONGEST_SEARCH_DAYS)
        while moment > day_limit:
            local = moment.astimezone(zone)
            if not self.is_on(local.date()):
                # Back to the last minute of the local day before.
                midnight = local.replace(hour=0, minute=0, fold=0)
                moment = min(valid_moment(midnight), moment) - MINUTE
                continue
            if local.minute in self.fields[0]:
                return moment
            moment -= MINUTE
        return None


def valid_moment(local: datetime) -> datetime:
    """Return a local time in UTC: the first of a doubled one, the next valid minute of a skipped.

    Example: Europe/Berlin has no 02:30 on 2026-03-29; the next valid minute is 03:00 (01:00 UTC).
    """
    moment = local.replace(fold=0).astimezone(UTC)
    if moment.astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None, fold=0):
        return moment
    # Within the gap fold=1 reads the clock after the change: a moment before it. The change lies
    # between both; the first minute after it is the answer.
    before, after = local.replace(fold=1).astimezone(UTC), moment
    while after - before > MINUTE:
        middle = before + (after - before) / 2
        middle = middle.replace(second=0, microsecond=0)
        if (
            middle.astimezone(local.tzinfo).utcoffset()
            == after.astimezone(local.tzinfo).utcoffset()
        ):
            after = middle
        else:
            before = middle
    return after
