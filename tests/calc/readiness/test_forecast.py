"""Chance with its interval, colour with its reasons, plan B in its order, the better hour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.readiness.forecast import (
    Chance,
    Colour,
    Delegation,
    Forecast,
    Need,
    Permission,
    PlanB,
    Reason,
    Run,
    better_hour,
    capitals_outside_hours,
    chance,
    chance_at,
    forecast,
    is_short,
    plan_b,
)

READY = Delegation(Permission.PERMITTED, True, True, True)
SURE = chance(0, 20)


@pytest.mark.parametrize(
    ("short", "runs", "p", "low", "high"),
    [(3, 14, 0.2333, 0.0818, 0.4264), (0, 6, 0.0714, 0.0003, 0.2642)],
)
def test_chance_worked_examples(short, runs, p, low, high):
    found = chance(short, runs)

    assert (round(found.p, 4), round(found.low, 4), round(found.high, 4)) == (p, low, high)


def test_chance_of_no_run_is_a_half_and_refuses_nonsense():
    assert chance(0, 0).p == 0.5
    for short, runs in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="cannot be"):
            chance(short, runs)


@settings(deadline=None)
@given(st.integers(0, 40), st.integers(0, 40))
def test_chance_lies_in_its_interval_and_rises_with_short_runs(short, more):
    found = chance(short, short + more)

    assert 0 <= found.low < found.p < found.high <= 1
    assert chance(short + 1, short + more + 1).p > found.p


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (Run(0, 6, 6, 80, True), False),
        (Run(0, 5.9, 6, 80, True), True),
        (Run(0, 6, 5.9, 80, True), True),
        (Run(0, 6, 6, 79, True), True),
        (Run(0, 6, 6, 80, False), True),
        (Run(0, 6, 6, None, True), None),
        (Run(0, 6, 6, 80, None), None),
        (Run(0, 6, 6, None, False), True),
        (Run(0, 5, 6, None, None), True),
    ],
)
def test_is_short(run, expected):
    assert is_short(run, Need(6, 6, 80, True)) == expected


def test_is_short_does_not_look_at_what_is_not_needed():
    assert is_short(Run(0, 6, 6), Need(6, 6)) is False


def test_chance_at_takes_runs_within_two_hours_around_midnight():
    good, bad = 9.0, 1.0
    runs = [
        Run(23 * 60, good, good), Run(60, bad, good), Run(2 * 60, good, good),
        Run(2 * 60 + 1, bad, bad), Run(21 * 60 + 59, bad, bad), Run(30, good, good, None),
    ]  # fmt: skip

    assert chance_at(runs, Need(4, 4), 0) == chance(1, 4)
    assert chance_at(runs, Need(4, 4, r=70), 0) == chance(1, 1)


RED = [
    ({"platform": Permission.FORBIDDEN}, SURE, (Reason.PLATFORM,)),
    ({"has_room": False}, SURE, (Reason.ROOM,)),
    ({"has_microphone": False}, SURE, (Reason.MICROPHONE,)),
    ({"gates_pass": False}, SURE, (Reason.GATE,)),
    ({}, chance(3, 5), (Reason.LIKELY_SHORT,)),
    ({"gates_pass": False, "is_declared": True}, chance(4, 5), (Reason.GATE, Reason.LIKELY_SHORT)),
]
AMBER = [
    ({"platform": Permission.APPROVAL}, SURE, (Reason.PLATFORM,)),
    ({"platform": None}, SURE, (Reason.NOT_KNOWN,)),
    ({"has_room": None}, SURE, (Reason.NOT_KNOWN,)),
    ({"has_microphone": None}, SURE, (Reason.NOT_KNOWN,)),
    ({"gates_pass": None}, SURE, (Reason.NOT_KNOWN,)),
    ({}, Chance(9, 1, 0.15, 0.0, 0.3), (Reason.MAY_FALL_SHORT,)),
    ({}, chance(0, 4), (Reason.FEW_RUNS,)),
    ({}, chance(4, 4), (Reason.MAY_FALL_SHORT, Reason.FEW_RUNS)),
    ({"is_declared": True}, SURE, (Reason.DECLARED,)),
]


@pytest.mark.parametrize(
    ("changes", "found", "colour", "reasons"),
    [(*one[:2], Colour.RED, one[2]) for one in RED]
    + [(*one[:2], Colour.AMBER, one[2]) for one in AMBER]
    + [({}, SURE, Colour.GREEN, ()), ({}, chance(0, 5), Colour.GREEN, ())],
)
def test_forecast_colours_and_says_why(changes, found, colour, reasons):
    given = {"platform": Permission.PERMITTED, "has_room": True, "has_microphone": True,
             "gates_pass": True, **changes}  # fmt: skip

    assert forecast(Delegation(**given), found) == Forecast(colour, reasons, found)


def test_plan_b_is_in_the_order_to_try():
    assert plan_b(dict.fromkeys(PlanB, True)) == (
        PlanB.HOTSPOT, PlanB.GREEN_OFFICE, PlanB.LOAN_KIT, PlanB.AUDIO_ONLY, PlanB.DIAL_IN,
        PlanB.STATEMENT, PlanB.BETTER_HOUR,
    )  # fmt: skip
    assert plan_b({PlanB.STATEMENT: True, PlanB.DIAL_IN: True, PlanB.HOTSPOT: False}) == (
        PlanB.DIAL_IN, PlanB.STATEMENT,
    )  # fmt: skip
    assert plan_b({}) == ()


BAKU, ULAANBAATAR = 240, 480


def test_better_hour_has_the_least_sum_within_hours_everywhere():
    chances = {
        4 * 60: (0.5, 0.4), 5 * 60: (0.3, 0.4), 6 * 60: (0.4, 0.3), 7 * 60: (0.0, 0.0),
    }  # fmt: skip

    assert better_hour(chances, (BAKU, ULAANBAATAR), 240) == 5 * 60
    assert better_hour(chances, (BAKU, ULAANBAATAR), 180) == 7 * 60
    assert better_hour(chances, (BAKU, -300), 60) is None
    assert better_hour({}, (BAKU,), 60) is None


def test_capitals_outside_hours_counts_start_and_end():
    offsets = (BAKU, ULAANBAATAR)

    assert capitals_outside_hours(4 * 60, offsets, 360) == 0
    assert capitals_outside_hours(4 * 60, offsets, 361) == 1
    assert capitals_outside_hours(4 * 60 - 1, offsets, 60) == 1
    assert capitals_outside_hours(20 * 60, offsets, 60) == 2
    assert capitals_outside_hours(1 * 60, (), 60) == 0


def test_ready_is_green():
    assert forecast(READY, SURE).colour == Colour.GREEN
