"""The transfers of ndt7 v0.11.0: random bytes down, bytes counted up; echoes for the round trip."""

import asyncio
import json
import os
import time
from contextlib import suppress
from dataclasses import dataclass, field

from websockets.asyncio.server import ServerConnection
from websockets.exceptions import ConnectionClosed

from serai.base.probe.tickets import Way

FIRST_SIZE, LARGEST_SIZE = 2**13, 2**20
SMALLEST_SIZE = 2**10
# A message grows while it stays under a sixteenth of all that was sent: about a step of progress.
GROWTH = 16
TELL_EVERY_S = 0.25
COUNT_EVERY_S = 0.2
LATEST_COUNT_WITHIN_S = 2.0
MOST_COUNTS = 120
CLOCK_SLACK_S = 1.0
ECHO_SECONDS, MOST_ECHOES, LONGEST_ECHO = 40.0, 600, 64
# Larger than what a compressing middle box could look back on; new for each process.
RANDOM = memoryview(os.urandom(LARGEST_SIZE))


@dataclass
class Counted:
    """What a transfer has come to.

    Attributes:
        counts: milliseconds since it began, and all bytes received by then.
    """

    sent_bytes: int = 0
    received_bytes: int = 0
    is_cut_short: bool = True
    counts: list[tuple[int, int]] = field(default_factory=list)
    is_stopped: bool = False
    began: float = field(default_factory=time.monotonic)

    @property
    def elapsed_s(self) -> float:
        """Return the seconds since it began."""
        return time.monotonic() - self.began

    def note(self, at_s: float, received_bytes: int) -> None:
        """Keep a count; at most one in a fifth of a second, but always the latest."""
        at = round(at_s * 1000)
        close = len(self.counts) > 1 and at - self.counts[-2][0] < COUNT_EVERY_S * 1000
        if close or len(self.counts) >= MOST_COUNTS:
            self.counts.pop()
        self.counts.append((at, received_bytes))


def measurement(way: Way, elapsed_s: float, count: int) -> str:
    """Return a measurement in the words of ndt7."""
    app = {"ElapsedTime": round(elapsed_s * 1e6), "NumBytes": count}
    return json.dumps({"AppInfo": app, "Origin": "server", "Test": way.value})


def read_measurement(text: str) -> tuple[float, int] | None:
    """Return seconds and bytes of what the other side counted; None where it says something else."""
    try:
        app = json.loads(text)["AppInfo"]
        return float(app["ElapsedTime"]) / 1e6, int(app["NumBytes"])
    except (ValueError, TypeError, KeyError, OverflowError):
        return None


def is_stop(message: str | bytes) -> bool:
    """Tell whether the person stops the test: a word of our own beside ndt7."""
    return isinstance(message, str) and message == '{"Stop":true}'


async def download(
    connection: ServerConnection, *, seconds: float, most_bytes: int, is_counted: bool
) -> Counted:
    """Send random bytes until time or bytes are over; take the receiver's counts as they come.

    Where the receiver promised its counts (`is_counted`), the latest is waited for.
    """
    done = Counted()
    latest = asyncio.Event()
    listener = asyncio.create_task(_listen(connection, done, latest))
    try:
        done.is_cut_short = not await _send_all(connection, done, seconds, most_bytes)
        if is_counted:
            await connection.send(json.dumps({"Done": done.sent_bytes}))
            with suppress(TimeoutError):
                await asyncio.wait_for(latest.wait(), LATEST_COUNT_WITHIN_S)
    finally:
        listener.cancel()
    return done


async def _send_all(
    connection: ServerConnection, done: Counted, seconds: float, most_bytes: int
) -> bool:
    """Send; return whether time or bytes ran out, and nobody stopped it."""
    size, told_at = FIRST_SIZE, 0.0
    while (at := done.elapsed_s) < seconds and most_bytes - done.sent_bytes >= SMALLEST_SIZE:
        if done.is_stopped:
            return False
        piece = RANDOM[: min(size, most_bytes - done.sent_bytes)]
        await connection.send(piece)
        done.sent_bytes += len(piece)
        if size < LARGEST_SIZE and done.sent_bytes >= size * GROWTH:
            size *= 2
        if at - told_at >= TELL_EVERY_S:
            told_at = at
            await connection.send(measurement(Way.DOWNLOAD, at, done.sent_bytes))
    return True


async def _listen(connection: ServerConnection, done: Counted, latest: asyncio.Event) -> None:
    """Take the receiver's counts in; one that cannot be true is left out."""
    with suppress(ConnectionClosed):
        while True:
            message = await connection.recv()
            if is_stop(message):
                done.is_stopped = True
            if isinstance(message, bytes) or (found := read_measurement(message)) is None:
                continue
            if _may_be(found, done):
                done.received_bytes = found[1]
                done.note(*found)
            if '"Latest"' in message:
                latest.set()


def _may_be(found: tuple[float, int], done: Counted) -> bool:
    """Tell whether a receiver can have counted so: not more than was sent, not in another time."""
    at, received = found
    before = done.counts[-1] if done.counts else (0, 0)
    likely = done.elapsed_s / 2 - CLOCK_SLACK_S <= at <= done.elapsed_s + CLOCK_SLACK_S
    return likely and at * 1000 >= before[0] and before[1] <= received <= done.sent_bytes


async def upload(connection: ServerConnection, *, seconds: float, most_bytes: int) -> Counted:
    """Count what arrives until time or bytes are over, and tell the sender as it goes."""
    # Our page waits for this word, so that nothing is sent while it stands in the queue.
    await connection.send('{"Go":true}')
    done = Counted()
    teller = asyncio.create_task(_tell(connection, done))
    try:
        async with asyncio.timeout(seconds):
            while done.received_bytes < most_bytes:
                message = await connection.recv()
                if is_stop(message):
                    return done
                if isinstance(message, bytes):
                    done.received_bytes += len(message)
                    done.note(done.elapsed_s, done.received_bytes)
        done.is_cut_short = False
    except TimeoutError:
        done.is_cut_short = False
    except ConnectionClosed:
        pass  # the sender went away: what arrived until then was counted
    finally:
        teller.cancel()
    return done


async def _tell(connection: ServerConnection, done: Counted) -> None:
    with suppress(ConnectionClosed):
        while True:
            await asyncio.sleep(TELL_EVERY_S)
            await connection.send(measurement(Way.UPLOAD, done.elapsed_s, done.received_bytes))


async def echo(connection: ServerConnection) -> None:
    """Send short texts back at once, so that the other side knows the round trip."""
    with suppress(ConnectionClosed, TimeoutError):
        async with asyncio.timeout(ECHO_SECONDS):
            for _ in range(MOST_ECHOES):
                message = await connection.recv()
                if isinstance(message, bytes) or len(message) > LONGEST_ECHO:
                    return
                await connection.send(message)
