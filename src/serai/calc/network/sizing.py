"""How wide a line must be for what runs over it at once."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

# What is asked for may fill three quarters of the line; the rest is for bursts and repeats.
USED_SHARE = 0.75
SURE_SHARE = 0.95
KBPS_PER_MBPS = 1000.0
MOST_PEOPLE = 100_000

# Bytes a voice packet carries beside the voice: IPv4, UDP, RTP and the seal of SRTP.
PACKET_EXTRA_BYTES = 20 + 8 + 12 + 10


class CannotSize(ValueError):
    """A count or rate that no line can have; the message is a sentence."""


def check_from_0_up(name: str, value: float) -> None:
    """Refuse what is not a finite number from 0 up."""
    if not math.isfinite(value) or value < 0:
        raise CannotSize(f"{name} {value} is not a number from 0 up.")


@dataclass(frozen=True, slots=True)
class Stream:
    """Streams of one kind that run at once.

    Attributes:
        name: what it is, to say which part of a need it makes.
        count: how many.
        up_kbps, down_kbps: of one, kbit/s each way.

    Raises:
        CannotSize: if one is not a finite number from 0 up.
    """

    name: str
    count: int
    up_kbps: float
    down_kbps: float

    def __post_init__(self) -> None:
        for said, value in (
            ("count", self.count),
            ("rate up", self.up_kbps),
            ("rate down", self.down_kbps),
        ):
            check_from_0_up(f"{self.name}: the {said}", value)


@dataclass(frozen=True, slots=True)
class Need:
    """What a line must carry, Mbit/s each way."""

    up_mbps: float
    down_mbps: float

    def __post_init__(self) -> None:
        check_from_0_up("The rate up", self.up_mbps)
        check_from_0_up("The rate down", self.down_mbps)

    def fits(self, up_mbps: float, down_mbps: float) -> bool:
        """Tell whether a line of these rates carries it, both ways."""
        return self.up_mbps <= up_mbps and self.down_mbps <= down_mbps


NOTHING = Need(0, 0)


def need(streams: Iterable[Stream], background: Need = NOTHING) -> Need:
    """Add up what runs at once, with room to spare.

    Args:
        streams: all kinds, each with its number.
        background: what else passes meanwhile, Mbit/s; it gets no share to spare.
    Returns:
        Sum of count x rate / 0.75 + background, each way, Mbit/s.
    Source: docs/methods/line-sizing.md, "Need"; that three quarters may be used is a convention.
    """
    up_kbps = down_kbps = 0.0
    for stream in streams:
        up_kbps += stream.count * stream.up_kbps
        down_kbps += stream.count * stream.down_kbps
    return Need(
        up_kbps / KBPS_PER_MBPS / USED_SHARE + background.up_mbps,
        down_kbps / KBPS_PER_MBPS / USED_SHARE + background.down_mbps,
    )


def at_once(people: int, share: float, sure: float = SURE_SHARE) -> int:
    """Say how many of many people are in a meeting at once, at most, nearly always.

    Args:
        people: how many might, 0 to 100,000.
        share: of the time each is in one, 0 to 1, independently of the others.
        sure: how often the answer is to suffice, 0 to 1.
    Returns:
        The smallest n with P(at most n at once) >= sure: the binomial quantile.
    Raises:
        CannotSize: if a number or share is outside.
    Source: docs/methods/line-sizing.md, "How many at once".
    """
    from scipy.special import bdtr  # noqa: PLC0415  takes longer to load than NumPy itself

    if not 0 <= people <= MOST_PEOPLE:
        raise CannotSize(f"{people} people is outside 0 to {MOST_PEOPLE:,}.")
    for name, value in (("share", share), ("certainty", sure)):
        if not 0 <= value <= 1:
            raise CannotSize(f"The {name} {value} is outside 0 to 1.")
    reached = bdtr(np.arange(people + 1), people, share) >= sure
    return int(np.argmax(reached)) if reached.any() else people


def wire_kbps(voice_kbps: float, frame_ms: float) -> float:
    """Say what a voice takes on the line, with what its packets carry beside it.

    Args:
        voice_kbps: the codec's rate, kbit/s.
        frame_ms: speech in one packet, ms, above 0.
    Returns:
        Codec's rate + (20 + 8 + 12 + 10) bytes a packet, kbit/s.
    Raises:
        CannotSize: if a number is not finite, negative, or the frame 0.
    Source: RFC 791, 768, 3550 and 3711 for the heads; docs/methods/line-sizing.md, "Voice".
    """
    check_from_0_up("The codec's rate", voice_kbps)
    check_from_0_up("The frame", frame_ms)
    if frame_ms == 0:
        raise CannotSize("A frame of 0 ms holds no speech.")
    return voice_kbps + PACKET_EXTRA_BYTES * 8 / frame_ms
