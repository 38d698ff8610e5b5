"""How answers become the value of a fact: one function for each reading of a fact key."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from serai.calc.network.availability import NotAvailability, part_availability
from serai.calc.readiness.facts import FactKey, Kind, Reading, UnknownValue, Value
from serai.calc.xforms import Standing
from serai.surveys.queries.counted import ForCounting, Said

NEVER_MONTHS = 999.0
DAYS_A_MONTH = 30.4375
REHEARSED = "_rehearsed_on"
YES, NO, NONE = "yes", "no", "none"
# A question that is not asked because of another one's answer: then the thing is not there at all.
IMPLIED: Mapping[str, tuple[str, frozenset[str]]] = {
    "/data/room/camera_control": ("/data/room/cameras", frozenset({"0"})),
    "/data/room/second_display": ("/data/room/displays", frozenset({"0", "1"})),
    "/data/room/spare_encoder": ("/data/applications/webcast", frozenset({NO})),
    "/data/connection/udp_priority": ("/data/connection/udp_policy", frozenset({"blocked"})),
    "/data/connection/failover_tested_on": ("/data/connection/second_line", frozenset({NONE})),
    "/data/content/storage_rule": ("/data/content/recording", frozenset({"never"})),
    "/data/people/deputies": ("/data/people/operators", frozenset({"0"})),
    "/data/people/operators_trained_on": ("/data/people/operators", frozenset({"0"})),
}
SECOND_LINE = "/data/connection/second_line"
LOCATION_FREE = frozenset({"free", "preferred"})


def paths_of(keys: Iterable[FactKey]) -> frozenset[str]:
    """Return every path that reading facts asks for."""
    own = {path for key in keys for path in key.questions}
    plans = {path.removesuffix(REHEARSED) for path in own if path.endswith(REHEARSED)}
    return frozenset(own | plans | {path for path, _values in IMPLIED.values()} | {SECOND_LINE})


class Reader:
    """Reads one response, at the places of the office or of one of its rooms."""

    def __init__(self, given: ForCounting, entry: str, as_of: date) -> None:
        self.as_of = as_of
        self.said: dict[str, Said] = {
            one.path: one for one in given.said if one.entry in {"", entry}
        }

    def value(self, key: FactKey) -> Value | None:
        """Return a fact's value; None where nothing is known, or it is not on the key's scale."""
        found = READINGS[key.reading](self, key)
        if found is None:
            return None
        try:
            key.rank(found)
        except UnknownValue:
            return None
        return found

    def answered(self, path: str) -> str | None:
        """Return what is answered at a path; None where nothing is."""
        one = self.said.get(path)
        return one.value if one is not None and one.is_answered else None

    def is_never(self, path: str) -> bool:
        """Tell whether a question was not asked because the thing is not there."""
        one = self.said.get(path)
        if one is None or one.standing is not Standing.NOT_APPLICABLE:
            return False
        plan = path.removesuffix(REHEARSED)
        if plan != path:
            return self.answered(plan) == NO
        other, values = IMPLIED.get(path, ("", frozenset()))
        return self.answered(other) in values

    def number(self, path: str) -> float | None:
        """Return a number; None where there is none."""
        return _as_number(self.answered(path))


def _as_number(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _typed(key: FactKey, text: str | None) -> Value | None:
    """Take what is written as the key's kind of value."""
    return text if key.kind is Kind.CHOICE else _as_number(text)


def _values(reader: Reader, key: FactKey) -> list[Value]:
    found = [_typed(key, reader.answered(path)) for path in key.questions]
    return [one for one in found if one is not None]


def _as_answered(reader: Reader, key: FactKey) -> Value | None:
    for path in key.questions:
        if (found := _typed(key, reader.answered(path))) is not None:
            return found
        if reader.is_never(path):
            return key.choices[0] if key.choices else 0.0
    return None


def _ranked(key: FactKey, found: Sequence[Value]) -> list[Value]:
    """Return the values on the key's scale, in its order."""
    known = [one for one in found if key.kind is Kind.NUMBER or one in key.choices]
    return sorted(known, key=key.rank)


def _least(reader: Reader, key: FactKey) -> Value | None:
    found = _values(reader, key)
    return _ranked(key, found)[0] if found and len(found) == len(key.questions) else None


def _most(reader: Reader, key: FactKey) -> Value | None:
    found = _ranked(key, _values(reader, key))
    return found[-1] if found else None


def _sum(reader: Reader, key: FactKey) -> Value | None:
    found = [reader.number(path) for path in key.questions]
    known = [one for one in found if one is not None]
    return sum(known) if len(known) == len(key.questions) else None


def _months_since(reader: Reader, key: FactKey) -> Value | None:
    """Return the months since the latest of several days; 999 where it was never done."""
    days = [day for path in key.questions if (day := _day(reader.answered(path))) is not None]
    if days:
        return round(max(0, (reader.as_of - max(days)).days) / DAYS_A_MONTH, 2)
    return NEVER_MONTHS if any(reader.is_never(path) for path in key.questions) else None


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text[:10])
    except ValueError:
        return None


def _answered(reader: Reader, key: FactKey) -> Value | None:
    """Return yes where a number above 0 is given, no where it is 0."""
    found = reader.number(key.questions[0])
    return None if found is None else (YES if found > 0 else NO)


def _second_percent(reader: Reader) -> Value | None:
    """Return the second line's share of the first one's contract, the smaller of both ways."""
    if reader.answered(SECOND_LINE) == NONE:
        return 0.0
    shares = []
    for way in ("down", "up"):
        second = reader.number(f"/data/connection/second_{way}")
        first = reader.number(f"/data/connection/contract_{way}")
        if second is None or not first:
            return None
        shares.append(100 * second / first)
    return round(min(shares), 2)


def _line_percent(reader: Reader) -> Value | None:
    """Return the share of time in which the first line works; None for more than a month's outages."""
    outages = reader.number("/data/connection/outages")
    minutes = 0.0 if outages == 0 else reader.number("/data/connection/outage_minutes")
    if outages is None or minutes is None:
        return None
    try:
        return round(100 * part_availability(outages, minutes), 4)
    except NotAvailability:
        return None


def _data_rule(reader: Reader) -> Value | None:
    """Return yes where no rule binds; what a platform keeps is not known here."""
    return YES if reader.answered("/data/security/data_location") in LOCATION_FREE else None


# What the room works out from answers alone; the rest of the computed facts come from elsewhere.
COMPUTED: Mapping[str, Callable[[Reader], Value | None]] = {
    "continuity.line_percent": _line_percent,
    "continuity.second_percent": _second_percent,
    "security.data_rule_met": _data_rule,
}


def _computed(reader: Reader, key: FactKey) -> Value | None:
    work = COMPUTED.get(key.key)
    return work(reader) if work else None


READINGS: Mapping[Reading, Callable[[Reader, FactKey], Value | None]] = {
    Reading.AS_ANSWERED: _as_answered,
    Reading.LEAST: _least,
    Reading.MOST: _most,
    Reading.SUM: _sum,
    Reading.MONTHS_SINCE: _months_since,
    Reading.ANSWERED: _answered,
    Reading.COMPUTED: _computed,
}
