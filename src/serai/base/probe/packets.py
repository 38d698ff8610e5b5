"""Small packets from a browser and back: what is echoed, what is believed of what it tells."""

import asyncio
import json
import math
import secrets
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from websockets.asyncio.server import ServerConnection

from serai.base.probe.tickets import End, Packet

SIZE, MOST_PACKETS = 172, 500
LONGEST_OFFER = 8_000
LONGEST_MS = 60_000.0
OFFERED_WITHIN_S = 10.0
# Opening the channel takes 20 s at most, sending 12, the latest answer 2.
HARD_STOP_S = 45.0
NUMBER, TOKEN = slice(0, 2), slice(2, 4)

Answering = Callable[[object], bytes | None]


class NotTold(ValueError):
    """An offer or a list of packets that cannot be."""


class Channel(Protocol):
    """A way to one browser, over UDP."""

    @property
    def answer(self) -> str:
        """Return what the browser needs to come here."""

    async def connect(self) -> bool:
        """Wait for the browser; False where nothing comes through."""


class Channels(Protocol):
    """Makes ways to browsers."""

    def open(self, offer: str, answering: Answering) -> AbstractAsyncContextManager[Channel]:
        """Open a way for as long as the context lasts.

        Raises:
            NotTold: if the offer is none.
        """


class Tally:
    """Which packets came, and what was sent back with each."""

    def __init__(self) -> None:
        self._tokens: dict[int, int] = {}

    def answer(self, message: object) -> bytes | None:
        """Return the echo of a packet, with a number that nobody can guess; None for all else."""
        if not isinstance(message, bytes) or len(message) != SIZE:
            return None
        number = int.from_bytes(message[NUMBER], "big")
        if number >= MOST_PACKETS or number in self._tokens:
            return None
        token = self._tokens[number] = secrets.randbits(16)
        return message[NUMBER] + token.to_bytes(2, "big") + message[TOKEN.stop :]

    def believed(self, told: object) -> tuple[Packet, ...]:
        """Return the packets as the browser tells them, an answer only where its number is right.

        Args:
            told: of each packet, in order: sent, ms since the first; answered after, ms, or null;
                the number that came with the answer.
        Raises:
            NotTold: if that is not a list of packets.
        """
        if not isinstance(told, list) or len(told) > MOST_PACKETS:
            raise NotTold("packets")
        found: list[Packet] = []
        before_ms = 0.0
        for number, one in enumerate(told):
            sent_ms, rtt_ms, token = _three(one)
            if sent_ms is None or sent_ms < before_ms:
                raise NotTold("packets")
            before_ms = sent_ms
            is_echo = rtt_ms is not None and token == self._tokens.get(number, -1)
            found.append((round(sent_ms), round(rtt_ms or 0, 1) if is_echo else None))
        return tuple(found)


def _three(one: object) -> tuple[float | None, float | None, object]:
    if not isinstance(one, list) or len(one) != 3:
        raise NotTold("packets")
    return _time(one[0]), _time(one[1]), one[2]


def _time(value: object) -> float | None:
    is_time = isinstance(value, int | float) and math.isfinite(value) and 0 <= value <= LONGEST_MS
    return float(value) if is_time and isinstance(value, int | float) else None


async def exchange(
    connection: ServerConnection, channels: Channels
) -> tuple[End, tuple[Packet, ...]]:
    """Answer an offer, echo what comes, and hear what the browser had back.

    Raises:
        NotTold: if what it says cannot be.
    """
    tally = Tally()
    async with asyncio.timeout(OFFERED_WITHIN_S):
        offer = _said(await connection.recv(), "Offer")
    if not isinstance(offer, str) or len(offer) > LONGEST_OFFER:
        raise NotTold("offer")
    async with channels.open(offer, tally.answer) as channel:
        await connection.send(json.dumps({"Answer": channel.answer}))
        opening = asyncio.create_task(channel.connect())
        hearing = asyncio.create_task(_packets(connection))
        try:
            await asyncio.wait({opening, hearing}, return_when=asyncio.FIRST_COMPLETED)
            if not hearing.done() and not await opening:
                return End.SILENT, ()
            told = await hearing
        finally:
            opening.cancel()
            hearing.cancel()
    found = tally.believed(told)
    return (End.DONE if len(found) == MOST_PACKETS else End.STOPPED), found


async def _packets(connection: ServerConnection) -> object:
    """Wait for the browser's list."""
    return _said(await connection.recv(), "Packets")


def _said(message: str | bytes, word: str) -> object:
    try:
        found: object = json.loads(message)[word]
    except (ValueError, TypeError, KeyError) as error:
        raise NotTold(word) from error
    return found
