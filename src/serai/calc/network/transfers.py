"""How fast bytes came: one direction of a test, counted where they are received."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

TAIL_SHARE = 0.6
FEWEST_SECONDS = 3.0
BITS_PER_MEGABIT = 1e6


class NotACount(ValueError):
    """Counts that no receiver can have made; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Count:
    """What the receiver had by a moment.

    Attributes:
        at_s: seconds since the transfer began, by the receiver's clock.
        received_bytes: all bytes received until then.
    """

    at_s: float
    received_bytes: float


@dataclass(frozen=True, slots=True)
class Rate:
    """What one direction carried.

    Attributes:
        mean_mbps: over the whole transfer, Mbit/s.
        tail_mbps: over its latest 60 %, when it no longer starts up.
        seconds: how long it ran.
        is_cut_short: under 3 seconds: too short to be more than thin evidence.
    """

    mean_mbps: float
    tail_mbps: float
    seconds: float
    is_cut_short: bool


def rate_of(counts: Sequence[Count]) -> Rate | None:
    """Turn counts into mean and tail.

    Args:
        counts: in order of time, each the sum so far; the start (0 s, 0 bytes) goes without saying.
    Returns:
        The rate; None where nothing was counted after the start, which is missing and not 0.
    Raises:
        NotACount: if time or bytes are not finite numbers from 0 up, or go back.
    Source: ndt7 v0.11.0 for the counts; that the tail is the latest 60 % of time is a convention
        of this method. What was received at its beginning is read between two counts in
        proportion.
    """
    _check(counts)
    if not counts or counts[-1].at_s == 0:
        return None
    end = counts[-1]
    tail_from = (1 - TAIL_SHARE) * end.at_s
    before = float(
        np.interp(
            tail_from,
            [0.0, *(one.at_s for one in counts)],
            [0.0, *(one.received_bytes for one in counts)],
        )
    )
    return Rate(
        mean_mbps=_mbps(end.received_bytes, end.at_s),
        tail_mbps=_mbps(end.received_bytes - before, end.at_s - tail_from),
        seconds=end.at_s,
        is_cut_short=end.at_s < FEWEST_SECONDS,
    )


def _mbps(received_bytes: float, seconds: float) -> float:
    return received_bytes * 8 / seconds / BITS_PER_MEGABIT


def _check(counts: Sequence[Count]) -> None:
    before = Count(0, 0)
    for number, one in enumerate(counts, 1):
        if not (math.isfinite(one.at_s) and math.isfinite(one.received_bytes)):
            raise NotACount(f"Count {number} is not a finite number.")
        if one.at_s < before.at_s or one.received_bytes < before.received_bytes:
            raise NotACount(f"Count {number} goes back in time or bytes.")
        before = one
