import math

import pytest
from tests.calc.xforms.functions.cases import got


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("distance('0 0; 0 1', '0 2')", 222637.69),
        ("distance('0 0')", 0.0),
        ("distance('')", 0.0),
        ("area(//g)", 12391256135.81),
        ("area('91 0; 0 0; 0 1')", 0.0),
        ("geofence('0.5 0.5', //g)", True),
        ("geofence('2 2', //g)", False),
        ("geofence('', //g)", False),
    ],
)
def test_geo(expression, expected):
    assert got(expression) == expected


def test_distance_of_what_is_not_a_point_is_nan():
    assert math.isnan(got("distance('here', 'there')"))
    assert math.isnan(got("distance('1', '2')"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("0 0;0 1;1 1;1 0;0 0", False),
        ("0 0;1 1;0 1;1 0", True),
        ("0 0;0 2;1 1;-1 1", True),
        ("0 0;0 2;0 1", True),
        ("0 0;0 1;0 2", False),
        ("0 0;0 2;1 2;0 1", True),
        ("0 0;1 1;0 1;1 0;0 0", True),
        ("0 0;0 1;0 0", True),
        ("0 0;0 0;1 1", False),
        ("0 0", False),
        ("", False),
        ("here", False),
    ],
)
def test_a_line_crosses_itself(line, expected):
    assert got(f"intersects('{line}')") is expected
