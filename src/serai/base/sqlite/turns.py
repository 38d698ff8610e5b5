"""Whose turn it is to write.

SQLite lets one connection write at a time. The others ask again and again, at growing intervals,
and none of them stands in a line: with 32 people who save, most of the time nobody writes and the
unlucky wait for seconds. So whoever wants to write takes a turn first: within a process in the
order in which they came, between processes by a lock on a file beside the database.

The turn is a courtesy. SQLite's own lock keeps the data whole, so where the file beside the
database cannot be had (another user's, a full disk, a mount without locks) writing goes on.
"""

import contextlib
import fcntl
import logging
import os
import time
from collections import deque
from pathlib import Path
from threading import Lock

from django.db.utils import OperationalError

LOG = logging.getLogger("serai.sqlite")
LOOK_AGAIN_SECONDS = 0.001


class Turns:
    """The line before one database file; one object for each process and file."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._path = database.with_name(f"{database.name}-turn")
        self._door, self._line = Lock(), deque[Lock]()
        self._is_taken = self._is_locked = self._is_told = False
        self._file: int | None = None

    def take(self, seconds: float) -> None:
        """Wait for one's turn.

        Raises:
            OperationalError: if it has not come within the seconds.
        """
        until = time.monotonic() + seconds
        self._stand_in_line(seconds)
        try:
            self._is_locked = self._lock_file(until)
        except BaseException:
            self._call_next()
            raise

    def give_back(self) -> None:
        """Let the next one write."""
        try:
            if self._is_locked and self._file is not None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
        finally:
            self._is_locked = False
            self._call_next()

    def forget(self) -> None:
        """Let go of what a forked process has from its parent: its lock would outlive the parent."""
        if self._file is not None:
            os.close(self._file)
        self._file, self._is_locked = None, False

    def _stand_in_line(self, seconds: float) -> None:
        with self._door:
            if not self._is_taken:
                self._is_taken = True
                return
            called = Lock()
            called.acquire()
            self._line.append(called)
        is_called = False
        try:
            is_called = called.acquire(timeout=seconds)
        finally:
            if not is_called and not self._left_line(called):
                self._call_next()  # called at the very moment of giving up
        if not is_called:
            raise OperationalError("database is locked")

    def _left_line(self, called: Lock) -> bool:
        with self._door, contextlib.suppress(ValueError):
            self._line.remove(called)
            return True
        return False

    def _call_next(self) -> None:
        with self._door:
            if self._line:
                self._line.popleft().release()
            else:
                self._is_taken = False

    def _lock_file(self, until: float) -> bool:
        """Return whether the file is locked; False where it cannot be had at all."""
        while True:
            try:
                fcntl.flock(self._opened(), fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() > until:
                    raise OperationalError("database is locked") from None
                time.sleep(LOOK_AGAIN_SECONDS)
            except OSError as error:
                if not self._is_told:
                    self._is_told = True
                    LOG.warning("no turns between processes: %s", error.strerror)
                return False
            else:
                return True

    def _opened(self) -> int:
        """Open the file once for this process; it belongs to whoever owns the database."""
        if self._file is None:
            is_new = not self._path.exists()
            self._file = os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600)
            if is_new and self._database.exists():
                owner = self._database.stat()
                os.fchmod(self._file, owner.st_mode & 0o666)
                if os.geteuid() == 0:
                    os.fchown(self._file, owner.st_uid, owner.st_gid)
        return self._file


_TURNS: dict[Path, Turns] = {}
_KNOWN = Lock()


def turns_of(database: Path) -> Turns:
    """Return the line before a database file."""
    with _KNOWN:
        return _TURNS.setdefault(database, Turns(database))


def _begin_anew() -> None:
    """Stand in no line of the process one was forked from."""
    global _KNOWN
    for turns in _TURNS.values():
        turns.forget()
    _TURNS.clear()
    _KNOWN = Lock()


os.register_at_fork(after_in_child=_begin_anew)
