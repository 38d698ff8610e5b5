"""Functions over choices, lists of answers and checklists."""

import math

from serai.calc.xforms.focus import Focus, Function
from serai.calc.xforms.functions.numbers import added
from serai.calc.xforms.values import Value


def chosen(text: str) -> list[str]:
    """Cut a many-choice answer into its values; an empty one holds the empty value."""
    return text.split() or [""]


def _selected(_focus: Focus, text: str, value: str) -> Value:
    return value.strip() in chosen(text)


def _selected_at(_focus: Focus, text: str, place: float) -> Value:
    values = text.split()
    if math.isnan(place) or not 0 <= place < len(values):
        return ""
    return values[int(place)]


def _count_selected(_focus: Focus, text: str) -> Value:
    return float(len(text.split()))


def _choice_name(focus: Focus, value: str, path: str) -> Value:
    return focus.host.choice_label(value, path, focus)


def _coalesce(_focus: Focus, first: str, second: str) -> Value:
    return first or second


def _truths(focus: Focus, value: Value) -> list[bool]:
    if isinstance(value, list):
        return [bool(node.string()) for node in value]
    return [focus.rules.boolean(value)]


def _within(low: float, high: float, count: float) -> bool:
    """Tell whether a count keeps both limits; -1 is no limit."""
    return (low == -1 or count >= low) and (high == -1 or count <= high)


def _checklist(focus: Focus, low: float, high: float, *values: Value) -> Value:
    count = sum(sum(_truths(focus, value)) for value in values)
    return _within(low, high, float(count))


def _weighted_checklist(focus: Focus, low: float, high: float, *values: Value) -> Value:
    total = 0.0
    for value, weight in zip(values[::2], values[1::2], strict=False):
        truths = _truths(focus, value)
        if isinstance(weight, list):
            weights = [focus.rules.text_number(node.string()) for node in weight]
        else:
            weights = [focus.rules.number(weight)] * len(truths)
        total += added(w for truth, w in zip(truths, weights, strict=False) if truth)
    return _within(low, high, total)


FUNCTIONS = {
    "selected": Function("ss", "b", _selected),
    "selected-at": Function("sn", "s", _selected_at),
    "count-selected": Function("s", "n", _count_selected),
    "jr:choice-name": Function("ss", "s", _choice_name),
    "coalesce": Function("ss", "s", _coalesce),
    "checklist": Function("nnv*", "b", _checklist),
    "weighted-checklist": Function("nnv*", "b", _weighted_checklist),
}
