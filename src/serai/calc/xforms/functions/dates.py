"""Functions over dates and times."""

import math
from datetime import datetime

from serai.calc.xforms.focus import CalendarNames, Focus, Function
from serai.calc.xforms.values import NAN, Moment, Value


def _date(focus: Focus, value: Value) -> Value:
    if not isinstance(value, float | bool | Moment) and not focus.rules.text(value).strip():
        return ""
    return focus.rules.moment(value)


def _today(focus: Focus) -> Value:
    return focus.rules.at(focus.env.now, day_only=True)


def _now(focus: Focus) -> Value:
    return focus.rules.at(focus.env.now)


def _decimal_date_time(focus: Focus, value: Value) -> Value:
    if isinstance(value, float):
        return value
    return focus.rules.moment(value).days


def _decimal_time(focus: Focus, value: Value) -> Value:
    text = focus.rules.text(value)
    share = focus.rules.day_share(text, focus.env.now)
    if not math.isnan(share):
        return share
    local = focus.rules.local(days) if (days := focus.rules.days_of(text)) == days else None
    if local is None:
        return NAN
    return focus.rules.day_share(local.strftime("%H:%M:%S.%f"), focus.env.now)


def _format_date(focus: Focus, value: Value, pattern: str) -> Value:
    if isinstance(value, str | list) and not focus.rules.text(value).strip():
        return ""
    days = focus.rules.moment(value).days
    local = focus.rules.local(days) if days == days else None
    return "" if local is None else formatted(local, pattern, focus.env.names)


def formatted(local: datetime, pattern: str, names: CalendarNames) -> str:
    """Write a local time by a pattern of ODK's letters: %Y %y %m %n %b %d %e %H %h %M %S %3 %a.

    Source: ODK XForms specification, `format-date`.
    """
    letters = {
        "Y": f"{local.year:04}",
        "y": f"{local.year % 100:02}",
        "m": f"{local.month:02}",
        "n": str(local.month),
        "b": names.months[local.month - 1],
        "d": f"{local.day:02}",
        "e": str(local.day),
        "H": f"{local.hour:02}",
        "h": str(local.hour),
        "M": f"{local.minute:02}",
        "S": f"{local.second:02}",
        "3": f"{local.microsecond // 1000:03}",
        "a": names.weekdays[local.weekday()],
        "%": "%",
    }
    written, parts = "", iter(pattern)
    for letter in parts:
        if letter != "%":
            written += letter
            continue
        key = next(parts, "")
        written += letters.get(key, f"%{key}")
    return written


FUNCTIONS = {
    "date": Function("v", "v", _date),
    "date-time": Function("v", "v", _date),
    "today": Function("", "v", _today, volatile=True),
    "now": Function("", "v", _now, volatile=True),
    "decimal-date-time": Function("v", "n", _decimal_date_time),
    "decimal-time": Function("v", "n", _decimal_time),
    "format-date": Function("vs", "s", _format_date),
    "format-date-time": Function("vs", "s", _format_date),
}
