"""Few tests at once, the others in a queue and told so."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

ASK_AGAIN_S = 1.0


class Crowded(Exception):
    """The queue is full."""


class Turns:
    """Hands out a fixed number of places, first come, first served.

    Attributes:
        waiting: how many wait now.
    """

    def __init__(self, places: int, most_waiting: int) -> None:
        self._free = places
        self._most_waiting = most_waiting
        self._queue: deque[asyncio.Future[None]] = deque()

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return len(self._queue)

    async def enter(self, tell: Callable[[int], Awaitable[None]]) -> None:
        """Take a place, or wait for one and be told every second how many are before.

        Raises:
            Crowded: if too many wait already.
        """
        if self._free:
            self._free -= 1
            return
        if len(self._queue) >= self._most_waiting:
            raise Crowded
        mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue.append(mine)
        try:
            while not mine.done():
                await tell(self._queue.index(mine))
                await asyncio.wait([mine], timeout=ASK_AGAIN_S)
        except BaseException:
            # Whoever goes away while being called hands the place on.
            if mine.done():
                self.leave()
            else:
                self._queue.remove(mine)
            raise

    def leave(self) -> None:
        """Give the place to whoever waits longest."""
        if self._queue:
            self._queue.popleft().set_result(None)
        else:
            self._free += 1
