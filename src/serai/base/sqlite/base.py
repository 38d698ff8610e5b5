"""Django's SQLite backend, whose writers take turns (`DATABASES["default"]["ENGINE"]`)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.utils import DatabaseError

from serai.base.sqlite.turns import Turns, turns_of

WRITES = re.compile(r"\s*(insert|update|delete|replace)\b", re.IGNORECASE)


class Cursor(base.SQLiteCursorWrapper):
    """A cursor that takes a turn for a statement that writes outside of any transaction."""

    wrapper: "DatabaseWrapper"

    def execute(self, query: str, params: Any = None) -> Any:
        """Run one statement."""
        with self.wrapper.turn_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run one statement for each row of values."""
        with self.wrapper.turn_for(query):
            return super().executemany(query, param_list)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that writes when its turn has come."""

    _held: Turns | None = None

    @contextmanager
    def turn_for(self, query: str) -> Iterator[None]:
        """Take a turn for a statement that is a transaction of its own; others have theirs."""
        is_lone = self._held is None and not self.in_atomic_block and WRITES.match(query)
        if not is_lone:
            yield
            return
        self._take_turn()
        try:
            yield
        finally:
            self._give_turn_back()

    def create_cursor(self, name: str | None = None) -> Any:
        """Make a cursor that knows its connection."""
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    def _start_transaction_under_autocommit(self) -> None:
        self._take_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn_back()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        except DatabaseError:
            raise  # it rolls back, and gives the turn back then
        except BaseException:
            self._rollback()
            raise
        self._give_turn_back()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn_back()

    def _take_turn(self) -> None:
        if self.is_in_memory_db() or self._held is not None:
            return
        turns = turns_of(Path(self.settings_dict["NAME"]))
        turns.take(float(self.settings_dict["OPTIONS"].get("timeout", 5)))
        self._held = turns

    def _give_turn_back(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.give_back()
