"""Functions over points, traces and shapes on a sphere."""

import math
from collections.abc import Sequence

from serai.calc.xforms.focus import Focus, Function
from serai.calc.xforms.functions.text import texts_of
from serai.calc.xforms.values import NAN, Rules, Value

EARTH_RADIUS_M = 6_378_100.0

Point = tuple[float, float]


def points_of(focus: Focus, values: tuple[Value, ...]) -> list[Point] | None:
    """Read points from "lat lon alt accuracy; …" texts or one point a node."""
    return read_points(focus.rules, texts_of(focus, values))


def read_points(rules: Rules, texts: Sequence[str]) -> list[Point] | None:
    """Read points, parted by semicolons.

    Returns:
        (latitude, longitude) pairs in degrees; None where a part is not a point on Earth.
    """
    found: list[Point] = []
    for text in texts:
        for part in text.split(";"):
            if not part.strip():
                continue
            numbers = [rules.text_number(word) for word in part.split()]
            if not 2 <= len(numbers) <= 4 or any(map(math.isnan, numbers)):
                return None
            if abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
                return None
            found.append((numbers[0], numbers[1]))
    return found


def _to_cents(metres: float) -> float:
    return math.floor(metres * 100 + 0.5) / 100


def _length_m(start: Point, end: Point) -> float:
    latitude, other = math.radians(start[0]), math.radians(end[0])
    turn = math.radians(end[1] - start[1])
    cosine = math.sin(latitude) * math.sin(other) + math.cos(latitude) * math.cos(other) * math.cos(
        turn
    )
    return EARTH_RADIUS_M * math.acos(max(-1.0, min(1.0, cosine)))


def _distance(focus: Focus, *values: Value) -> Value:
    points = points_of(focus, values)
    if points is None:
        return NAN
    steps = zip(points, points[1:], strict=False)
    return _to_cents(sum(_length_m(start, end) for start, end in steps if start != end))


def _area(focus: Focus, *values: Value) -> Value:
    points = points_of(focus, values)
    if points is None or len(points) < 3:
        return 0.0
    total = 0.0
    for (latitude, longitude), (other, next_longitude) in zip(
        points, points[1:] + points[:1], strict=True
    ):
        turn = math.radians(next_longitude - longitude)
        total += turn * (2 + math.sin(math.radians(latitude)) + math.sin(math.radians(other)))
    return _to_cents(abs(total * EARTH_RADIUS_M**2 / 2))


def _geofence(focus: Focus, point: Value, shape: Value) -> Value:
    where, ring = points_of(focus, (point,)), points_of(focus, (shape,))
    if not where or not ring or len(ring) < 4 or ring[0] != ring[-1]:
        return False
    latitude, longitude = where[0]
    is_inside = False
    for (y1, x1), (y2, x2) in zip(ring, ring[1:], strict=False):
        if (y1 > latitude) != (y2 > latitude):
            crossing = x1 + (latitude - y1) * (x2 - x1) / (y2 - y1)
            if longitude < crossing:
                is_inside = not is_inside
    return is_inside


FUNCTIONS = {
    "distance": Function("v*", "n", _distance),
    "area": Function("v*", "n", _area),
    "geofence": Function("vv", "b", _geofence),
}
