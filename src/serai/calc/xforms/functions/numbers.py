"""Functions over numbers."""

import math
import operator
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce

from serai.calc.xforms.focus import Focus, Function
from serai.calc.xforms.tree import Node
from serai.calc.xforms.values import NAN, Days, Moment, Profile, Value, number_to_text

_MAX_PLACES = 300


def _number(focus: Focus, value: Value | None = None) -> Value:
    if value is None:
        value = [focus.node]
    number = focus.rules.number(value)
    if focus.rules.profile == Profile.FORM and _is_date(focus, value):
        return Days(number)
    return number


def _is_date(focus: Focus, value: Value) -> bool:
    if isinstance(value, Moment):
        return True
    if isinstance(value, float | bool):
        return False
    return not math.isnan(focus.rules.days_of(focus.rules.text(value)))


def added(numbers: Iterable[float]) -> float:
    """Add from left to right, as browsers do; Python's own `sum` rounds otherwise from 3.12 on."""
    return reduce(operator.add, numbers, 0.0)


def _sum(focus: Focus, nodes: list[Node]) -> Value:
    return added(focus.rules.text_number(node.string()) for node in nodes)


def _floor(_focus: Focus, number: float) -> Value:
    return float(math.floor(number)) if math.isfinite(number) else number


def _ceiling(_focus: Focus, number: float) -> Value:
    return float(math.ceil(number)) if math.isfinite(number) else number


def _int(_focus: Focus, number: float) -> Value:
    return float(math.trunc(number)) if math.isfinite(number) else number


def _round(focus: Focus, number: float, places: float = 0.0) -> Value:
    if not math.isfinite(number):
        return number
    if focus.rules.profile == Profile.NATIVE:
        return float(math.floor(number + 0.5))
    if not math.isfinite(places) or abs(places) > _MAX_PLACES:
        return NAN
    # Decimal digits as written, or 1.005 would round down for its binary remainder.
    unit = Decimal(1).scaleb(-int(places))
    scaled = Decimal(number_to_text(number)) / unit
    return float(scaled.quantize(Decimal(1), ROUND_HALF_UP) * unit) if scaled else 0.0


def _abs(_focus: Focus, number: float) -> Value:
    return abs(number)


def _pow(_focus: Focus, base: float, exponent: float) -> Value:
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf
    except ValueError:
        return math.inf if base == 0 else NAN


def _guarded(function: Callable[[float], float]) -> Callable[[Focus, float], Value]:
    def run(_focus: Focus, number: float) -> Value:
        try:
            return function(number)
        except ValueError:
            return NAN
        except OverflowError:
            return math.inf

    return run


def _log(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else function(number)


def _atan2(_focus: Focus, y: float, x: float) -> Value:
    return math.atan2(y, x)


def _pi(_focus: Focus) -> Value:
    return math.pi


def _random(focus: Focus) -> Value:
    return focus.env.random()


def numbers_of(focus: Focus, values: tuple[Value, ...]) -> list[float]:
    """Turn arguments into numbers, each node of a node-set one."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            found.extend(focus.rules.text_number(node.string()) for node in value)
        else:
            found.append(focus.rules.number(value))
    return found


def _min(focus: Focus, *values: Value) -> Value:
    found = numbers_of(focus, values)
    return NAN if not found or any(map(math.isnan, found)) else min(found)


def _max(focus: Focus, *values: Value) -> Value:
    found = numbers_of(focus, values)
    return NAN if not found or any(map(math.isnan, found)) else max(found)


FUNCTIONS = {
    "number": Function("v?", "n", _number, core=True),
    "sum": Function("x", "n", _sum, core=True),
    "floor": Function("n", "n", _floor, core=True),
    "ceiling": Function("n", "n", _ceiling, core=True),
    "round": Function("nn?", "n", _round, core=True),
    "int": Function("n", "n", _int),
    "abs": Function("n", "n", _abs),
    "pow": Function("nn", "n", _pow),
    "log": Function("n", "n", _guarded(_log(math.log))),
    "log10": Function("n", "n", _guarded(_log(math.log10))),
    "exp": Function("n", "n", _guarded(math.exp)),
    "exp10": Function("n", "n", _guarded(lambda number: math.pow(10.0, number))),
    "sqrt": Function("n", "n", _guarded(math.sqrt)),
    "sin": Function("n", "n", _guarded(math.sin)),
    "cos": Function("n", "n", _guarded(math.cos)),
    "tan": Function("n", "n", _guarded(math.tan)),
    "asin": Function("n", "n", _guarded(math.asin)),
    "acos": Function("n", "n", _guarded(math.acos)),
    "atan": Function("n", "n", _guarded(math.atan)),
    "atan2": Function("nn", "n", _atan2),
    "pi": Function("", "n", _pi),
    "random": Function("", "n", _random, volatile=True),
    "min": Function("v*", "n", _min),
    "max": Function("v*", "n", _max),
}
