"""A whole test to figures."""

import math

import pytest

from serai.calc.network.codecs import OPUS, codec
from serai.calc.network.datagrams import Probe
from serai.calc.network.emodel import CannotRate, Line, rate
from serai.calc.network.quantiles import NotMeasured
from serai.calc.network.runs import Figures, Length, Recording, Thin, Udp, figures, voice
from serai.calc.network.scale import Satisfaction
from serai.calc.network.transfers import Count

MEGABIT = 125_000


def transfer(mbps, seconds=10):
    return tuple(Count(second, second * mbps * MEGABIT) for second in range(1, seconds + 1))


def probes(rtt=100.0, lost=0):
    return tuple(Probe(n / 50, None if n < lost else rtt) for n in range(500))


def recording(**said):
    return Recording(
        **{
            "down": transfer(20),
            "up": transfer(5),
            "idle_rtt_ms": (90.0, 100.0, 110.0),
            "loaded_rtt_ms": (200.0, 300.0),
            "is_udp_tried": True,
            "probes": probes(),
        }
        | said
    )


def test_the_worked_example():
    found = voice(620, 20, 0.8, 1.2)

    assert (found.buffer_ms, found.t_ms, found.ta_ms, found.tr_ms) == (40, 376.5, 376.5, 753)
    assert (round(found.rating.r, 3), round(found.rating.mos, 3)) == (61.444, 3.174)
    assert found.satisfaction == Satisfaction.MANY_DISSATISFIED
    assert found.codec is OPUS


def test_a_whole_test():
    found = figures(recording())

    assert found.down is not None
    assert found.up is not None
    assert (found.down.mean_mbps, found.down.tail_mbps) == pytest.approx((20, 20))
    assert (found.up.mean_mbps, found.up.tail_mbps) == pytest.approx((5, 5))
    assert (found.idle_rtt_p50_ms, found.idle_rtt_p95_ms) == (100, pytest.approx(109))
    assert found.loaded_rtt_p95_ms == pytest.approx(295)
    assert found.udp == Udp.OPEN
    assert found.voice == voice(100, 0, 0, 1)
    assert (found.is_best_case, found.is_upper_bound) == (False, False)
    assert (found.thin, found.is_plausible) == ((), True)


def test_loss_and_bursts_reach_the_rating():
    found = figures(recording(probes=probes(lost=10)))

    assert found.voice is not None
    assert found.voice.ppl_percent == 2
    assert found.voice.burst_r == pytest.approx(9.8)
    line = Line(t=116.5, ta=116.5, tr=233, bpl=25.1, ppl=2, burst_r=found.voice.burst_r)
    assert found.voice.rating == rate(line)


def test_much_loss_makes_delays_upper_bounds():
    assert figures(recording(probes=probes(lost=26))).is_upper_bound is True
    assert figures(recording(probes=probes(lost=25))).is_upper_bound is False


def test_another_codec():
    found = figures(recording(), codec("g729a_vad"))

    assert found.voice is not None
    assert (found.voice.rating.ie_eff, found.voice.codec.key) == (11, "g729a_vad")


@pytest.mark.parametrize(
    ("said", "udp"),
    [
        ({"probes": ()}, Udp.BLOCKED),
        ({"probes": (Probe(0, None), Probe(0.02, None))}, Udp.BLOCKED),
        ({"probes": (), "is_udp_tried": False}, Udp.NOT_MEASURABLE),
    ],
)
def test_without_datagrams_r_is_at_best_and_thin(said, udp):
    found = figures(recording(**said))

    assert (found.udp, found.datagrams) == (udp, None)
    assert found.voice == voice(found.idle_rtt_p95_ms or 0, 0, 0, 1)
    assert (found.is_best_case, found.thin) == (True, (Thin.NO_UDP,))


@pytest.mark.parametrize(
    ("said", "thin"),
    [
        ({"down": transfer(20, 2)}, (Thin.CUT_SHORT,)),
        ({"up": ()}, (Thin.CUT_SHORT,)),
        ({"length": Length.SHORT}, ()),
        ({"length": Length.SHORT, "idle_rtt_ms": (300.0,)}, ()),
        ({"length": Length.SHORT, "idle_rtt_ms": (300.1,)}, (Thin.LONG_ROUND_TRIP,)),
        ({"length": Length.FULL, "idle_rtt_ms": (400.0,)}, ()),
        (
            {"length": Length.SHORT, "idle_rtt_ms": (), "probes": probes(rtt=400.0)},
            (Thin.LONG_ROUND_TRIP,),
        ),
        (
            {"length": Length.SHORT, "up": transfer(5, 1), "idle_rtt_ms": (400.0,), "probes": ()},
            (Thin.CUT_SHORT, Thin.LONG_ROUND_TRIP, Thin.NO_UDP),
        ),
    ],
)
def test_what_makes_a_test_thin(said, thin):
    assert figures(recording(**said)).thin == thin


def test_nothing_counted_is_all_missing():
    assert figures(Recording()) == Figures(
        down=None,
        up=None,
        idle_rtt_p50_ms=None,
        idle_rtt_p95_ms=None,
        loaded_rtt_p95_ms=None,
        udp=Udp.NOT_MEASURABLE,
        datagrams=None,
        voice=None,
        is_best_case=False,
        is_upper_bound=False,
        thin=(Thin.CUT_SHORT, Thin.NO_UDP),
        is_plausible=True,
    )


@pytest.mark.parametrize(("mbps", "is_plausible"), [(10_000, True), (10_001, False)])
def test_above_10_gbit_a_rate_is_not_believed(mbps, is_plausible):
    assert figures(recording(up=transfer(mbps))).is_plausible is is_plausible


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ((-1, 0, 0, 1), "The round trip -1 ms is not a time from 0 up."),
        ((100, math.nan, 0, 1), "The jitter nan ms is not a time from 0 up."),
        ((100, 0, 101, 1), "ppl 101 is outside 0 to 100."),
        ((100, 0, 1, 0), "burst_r 0 must be above 0."),
    ],
)
def test_figures_that_no_line_has_are_refused(said, sentence):
    with pytest.raises(CannotRate) as refusal:
        voice(*said)

    assert str(refusal.value) == sentence


def test_an_echo_before_its_question_is_refused():
    with pytest.raises(NotMeasured) as refusal:
        figures(recording(idle_rtt_ms=(20.0, -3.0)))

    assert str(refusal.value) == "An echo of -3.0 ms came before it was sent."
