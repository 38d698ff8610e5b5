"""A forecast as it is kept: what is written is what is read."""

import json

from serai.calc.network.availability import Reach
from serai.calc.readiness.forecast import Colour, PlanB, Reason, chance
from serai.readiness.queries.verdicts import Asked, BetterHour, Checks, Kept, kept, ways


def one(**fields) -> Kept:
    """A red forecast with a better hour at 07:00 UTC."""
    defaults = {
        "colour": Colour.RED, "reasons": (Reason.PLATFORM, Reason.GATE), "chance": chance(3, 14),
        "asked": Asked(5.3, 3.3, 70.0, False),
        "checks": Checks("forbidden", "pass", "unknown", "fail", ""),
        "is_r_at_best": True, "r_lowest": 81.2, "better": BetterHour(420, 0.4, 1.2, 2),
    }  # fmt: skip
    return Kept(**(defaults | fields))


def test_what_is_written_is_what_is_read():
    assert kept(json.loads(json.dumps(one().to_json()))) == one()


def test_availability_is_written_and_older_forecasts_are_without_it():
    known = one(reach=Reach(0.99, 0.9999))
    older = one().to_json()
    del older["reach"]

    assert kept(json.loads(json.dumps(known.to_json()))) == known
    assert kept(older) == one()


def test_nothing_is_read_before_the_first_forecast():
    assert kept({}) is None
    assert ways([]) == ()
    assert ways(["hotspot", "statement"]) == (PlanB.HOTSPOT, PlanB.STATEMENT)


def test_an_hour_is_better_if_fewer_fall_short_or_all_are_at_work():
    assert BetterHour(420, 0.4, 1.2, 0).is_better is True
    assert BetterHour(420, 1.2, 1.2, 1).is_better is True
    assert BetterHour(420, 1.2, 1.2, 1).has_better_line is False
    assert BetterHour(420, 1.2, 1.2, 0).is_better is False
    assert BetterHour(None, 1.2, 1.2, 3).is_better is False
