"""Values of expressions: text, numbers, truth, node-sets, moments, and how they turn and compare.

A value is a float, a str, a bool, a list of nodes or a `Moment`. NATIVE is XPath 1.0; FORM is
what ODK's clients do (docs/methods/xforms.md, "Values").
"""

import math
import operator
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from serai.calc.xforms.tree import Node

DAY_MS = 86_400_000
NAN = math.nan
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
INVALID_DATE = "Invalid Date"
MAX_OFFSET_HOURS = 14
_REMEMBERED = 20_000
_EXACT = 2**53

_NATIVE_NUMBER = re.compile(r"[ \t\r\n]*-?(?:\d+\.?\d*|\.\d+)[ \t\r\n]*", re.ASCII)
_FORM_NUMBER = re.compile(r"\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*", re.ASCII)
_CLOCK = r"(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[-+]\d\d(?::?\d\d)?)?"
_DATE = re.compile(rf"\s*(\d{{4}})-(\d\d?)-(\d\d?)(?:T{_CLOCK})?\s*", re.ASCII)
_TIME = re.compile(rf"\s*{_CLOCK}\s*", re.ASCII)
_STRICT_DATE = re.compile(r"\s*\d{4}-\d\d-\d\d(?:T|\s*$)", re.ASCII)

_ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Profile(StrEnum):
    """Whose rules hold: XPath 1.0's, or those of ODK forms."""

    NATIVE = "native"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or date-time.

    Attributes:
        days: days since 1970-01-01T00:00Z; NaN where the date is bad.
        text: how it is written, "Invalid Date" where it is bad.
    """

    days: float
    text: str


class Days(float):
    """The number of a date's text: counts as any number, but is written as whole days."""


Value = float | str | bool | list[Node] | Moment


def number_to_text(number: float, profile: Profile = Profile.FORM) -> str:
    """Write a number as ECMAScript does, without "-0"; NaN is "" in FORM.

    Source: ECMA-262, Number::toString.
    """
    if number != number:
        return "" if profile == Profile.FORM else "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    if isinstance(number, Days):
        return str(math.floor(number))
    if abs(number) < _EXACT and number == int(number):
        return str(int(number))
    return _shortest(number)


def _shortest(number: float) -> str:
    sign = "-" if number < 0 else ""
    mantissa, _, exponent = repr(abs(number)).partition("e")
    whole, _, part = mantissa.partition(".")
    point = len(whole) + int(exponent or 0)
    digits = whole + part
    stripped = digits.lstrip("0")
    point -= len(digits) - len(stripped)
    digits = stripped.rstrip("0")
    if 0 < point <= 21:
        padded = digits.ljust(point, "0")
        return f"{sign}{padded[:point]}{'.' + padded[point:] if padded[point:] else ''}"
    if -6 < point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    tail = f".{digits[1:]}" if digits[1:] else ""
    return f"{sign}{digits[0]}{tail}e{'+' if point > 0 else '-'}{abs(point - 1)}"


class Rules:
    """How values turn and compare under one profile and in one time zone."""

    __slots__ = ("numbers", "profile", "zone")

    def __init__(self, profile: Profile, zone: tzinfo) -> None:
        self.profile = profile
        self.zone = zone
        self.numbers: dict[str, float] = {}

    def number(self, value: Value) -> float:
        """Turn a value into a number; NaN where it is none."""
        kind = type(value)
        if kind is float:
            return value  # type: ignore[return-value]
        if kind is str:
            return self.text_number(value)  # type: ignore[arg-type]
        if isinstance(value, list):
            return self.text_number(value[0].string()) if value else NAN
        return value.days if isinstance(value, Moment) else float(value)

    def text_number(self, text: str) -> float:
        """Turn text into a number: a decimal or, in forms, a date's days since 1970."""
        known = self.numbers.get(text)
        if known is None:
            if len(self.numbers) > _REMEMBERED:
                self.numbers.clear()
            known = self.numbers[text] = self._read_number(text)
        return known

    def _read_number(self, text: str) -> float:
        if self.profile == Profile.NATIVE:
            return float(text) if _NATIVE_NUMBER.fullmatch(text) else NAN
        if _FORM_NUMBER.fullmatch(text):
            return float(text)
        if _STRICT_DATE.match(text):
            return self.days_of(text)
        return NAN

    def text(self, value: Value) -> str:
        """Turn a value into text."""
        if isinstance(value, str):
            return value
        if isinstance(value, list):
            return value[0].string() if value else ""
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.text if isinstance(value, Moment) else number_to_text(value, self.profile)

    def boolean(self, value: Value) -> bool:
        """Turn a value into truth; a node-set is true if it holds a node, even an empty one."""
        if isinstance(value, bool):
            return value
        if isinstance(value, float):
            return value != 0 and value == value
        if isinstance(value, Moment):
            return value.days == value.days
        return bool(value)

    def equal(self, left: Value, right: Value) -> bool:
        """Compare with `=`."""
        return self._compare(left, right, operator.eq)

    def unequal(self, left: Value, right: Value) -> bool:
        """Compare with `!=`, which is not the contrary of `=` for node-sets and NaN."""
        return self._compare(left, right, operator.ne)

    def _compare(self, left: Value, right: Value, same: Callable[[object, object], bool]) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return same(self.boolean(left), self.boolean(right))
        if isinstance(left, list):
            return self._compare_nodes(left, right, same)
        if isinstance(right, list):
            return self._compare_nodes(right, left, same)
        if isinstance(left, str) and isinstance(right, str):
            return same(left, right)
        return same(self.number(left), self.number(right))

    def _compare_nodes(
        self, nodes: Sequence[Node], other: Value, same: Callable[[object, object], bool]
    ) -> bool:
        if isinstance(other, str):
            return any(same(node.string(), other) for node in nodes)
        if not isinstance(other, list):
            number = self.number(other)
            return any(same(self.text_number(node.string()), number) for node in nodes)
        texts = {node.string() for node in other}
        if same is operator.eq:
            return any(node.string() in texts for node in nodes)
        both = texts | {node.string() for node in nodes}
        return bool(nodes) and bool(texts) and len(both) > 1

    def ordered(self, name: str, left: Value, right: Value) -> bool:
        """Compare with `<`, `<=`, `>` or `>=`, as numbers, dates as days."""
        compare = _ORDER[name]
        if not isinstance(left, list) and not isinstance(right, list):
            return compare(self.number(left), self.number(right))
        if not isinstance(left, list):
            return self.ordered(_MIRRORED[name], right, left)
        numbers = self._numbers(right) if isinstance(right, list) else [self.number(right)]
        return any(compare(number, other) for number in self._numbers(left) for other in numbers)

    def _numbers(self, nodes: Sequence[Node]) -> list[float]:
        return [self.text_number(node.string()) for node in nodes]

    def days_of(self, text: str) -> float:
        """Turn a date or date-time into days since 1970-01-01T00:00Z; NaN where it is bad."""
        found = _DATE.fullmatch(text)
        if not found:
            return NAN
        year, month, day, *clock = found.groups()
        try:
            local = datetime(int(year), int(month), int(day), tzinfo=self.zone)
        except ValueError:
            return NAN
        if clock[0] is None:
            return _milliseconds(local) / DAY_MS
        ms = _clock_ms(clock[:4])
        if ms is None:
            return NAN
        if clock[4] is None:
            return _milliseconds(local + timedelta(milliseconds=ms)) / DAY_MS
        offset = _offset_minutes(clock[4])
        if offset is None:
            return NAN
        midnight = (local.date() - EPOCH.date()).days * DAY_MS
        return (midnight + ms - offset * 60_000) / DAY_MS

    def moment(self, value: Value) -> Moment:
        """Turn text or a number of days into a moment; a date alone stays a date."""
        if isinstance(value, Moment):
            return value
        if isinstance(value, bool):
            return Moment(NAN, INVALID_DATE)
        if isinstance(value, float):
            return self.at_days(value)
        text = self.text(value)
        found = _DATE.fullmatch(text)
        days = self.days_of(text)
        if found is None or days != days:
            number = self.text_number(text)
            return Moment(NAN, INVALID_DATE) if number != number else self.at_days(number)
        if found[4] is None:
            return Moment(days, date(int(found[1]), int(found[2]), int(found[3])).isoformat())
        return self.at_days(days)

    def local(self, days: float) -> datetime | None:
        """Return the local time at a number of days since 1970; None beyond years 1 to 9999."""
        try:
            moment = EPOCH + timedelta(milliseconds=round(days * DAY_MS))
            return moment.astimezone(self.zone)
        except (OverflowError, ValueError):
            return None

    def at_days(self, days: float) -> Moment:
        """Return the moment so many days after 1970-01-01T00:00Z."""
        local = None if days != days else self.local(days)
        return Moment(NAN, INVALID_DATE) if local is None else Moment(days, written(local))

    def at(self, instant: datetime, *, day_only: bool = False) -> Moment:
        """Return an instant, or the local midnight before it."""
        local = instant.astimezone(self.zone)
        if day_only:
            local = datetime(local.year, local.month, local.day, tzinfo=self.zone)
            return Moment(_milliseconds(local) / DAY_MS, local.date().isoformat())
        return Moment(_milliseconds(local) / DAY_MS, written(local, with_time=True))

    def day_share(self, text: str, now: datetime) -> float:
        """Turn a time of day into a share of a day, 0 to 1, local; NaN where it is bad.

        A time with an offset is moved into the zone as the zone stands `now`.
        """
        found = _TIME.fullmatch(text)
        ms = _clock_ms(found.groups()[:4]) if found else None
        if found is None or ms is None:
            return NAN
        if found[5] is None:
            return ms / DAY_MS
        offset = _offset_minutes(found[5])
        here = now.astimezone(self.zone).utcoffset()
        if offset is None or here is None:
            return NAN
        return (ms - offset * 60_000 + here // timedelta(milliseconds=1)) % DAY_MS / DAY_MS


def written(local: datetime, *, with_time: bool = False) -> str:
    """Write a local time: the date alone at midnight, else with milliseconds and offset."""
    clock = (local.hour, local.minute, local.second, local.microsecond // 1000)
    if clock == (0, 0, 0, 0) and not with_time:
        return local.date().isoformat()
    offset = local.utcoffset() or timedelta()
    minutes = abs(offset) // timedelta(minutes=1)
    sign = "-" if offset < timedelta() else "+"
    zone = f"{sign}{minutes // 60:02}:{minutes % 60:02}"
    time = "{:02}:{:02}:{:02}.{:03}".format(*clock)
    return f"{local.date().isoformat()}T{time}{zone}"


def _milliseconds(moment: datetime) -> int:
    return (moment.astimezone(UTC) - EPOCH) // timedelta(milliseconds=1)


def _clock_ms(parts: Sequence[str | None]) -> int | None:
    hour, minute, second, fraction = (part or "0" for part in parts)
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        return None
    thousandths = int(fraction[:3].ljust(3, "0"))
    return ((int(hour) * 60 + int(minute)) * 60 + int(second)) * 1000 + thousandths


def _offset_minutes(text: str) -> int | None:
    if text == "Z":
        return 0
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    if hours > MAX_OFFSET_HOURS or minutes > 59:
        return None
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)
