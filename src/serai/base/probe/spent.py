"""Which tickets were used: a small file of the probe's own, so that it needs no database."""

import sqlite3
from contextlib import closing


class Spent:
    """Counts the uses of tickets; a ticket is forgotten once it has expired."""

    def __init__(self, path: str = ":memory:") -> None:
        self._store = sqlite3.connect(path, isolation_level=None, timeout=5)
        # After a crash a ticket might be used twice: its receipt is taken in once anyway.
        self._store.execute("PRAGMA synchronous = OFF")
        self._store.execute(
            "CREATE TABLE IF NOT EXISTS spent (ticket TEXT, path TEXT, uses INTEGER NOT NULL,"
            " until REAL NOT NULL, PRIMARY KEY (ticket, path)) WITHOUT ROWID"
        )

    def take(self, ticket: str, path: str, *, most: int, until: float) -> bool:
        """Note one more use; False where it was used as often as it may be."""
        with closing(
            self._store.execute(
                "INSERT INTO spent VALUES (?, ?, 1, ?) ON CONFLICT (ticket, path)"
                " DO UPDATE SET uses = uses + 1 WHERE uses < ?",
                (ticket, path, until, most),
            )
        ) as done:
            return done.rowcount == 1

    def forget(self, now: float) -> int:
        """Forget what has expired; return how many."""
        return self._store.execute("DELETE FROM spent WHERE until < ?", (now,)).rowcount

    def close(self) -> None:
        """Close the file."""
        self._store.close()
