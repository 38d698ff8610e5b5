"""Whose turn it is to write.

SQLite lets one connection write at a time. The others ask again and again, at growing intervals,
and none of them stands in a line: with 32 people who save, most of the time nobody writes and the
unlucky wait for seconds. So whoever wants to write takes a turn first: within a process in the
order in which they came, between processes by a lock on a file beside the database.
"""

import fcntl
import os
import time
from collections import deque
from pathlib import Path
from threading import Lock

from django.db.utils import OperationalError

LOOK_AGAIN_SECONDS = 0.001


class Turns:
    """The line before one database file; one object for each process and file."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-turn")
        self._door, self._line = Lock(), deque[Lock]()
        self._is_taken = False
        self._file: tuple[int, int] | None = None

    def take(self, seconds: float) -> None:
        """Wait for one's turn.

        Raises:
            OperationalError: if it has not come within the seconds.
        """
        until = time.monotonic() + seconds
        self._stand_in_line(seconds)
        try:
            self._hold_file(until)
        except BaseException:
            self._call_next()
            raise

    def give_back(self) -> None:
        """Let the next one write."""
        fcntl.flock(self._descriptor(), fcntl.LOCK_UN)
        self._call_next()

    def _stand_in_line(self, seconds: float) -> None:
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return
            called = Lock()
            called.acquire()
            self._line.append(called)
        if called.acquire(timeout=seconds):
            return
        with self._door:
            if called in self._line:
                self._line.remove(called)
                raise OperationalError("database is locked")
        # Called at the very moment of giving up: the turn is ours.

    def _call_next(self) -> None:
        with self._door:
            if self._line:
                self._line.popleft().release()
            else:
                self._is_taken = False

    def _hold_file(self, until: float) -> None:
        while True:
            try:
                fcntl.flock(self._descriptor(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise OperationalError("database is locked") from None
                time.sleep(LOOK_AGAIN_SECONDS)
            else:
                return

    def _descriptor(self) -> int:
        """Return this process's own handle: a forked one would share its parent's lock."""
        if self._file is None or self._file[0] != os.getpid():
            self._file = os.getpid(), os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
        return self._file[1]


_TURNS: dict[Path, Turns] = {}
_KNOWN = Lock()


def turns_of(database: Path) -> Turns:
    """Return the line before a database file."""
    with _KNOWN:
        return _TURNS.setdefault(database, Turns(database))
