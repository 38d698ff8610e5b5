"""Queries put into the engine's words once and asked many times.

A question with ten parts costs the database half a millisecond and Django ten to put into words.
A room keeps its large questions ready in an `lru_cache` whose key is all that the question depends
on: the whole viewer and the day. So nobody is ever given another viewer's words.
"""

import copy
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections, models

Row = TypeVar("Row")
# Of one question, how many viewers and days are kept ready in a process: some 50 kB each.
KEPT = 16
# Stand in a query for a number or a text that each asking brings along.
ANY_NUMBER = 9_007_199_254_740_881
SAID = "_serai_said"
ANY_TEXT = "any text, brought along by each asking"


class Ready(Generic[Row]):
    """One query, put into words; prefetching is not part of it."""

    def __init__(self, queryset: "models.QuerySet[Any, Row]") -> None:
        self._queryset = queryset.all()
        self._compiler = queryset.query.get_compiler(using=queryset.db)
        try:
            self._sql, self._values = self._compiler.as_sql()
        except EmptyResultSet:
            self._sql, self._values = "", ()
        # Else the connection of the thread that happens to ask first would stay open for ever.
        self._compiler.connection = None

    def rows(self, read: Row | None = None, **brought: int | str) -> list[Row]:
        """Ask the database; return rows as the queryset would.

        Args:
            read: a row of `kept_rows`, of this query or one with the same columns. Where the
                database says exactly the same it is given back itself, once.
            brought: `number` and `text`, for what the query has `ANY_NUMBER` and `ANY_TEXT`.

        Raises:
            ValueError: where the query has no place for what is brought, or a place for what is not.
        """
        if not self._sql:
            return []
        said = vars(read).pop(SAID, None) if read is not None else None
        found, raw = self._asked(brought, said)
        return [read] if read is not None and said is not None and raw == [said] else found

    def kept_rows(self, **brought: int | str) -> list[Row]:
        """Return rows of a model that remember what the database said of each."""
        found, raw = self._asked(brought) if self._sql else ([], [])
        for row, said in zip(found, raw, strict=True):
            vars(row)[SAID] = said
        return found

    def _asked(
        self, brought: dict[str, int | str], said: Any = None
    ) -> tuple[list[Row], list[Any]]:
        """Return rows and what the database said; no rows where it said one thing known before."""
        values = self._with(brought)
        raw: list[Any] = []
        asked = self._queryset._chain()  # type: ignore[attr-defined]
        asked._query = copy.copy(asked.query)  # by its name the setter would change what rows are
        asked._query.get_compiler = lambda *_args, **_options: self._compiler_for(values, raw, said)
        return list(asked._iterable_class(asked)), raw

    def _with(self, brought: dict[str, int | str]) -> tuple[Any, ...]:
        places = {"number": ANY_NUMBER, "text": ANY_TEXT}
        for name, place in places.items():
            if (place in self._values) != (name in brought):
                raise ValueError(f"This query and its asking do not agree on a {name}.")
        given = {places[name]: value for name, value in brought.items()}
        if not given:
            return tuple(self._values)
        return tuple(
            given.get(value, value) if isinstance(value, int | str) else value
            for value in self._values
        )

    def _compiler_for(self, values: tuple[Any, ...], raw: list[Any], said: Any) -> Any:
        """Return a compiler that has done its work, on this thread's own connection."""
        ready = copy.copy(self._compiler)
        ready.connection = connections[self._queryset.db]
        ready.as_sql = lambda: (self._sql, values)
        ready.execute_sql = lambda *_args, **_options: self._heard(ready, raw, said)
        ready.get_converters = lambda expressions: self._converters_for(ready, expressions)
        return ready

    @staticmethod
    def _heard(ready: Any, raw: list[Any], said: Any) -> list[list[Any]]:
        """Ask; note what the database says before it is made into rows, unless it is known."""
        for some in type(ready).execute_sql(ready) or ():
            raw += some
        return [] if said is not None and raw == [said] else [raw]

    def _converters_for(self, ready: Any, expressions: Any) -> Any:
        """Return what turns columns into values, looked up once for each connection.

        They belong to the connection, so it keeps them: kept here it would never be let go.
        """
        kept = vars(ready.connection).setdefault("serai_converters", WeakKeyDictionary())
        if self not in kept:
            kept[self] = type(ready).get_converters(ready, expressions)
        return kept[self]
