"""Answers as text: how each type is written, read back, and when it is none."""

import re

from serai.calc.xforms.functions.geo import read_points
from serai.calc.xforms.values import Moment, Rules, Value, number_to_text

_INT = re.compile(r"[-+]?\d+", re.ASCII)
_DECIMAL = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)
_TIME = re.compile(r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[-+]\d\d(?::?\d\d)?)?", re.ASCII)
TRUE, FALSE = frozenset({"1", "true", "OK"}), frozenset({"0", "false", ""})


def as_answer(value: Value, sort: str, rules: Rules) -> str:
    """Write a calculated value as the answer of a field.

    Args:
        value: what the expression gave.
        sort: the field's type: int, decimal, date, string …
        rules: profile and zone.
    Returns:
        The text to keep; an int loses its fraction, a date its time; other text stays as it is.
    """
    text = rules.text(value)
    if not text or sort == "string":
        return text
    if sort == "int":
        number = rules.number(value)
        is_number = isinstance(value, float) or _DECIMAL.fullmatch(text.strip())
        if is_number and abs(number) < 2**63:
            return number_to_text(float(int(number)))
    if sort == "date":
        days = rules.number(value) if isinstance(value, float | Moment) else rules.days_of(text)
        local = rules.local(days) if days == days else None
        if local is not None:
            return local.date().isoformat()
    if sort == "dateTime" and isinstance(value, float):
        return rules.at_days(value).text
    return text


def fits(text: str, sort: str, rules: Rules) -> bool:
    """Tell whether a non-empty text is an answer of a type."""
    if sort == "int":
        return bool(_INT.fullmatch(text))
    if sort == "decimal":
        return bool(_DECIMAL.fullmatch(text))
    if sort == "date":
        return "T" not in text and rules.days_of(text) == rules.days_of(text)
    if sort == "dateTime":
        return "T" in text and rules.days_of(text) == rules.days_of(text)
    if sort == "time":
        return bool(_TIME.fullmatch(text)) and int(text[:2]) < 24 and int(text[3:5]) < 60
    if sort == "boolean":
        return text in TRUE | FALSE
    if sort in {"geopoint", "geotrace", "geoshape"}:
        return _fits_points(text, sort, rules)
    return True


def _fits_points(text: str, sort: str, rules: Rules) -> bool:
    points = read_points(rules, [text])
    if not points:
        return False
    if sort == "geopoint":
        return len(points) == 1
    if sort == "geotrace":
        return len(points) > 1
    return len(points) > 3 and points[0] == points[-1]
