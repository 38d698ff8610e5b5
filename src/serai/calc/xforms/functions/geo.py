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


def _intersects(focus: Focus, line: Value) -> Value:
    points = points_of(focus, (line,)) or []
    pieces = [pair for pair in zip(points, points[1:], strict=False) if pair[0] != pair[1]]
    is_closed = len(pieces) > 2 and pieces[0][0] == pieces[-1][1]
    for place, piece in enumerate(pieces):
        for other in range(place + 1, len(pieces)):
            if other == place + 1:
                crosses = _turns_back(piece, pieces[other])
            elif is_closed and place == 0 and other == len(pieces) - 1:
                crosses = _turns_back(pieces[other], piece)
            else:
                crosses = _meets(piece, pieces[other])
            if crosses:
                return True
    return False


def _side(start: Point, end: Point, point: Point) -> float:
    """Return which side of a line a point lies on: the sign; 0 on the line."""
    return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])


def _turns_back(piece: tuple[Point, Point], following: tuple[Point, Point]) -> bool:
    """Tell whether a piece runs back over the one whose end it begins at."""
    (start, corner), end = piece, following[1]
    if _side(start, corner, end) != 0:
        return False
    ahead = (end[0] - corner[0]) * (corner[0] - start[0])
    return ahead + (end[1] - corner[1]) * (corner[1] - start[1]) < 0


def _meets(piece: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """Tell whether two pieces have a point in common."""
    sides = [_side(*piece, point) for point in other]
    others = [_side(*other, point) for point in piece]
    if sides[0] * sides[1] < 0 and others[0] * others[1] < 0:
        return True
    ends = [(side, piece, point) for side, point in zip(sides, other, strict=True)]
    ends += [(side, other, point) for side, point in zip(others, piece, strict=True)]
    return any(side == 0 and _is_between(*line, point) for side, line, point in ends)


def _is_between(start: Point, end: Point, point: Point) -> bool:
    return all(
        min(start[axis], end[axis]) <= point[axis] <= max(start[axis], end[axis]) for axis in (0, 1)
    )


FUNCTIONS = {
    "distance": Function("v*", "n", _distance),
    "area": Function("v*", "n", _area),
    "geofence": Function("vv", "b", _geofence),
    "intersects": Function("v", "b", _intersects),
}
