"""Small packets sent at a steady pace and answered: jitter, loss, late ones, bursts."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from serai.calc.network.quantiles import quantile

# An answer after this long is no use to a voice and counts as none.
ANSWER_WITHIN_MS = 2000.0
FEWEST_LOSSES = 5
SHORTEST_BUFFER_MS = 40.0
# Above this share the transport's own repairs delay what follows.
TELLING_LOSS_SHARE = 0.05


class NotAProbe(ValueError):
    """A probe that cannot have been sent or answered so; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One small packet.

    Attributes:
        sent_at_s: when it was sent, seconds since the first.
        rtt_ms: until its answer came; None where none came.
    """

    sent_at_s: float
    rtt_ms: float | None

    @property
    def is_answered(self) -> bool:
        """Tell whether an answer came in time to count."""
        return self.rtt_ms is not None and self.rtt_ms <= ANSWER_WITHIN_MS


@dataclass(frozen=True, slots=True)
class Datagrams:
    """What the probes show.

    Attributes:
        sent, lost: how many; lost is unanswered after 2 s.
        loss_share: lost of sent, 0 to 1.
        late_share: answered, but later than the buffer waits, of sent, 0 to 1.
        burst_r: how much losses come in bursts; 1 where they do not or are fewer than 5.
        jitter_ms: for each second of sending in which two neighbours were answered.
        jitter_p95_ms: p95 of these, 0 where there are none.
        rtt_min_ms, rtt_p50_ms, rtt_p95_ms: of those answered.
        buffer_ms: Djb, what a receiver would wait to smooth the jitter.
        is_upper_bound: loss above 5 %: true delays are at most these.
    """

    sent: int
    lost: int
    loss_share: float
    late_share: float
    burst_r: float
    jitter_ms: tuple[float, ...]
    jitter_p95_ms: float
    rtt_min_ms: float
    rtt_p50_ms: float
    rtt_p95_ms: float
    buffer_ms: float
    is_upper_bound: bool

    @property
    def missed_percent(self) -> float:
        """Return what a listener misses, lost or late: Ppl of the E-model."""
        return 100 * (self.loss_share + self.late_share)


def datagrams(probes: Sequence[Probe]) -> Datagrams | None:
    """Turn probes into figures.

    Args:
        probes: all that were sent, in any order.
    Returns:
        The figures; None where none was sent or none answered: then nothing is known of delays,
        and the way is closed, not lossy.
    Raises:
        NotAProbe: if a time is not a finite number from 0 up.
    Source: docs/methods/voice-quality.md, "From a test"; BurstR: ITU-T G.107 (06/2015), 7.5.
    """
    _check(probes)
    ordered = sorted(probes, key=lambda probe: probe.sent_at_s)
    rtts = [probe.rtt_ms for probe in ordered if probe.rtt_ms is not None and probe.is_answered]
    if not rtts:
        return None
    jitter = _jitter(ordered)
    jitter_p95 = quantile(jitter, 0.95) if jitter else 0.0
    buffer = buffer_ms(jitter_p95)
    least = min(rtts)
    late = sum(1 for rtt in rtts if (rtt - least) / 2 > buffer)
    lost = len(ordered) - len(rtts)
    return Datagrams(
        sent=len(ordered),
        lost=lost,
        loss_share=lost / len(ordered),
        late_share=late / len(ordered),
        burst_r=_burst_ratio([probe.is_answered for probe in ordered]),
        jitter_ms=tuple(jitter),
        jitter_p95_ms=jitter_p95,
        rtt_min_ms=least,
        rtt_p50_ms=quantile(rtts, 0.5),
        rtt_p95_ms=quantile(rtts, 0.95),
        buffer_ms=buffer,
        is_upper_bound=lost > TELLING_LOSS_SHARE * len(ordered),
    )


def buffer_ms(jitter_p95_ms: float) -> float:
    """Return Djb: twice the jitter, at least 40 ms.

    Source: docs/methods/voice-quality.md, "From a test"; a convention of this method.
    """
    return max(SHORTEST_BUFFER_MS, 2 * jitter_p95_ms)


def _jitter(ordered: Sequence[Probe]) -> list[float]:
    """Return for each second the mean change of the round trip from one answer to the next.

    A change counts in the second in which the later of the two was sent; over a gap there is none.
    """
    changes: defaultdict[int, list[float]] = defaultdict(list)
    for before, after in pairwise(ordered):
        if before.is_answered and after.is_answered:
            changes[int(after.sent_at_s)].append(abs((after.rtt_ms or 0) - (before.rtt_ms or 0)))
    return [sum(found) / len(found) for _, found in sorted(changes.items())]


def _burst_ratio(answered: Sequence[bool]) -> float:
    """Return mean length of runs of losses x share that comes through; 1 below 5 losses."""
    runs = [len(list(run)) for is_answered, run in groupby(answered) if not is_answered]
    lost = sum(runs)
    if lost < FEWEST_LOSSES:
        return 1.0
    return lost / len(runs) * (1 - lost / len(answered))


def _check(probes: Sequence[Probe]) -> None:
    for number, probe in enumerate(probes, 1):
        for value in (probe.sent_at_s, 0 if probe.rtt_ms is None else probe.rtt_ms):
            if not math.isfinite(value) or value < 0:
                raise NotAProbe(f"Probe {number}: {value} is not a time from 0 up.")
