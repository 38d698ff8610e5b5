"""Probes to jitter, loss, late share and bursts."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.datagrams import NotAProbe, Probe, buffer_ms, datagrams

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)

GONE = None


def steady(rtts, pace_s=0.02):
    return [Probe(number * pace_s, rtt) for number, rtt in enumerate(rtts)]


def test_a_calm_line():
    found = datagrams(steady([100.0] * 500))

    assert found is not None
    assert (found.sent, found.lost, found.loss_share, found.late_share) == (500, 0, 0, 0)
    assert (found.rtt_min_ms, found.rtt_p50_ms, found.rtt_p95_ms) == (100, 100, 100)
    assert (found.jitter_ms, found.jitter_p95_ms, found.buffer_ms) == ((0.0,) * 10, 0, 40)
    assert (found.burst_r, found.missed_percent, found.is_upper_bound) == (1, 0, False)


def test_jitter_is_the_mean_change_of_each_second():
    found = datagrams(steady([100, 110, 90, 100, 100, 100], pace_s=0.4))

    # Seconds 0 (0.0, 0.4, 0.8), 1 (1.2, 1.6) and 2 (2.0); a change counts where its later one is.
    assert found is not None
    assert found.jitter_ms == (15, 5, 0)
    assert found.jitter_p95_ms == pytest.approx(14)


def test_over_a_gap_there_is_no_change():
    found = datagrams(steady([100, GONE, 300, 310]))

    assert found is not None
    assert found.jitter_ms == (10,)


def test_a_single_answer_has_no_jitter():
    found = datagrams(steady([80, GONE]))

    assert found is not None
    assert (found.jitter_ms, found.jitter_p95_ms, found.buffer_ms) == ((), 0, 40)
    assert (found.lost, found.loss_share) == (1, 0.5)


def test_an_answer_after_two_seconds_is_a_loss():
    found = datagrams(steady([100, 2000, 2000.1, 100]))

    assert found is not None
    assert found.lost == 1


def test_late_is_what_the_buffer_does_not_wait_for():
    # Spread thinly, so that the seconds' jitter stays small: of 100 two come 100 ms later.
    rtts = [100.0] * 100
    rtts[30] = rtts[70] = 181.0
    found = datagrams(steady(rtts))

    assert found is not None
    assert found.buffer_ms == 40
    assert (found.late_share, found.missed_percent) == (0.02, 2)
    at_the_edge = datagrams(steady([180.0 if rtt > 100 else rtt for rtt in rtts]))
    assert at_the_edge is not None
    assert at_the_edge.late_share == 0


def test_the_buffer_is_twice_the_jitter_and_at_least_40():
    assert [buffer_ms(jitter) for jitter in (0, 20, 20.5, 60)] == [40, 40, 41, 120]


@pytest.mark.parametrize(
    ("lost_at", "burst_r"),
    [
        ((), 1),
        ((10, 11, 12, 13), 1),  # four losses say nothing of bursts
        ((10, 11, 12, 13, 14), 5 * 0.95),
        ((10, 20, 30, 40, 50), 1 * 0.95),
        ((10, 11, 20, 30, 31, 32), 2 * 0.94),
        ((0, 1, 2, 98, 99), 2.5 * 0.95),
    ],
)
def test_bursts(lost_at, burst_r):
    found = datagrams(steady([GONE if n in lost_at else 100.0 for n in range(100)]))

    assert found is not None
    assert found.burst_r == pytest.approx(burst_r)


@pytest.mark.parametrize(("lost", "is_upper_bound"), [(5, False), (6, True)])
def test_above_5_percent_loss_delays_are_upper_bounds(lost, is_upper_bound):
    found = datagrams(steady([GONE] * lost + [100.0] * (100 - lost)))

    assert found is not None
    assert found.is_upper_bound is is_upper_bound


@pytest.mark.parametrize("probes", [[], steady([GONE]), steady([GONE] * 500), steady([2001.0])])
def test_without_an_answer_nothing_is_known(probes):
    assert datagrams(probes) is None


def test_order_does_not_matter():
    probes = steady([100, 105, GONE, 130, 120])

    assert datagrams(probes[::-1]) == datagrams(probes)


@pytest.mark.parametrize(
    ("probe", "sentence"),
    [
        (Probe(-1, 5), "Probe 2: -1 is not a time from 0 up."),
        (Probe(1, -5), "Probe 2: -5 is not a time from 0 up."),
        (Probe(1, math.nan), "Probe 2: nan is not a time from 0 up."),
        (Probe(math.inf, None), "Probe 2: inf is not a time from 0 up."),
    ],
)
def test_times_that_cannot_be_are_refused(probe, sentence):
    with pytest.raises(NotAProbe) as refusal:
        datagrams([Probe(0, 5), probe])

    assert str(refusal.value) == sentence


@EVERY_TIME_ALIKE
@given(st.lists(st.none() | st.floats(0, 3000), min_size=1, max_size=80))
def test_shares_stay_within_the_whole(rtts):
    found = datagrams(steady(rtts))

    if found is not None:
        assert 0 <= found.missed_percent < 100
        assert found.burst_r > 0
        assert found.rtt_min_ms <= found.rtt_p50_ms <= found.rtt_p95_ms <= 2000
