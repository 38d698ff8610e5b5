"""Which events the sample has. Entered whole: test_round.py."""

from datetime import UTC, datetime, timedelta

from serai.calc.readiness.forecast import PlanB
from serai.readiness.states import AS_PLANNED
from serai.readiness.states.event_words import Outcome
from serai.setup.demo.events import AT_DESK, CAST, EVENTS, WORDS, Events
from serai.setup.demo.people import ORGANISATIONS

NOW = datetime(2026, 3, 4, 9, 47, tzinfo=UTC)
PLAYED = Events({"officer": None, "technician": None}, NOW)


def test_events_are_over_on_now_and_ahead():
    days = [one.days for one in EVENTS]

    assert days == sorted(days)
    assert (sum(day < 0 for day in days), days.count(0), days.count(3)) == (2, 1, 1)


def test_one_that_is_on_began_at_most_eighty_minutes_ago():
    (on,) = [one for one in EVENTS if one.days == 0]

    assert NOW - PLAYED.start_of(on) == timedelta(minutes=77)
    assert PLAYED.start_of(EVENTS[0]) == datetime(2026, 1, 16, 5, tzinfo=UTC)


def test_the_cast_takes_part_everywhere():
    assert {*CAST} <= {code for code, *_rest in ORGANISATIONS}


def test_words_on_platforms_are_of_a_hundred():
    assert [sum(share for _word, share in found) for found in WORDS.values()] == [100, 100]


def test_the_desk_writes_in_the_order_of_the_clock_and_by_known_ways():
    minutes = [at for at, _number, _seen in AT_DESK]
    ways = {seen.on_plan for _at, _number, seen in AT_DESK}

    assert minutes == sorted(minutes)
    assert ways - {"", AS_PLANNED} == {PlanB.AUDIO_ONLY.value, PlanB.DIAL_IN.value}
    assert AT_DESK[-1][1] is None


def test_an_event_is_drawn_the_same_each_time_and_goes_as_it_was_forecast():
    drawn = [PLAYED.outcome(PLAYED.dice(f"{n}"), 0.9) for n in range(200)]

    assert drawn == [PLAYED.outcome(PLAYED.dice(f"{n}"), 0.9) for n in range(200)]
    assert drawn.count(Outcome.FELL_SHORT) > 150
    assert 0 < drawn.count(Outcome.ABSENT) < 30
