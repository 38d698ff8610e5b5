"""One test of a line: what was counted becomes rates, delays, losses and the rating of a voice."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from serai.calc.network.codecs import OPUS, Codec
from serai.calc.network.datagrams import Datagrams, Probe, buffer_ms, datagrams
from serai.calc.network.emodel import CannotRate, Line, Rating, rate
from serai.calc.network.quantiles import NotMeasured, quantile
from serai.calc.network.scale import Satisfaction, satisfaction
from serai.calc.network.transfers import Count, Rate, rate_of

FRAME_MS = 20.0
LOOK_AHEAD_MS = 6.5
LONG_ROUND_TRIP_MS = 300.0
HIGHEST_MBPS = 10_000.0


class Length(StrEnum):
    """How long a test may take."""

    SHORT = "short"
    FULL = "full"


class Udp(StrEnum):
    """Whether small packets come through."""

    OPEN = "open"
    BLOCKED = "blocked"
    NOT_MEASURABLE = "not_measurable"


class Thin(StrEnum):
    """Why a test is thin evidence."""

    CUT_SHORT = "cut_short"
    LONG_ROUND_TRIP = "long_round_trip"
    NO_UDP = "no_udp"


@dataclass(frozen=True, slots=True)
class Recording:
    """What a test counted.

    Attributes:
        length: short or full.
        down, up: counts of each direction, made where bytes are received.
        idle_rtt_ms, loaded_rtt_ms: echoes over TCP before and during the transfers.
        is_udp_tried: the browser can send datagrams and the person agreed; a browser that cannot
            would otherwise look like a firewall.
        probes: the datagrams; empty where none could be sent.
    """

    length: Length = Length.FULL
    down: tuple[Count, ...] = ()
    up: tuple[Count, ...] = ()
    idle_rtt_ms: tuple[float, ...] = ()
    loaded_rtt_ms: tuple[float, ...] = ()
    is_udp_tried: bool = False
    probes: tuple[Probe, ...] = ()


@dataclass(frozen=True, slots=True)
class Voice:
    """How a voice would fare on the line.

    Attributes:
        codec: whose impairment and robustness were taken; its footing belongs beside R.
        buffer_ms: Djb.
        t_ms, ta_ms, tr_ms: delays given to the E-model; T = Ta, Tr = 2T.
        ppl_percent: lost or late.
        burst_r: BurstR.
        rating: R, MOS and all terms.
        satisfaction: R in a word.
    """

    codec: Codec
    buffer_ms: float
    t_ms: float
    ta_ms: float
    tr_ms: float
    ppl_percent: float
    burst_r: float
    rating: Rating[float]
    satisfaction: Satisfaction


@dataclass(frozen=True, slots=True)
class Figures:
    """What one test shows; None is missing, never 0.

    Attributes:
        down, up: rates, Mbit/s.
        idle_rtt_p50_ms, idle_rtt_p95_ms, loaded_rtt_p95_ms: TCP echoes.
        udp: whether datagrams come through.
        datagrams: their figures.
        voice: R and what it was counted from.
        is_best_case: no datagram told of loss and jitter, so it is "R at best".
        is_upper_bound: much was lost, so true delays are at most those shown.
        thin: why it is thin evidence; empty where it is not.
        is_plausible: no rate is above 10 Gbit/s.
    """

    down: Rate | None
    up: Rate | None
    idle_rtt_p50_ms: float | None
    idle_rtt_p95_ms: float | None
    loaded_rtt_p95_ms: float | None
    udp: Udp
    datagrams: Datagrams | None
    voice: Voice | None
    is_best_case: bool
    is_upper_bound: bool
    thin: tuple[Thin, ...]
    is_plausible: bool


def figures(recording: Recording, codec: Codec = OPUS) -> Figures:
    """Turn one test into figures.

    Args:
        recording: what was counted; any part may be missing.
        codec: for the rating of a voice.
    Returns:
        The figures, with why they may be thin, best cases or upper bounds.
    Raises:
        NotACount, NotAProbe, NotMeasured: if a count, time or echo is impossible.
        CannotRate: if delays are beyond what the E-model can rate.
    Source: docs/methods/voice-quality.md, "From a test".
    """
    down, up = rate_of(recording.down), rate_of(recording.up)
    idle_p95 = _quantile(recording.idle_rtt_ms, 0.95)
    found = datagrams(recording.probes)
    spoken: Voice | None = None
    if found is not None:
        spoken = voice(
            found.rtt_p95_ms, found.jitter_p95_ms, found.missed_percent, found.burst_r, codec
        )
    elif idle_p95 is not None:
        spoken = voice(idle_p95, 0, 0, 1, codec)
    rates = [one for one in (down, up) if one is not None]
    return Figures(
        down=down,
        up=up,
        idle_rtt_p50_ms=_quantile(recording.idle_rtt_ms, 0.5),
        idle_rtt_p95_ms=idle_p95,
        loaded_rtt_p95_ms=_quantile(recording.loaded_rtt_ms, 0.95),
        udp=_udp(recording, found),
        datagrams=found,
        voice=spoken,
        is_best_case=spoken is not None and found is None,
        is_upper_bound=found is not None and found.is_upper_bound,
        thin=_thin(recording, rates, found),
        is_plausible=all(max(one.mean_mbps, one.tail_mbps) <= HIGHEST_MBPS for one in rates),
    )


def voice(
    rtt_p95_ms: float, jitter_p95_ms: float, ppl_percent: float, burst_r: float, codec: Codec = OPUS
) -> Voice:
    """Rate a voice from delay, jitter and loss.

    Args:
        rtt_p95_ms: round trip, ms.
        jitter_p95_ms: ms.
        ppl_percent: packets lost or late, 0 to 100.
        burst_r: BurstR, above 0.
        codec: its impairment and robustness.
    Returns:
        The delays, R and MOS: half the round trip, the buffer, a frame of 20 ms and its
        look-ahead of 6.5 ms make the delay one way.
    Raises:
        CannotRate: if one is outside its bounds.
    Source: ITU-T G.107 (06/2015); docs/methods/voice-quality.md, "From a test".
    """
    for name, value in (("round trip", rtt_p95_ms), ("jitter", jitter_p95_ms)):
        if not math.isfinite(value) or value < 0:
            raise CannotRate(f"The {name} {value} ms is not a time from 0 up.")
    buffer = buffer_ms(jitter_p95_ms)
    one_way = rtt_p95_ms / 2 + buffer + FRAME_MS + LOOK_AHEAD_MS
    line = Line(
        t=one_way, ta=one_way, tr=2 * one_way, ppl=ppl_percent, burst_r=burst_r,
        ie=codec.ie, bpl=codec.bpl,
    )  # fmt: skip
    rating = rate(line)
    return Voice(
        codec, buffer, line.t, line.ta, line.tr, ppl_percent, burst_r,
        rating, satisfaction(rating.r),
    )  # fmt: skip


def _quantile(values: Sequence[float], share: float) -> float | None:
    if not values:
        return None
    if min(values) < 0:
        raise NotMeasured(f"An echo of {min(values)} ms came before it was sent.")
    return quantile(values, share)


def _udp(recording: Recording, found: Datagrams | None) -> Udp:
    """Say whether datagrams come through."""
    if found is not None:
        return Udp.OPEN
    return Udp.BLOCKED if recording.is_udp_tried or recording.probes else Udp.NOT_MEASURABLE


def _thin(recording: Recording, rates: Sequence[Rate], found: Datagrams | None) -> tuple[Thin, ...]:
    """Name what makes the test thin evidence, in a fixed order."""
    idle_rtt = _quantile(recording.idle_rtt_ms, 0.5)
    if idle_rtt is None and found is not None:
        idle_rtt = found.rtt_p50_ms
    is_long = idle_rtt is not None and idle_rtt > LONG_ROUND_TRIP_MS
    reasons = (
        (Thin.CUT_SHORT, len(rates) < 2 or any(one.is_cut_short for one in rates)),
        (Thin.LONG_ROUND_TRIP, recording.length == Length.SHORT and is_long),
        (Thin.NO_UDP, found is None),
    )
    return tuple(reason for reason, holds in reasons if holds)
