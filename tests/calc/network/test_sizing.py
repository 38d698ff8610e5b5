"""How wide a line must be."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.sizing import CannotSize, Need, Stream, at_once, need, wire_kbps

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

STREAMS = st.lists(
    st.builds(Stream, st.just("one"), st.integers(0, 50), st.floats(0, 1e4), st.floats(0, 1e4)),
    max_size=5,
)


def rounded(found, digits=2):
    return round(found.up_mbps, digits), round(found.down_mbps, digits)


def test_a_recommended_room_and_ten_voices():
    streams = [Stream("room", 1, 2500, 4000), Stream("voice", 10, 58, 58)]

    assert rounded(need(streams)) == (4.11, 6.11)


def test_forty_people_at_15_percent():
    people = at_once(40, 0.15)

    assert people == 10
    assert rounded(need([Stream("seat", people, 2500, 4000)])) == (33.33, 53.33)


def test_two_rooms_a_share_and_eight_seats():
    streams = [
        Stream("room in 1080p", 2, 3800, 3000),
        Stream("shared screen", 1, 150, 150),
        Stream("seat in high quality", 8, 1000, 600),
    ]

    found = need(streams)

    assert (found.up_mbps, found.down_mbps) == pytest.approx((21.0, 14.6), abs=1e-12)


def test_the_background_gets_nothing_to_spare():
    assert need([Stream("one", 1, 750, 1500)], Need(1, 2)) == Need(2, 4)


def test_nothing_needs_nothing():
    assert need([]) == Need(0, 0)
    assert need([Stream("none", 0, 750, 1500)]) == Need(0, 0)


def test_a_need_fits_both_ways_or_not():
    asked = Need(2, 4)

    assert [asked.fits(*line) for line in ((2, 4), (1.9, 9), (9, 3.9))] == [True, False, False]


@pytest.mark.parametrize(
    ("people", "share", "sure", "expected"),
    [
        (0, 0.5, 0.95, 0),
        (5, 0, 0.95, 0),
        (5, 1, 0.95, 5),
        (1, 0.04, 0.95, 0),
        (1, 0.06, 0.95, 1),
        (100, 0.5, 0.5, 50),
        (10, 0.5, 1, 10),
        (10, 0.5, 0, 0),
    ],
)
def test_how_many_at_once(people, share, sure, expected):
    assert at_once(people, share, sure) == expected


def test_a_voice_takes_more_on_the_line():
    assert wire_kbps(32, 20) == 52
    assert wire_kbps(64, 20) == 84
    assert wire_kbps(32, 40) == 42


@pytest.mark.parametrize(
    ("ask", "sentence"),
    [
        (lambda: Stream("room", -1, 1, 1), "room: the count -1 is not a number from 0 up."),
        (
            lambda: Stream("room", 1, math.nan, 1),
            "room: the rate up nan is not a number from 0 up.",
        ),
        (
            lambda: Stream("room", 1, 1, math.inf),
            "room: the rate down inf is not a number from 0 up.",
        ),
        (lambda: Need(-1, 0), "The rate up -1 is not a number from 0 up."),
        (lambda: Need(0, -1), "The rate down -1 is not a number from 0 up."),
        (lambda: at_once(-1, 0.5), "-1 people is outside 0 to 100,000."),
        (lambda: at_once(100_001, 0.5), "100001 people is outside 0 to 100,000."),
        (lambda: at_once(5, 1.5), "The share 1.5 is outside 0 to 1."),
        (lambda: at_once(5, 0.5, math.nan), "The certainty nan is outside 0 to 1."),
        (lambda: wire_kbps(-1, 20), "The codec's rate -1 is not a number from 0 up."),
        (lambda: wire_kbps(32, 0), "A frame of 0 ms holds no speech."),
    ],
)
def test_what_cannot_be_is_refused(ask, sentence):
    with pytest.raises(CannotSize) as refusal:
        ask()

    assert str(refusal.value) == sentence


@EVERY_TIME_ALIKE
@given(STREAMS, st.integers(0, 50), st.floats(0, 1e4), st.floats(0, 1e4))
def test_more_streams_never_need_less(streams, count, up, down):
    less, more = need(streams), need([*streams, Stream("more", count, up, down)])

    assert less.fits(more.up_mbps + 1e-9, more.down_mbps + 1e-9)


@EVERY_TIME_ALIKE
@given(st.integers(0, 300), st.floats(0, 1), st.floats(0, 0.3))
def test_more_people_or_time_are_never_fewer_at_once(people, share, more):
    found = at_once(people, share)

    assert 0 <= found <= people
    assert found <= at_once(people + 1, share) <= found + 1
    assert found <= at_once(people, min(1, share + more))
