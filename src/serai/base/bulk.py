"""Rows in one statement each act, in words that are put together once.

Django's `save` and `bulk_create` make words of each row and value anew: twenty times the database's
own work for a hundred short rows, and three times for one. Signals and `save()` of a model do not
run here.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.db.models import CharField, Field, Model, TextField

Fields = tuple["Field[Any, Any]", ...]


@lru_cache(maxsize=64)
def _head(model: type[Model]) -> tuple[str, str, Fields]:
    """Return how an insert begins, how it ends, and the fields in between."""
    quote, pk = connection.ops.quote_name, model._meta.pk
    fields = tuple(one for one in model._meta.concrete_fields if one is not pk)
    columns = ", ".join(quote(one.column or one.name) for one in fields)
    table = quote(model._meta.db_table)
    return f"INSERT INTO {table} ({columns})", f"RETURNING {quote(pk.column or 'id')}", fields


def _values(row: Model, fields: Fields) -> list[Any]:
    return [one.get_db_prep_save(one.pre_save(row, True), connection) for one in fields]


def insert_rows(rows: Sequence[Model]) -> None:
    """Store new rows of one model, in one statement; each is told its number."""
    if not rows:
        return
    head, tail, fields = _head(type(rows[0]))
    marks = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"{head} VALUES {', '.join([marks] * len(rows))} {tail}",
            [value for row in rows for value in _values(row, fields)],
        )
        numbers = sorted(found[0] for found in cursor.fetchall())
    for row, number in zip(rows, numbers, strict=True):
        _stands(row, number)


def insert_row_where(
    row: Model, condition: str, values: Sequence[Any], *, unless: str
) -> bool:  # fmt: skip
    """Store a new row if a condition holds as it is stored, and none has its name; tell whether.

    Args:
        row: told its number where it was stored.
        condition: SQL of ours, with a place for each of `values`.
        values: as the database takes them.
        unless: the unique column that names it.
    """
    head, tail, fields = _head(type(row))
    quoted = connection.ops.quote_name(unless)
    with connection.cursor() as cursor:
        cursor.execute(
            f"{head} SELECT {', '.join(['%s'] * len(fields))} WHERE {condition} "
            f"ON CONFLICT ({quoted}) DO NOTHING {tail}",
            [*_values(row, fields), *values],
        )
        found = cursor.fetchone()
    if found is None:
        return False
    _stands(row, found[0])
    return True


def update_row(row: Model, names: Sequence[str]) -> None:
    """Store some fields of a row that stands.

    Raises:
        ObjectDoesNotExist: it stands no more.
    """
    words, fields = _update(type(row), tuple(names))
    values = [one.get_db_prep_save(one.pre_save(row, False), connection) for one in fields]
    with connection.cursor() as cursor:
        cursor.execute(words, [*values, row.pk])
        if not cursor.rowcount:
            raise ObjectDoesNotExist(f"{row._meta.label}:{row.pk}")


@lru_cache(maxsize=64)
def _update(model: type[Model], names: tuple[str, ...]) -> tuple[str, Fields]:
    quote = connection.ops.quote_name
    fields: Fields = tuple(model._meta.get_field(one) for one in names)  # type: ignore[misc]
    news = ", ".join(f"{quote(one.column or one.name)} = %s" for one in fields)
    table, pk = quote(model._meta.db_table), quote(model._meta.pk.column or "id")
    return f"UPDATE {table} SET {news} WHERE {pk} = %s", fields  # noqa: S608 names are ours


def _stands(row: Model, number: int) -> None:
    row.pk = number
    row._state.adding, row._state.db = False, connection.alias


def insert_texts(
    model: type[Model], names: Sequence[str], rows: Sequence[tuple[Any, ...]],
    shared: Mapping[str, Any], *, over: tuple[Sequence[str], Sequence[str]] | None = None,
) -> list[int]:  # fmt: skip
    """Store rows of texts and return their numbers, in their order.

    Args:
        model: whose table; columns that are neither named nor shared take the database's default.
        names: columns of which each row brings its own text, or number.
        rows: one text, or number, for each name; None for none.
        shared: what every row has alike, by column, as the database takes it.
        over: the columns that name a row, and those that replace what stands under its name.
    """
    if not rows:
        return []
    fields = {field.column: field for field in model._meta.concrete_fields}
    given = [fields[column].get_db_prep_save(value, connection) for column, value in shared.items()]
    words = _words(model, tuple(shared), tuple(names), over and (tuple(over[0]), tuple(over[1])))
    with connection.cursor() as cursor:
        cursor.execute(words, [*given, json.dumps(rows)])
        return sorted(row[0] for row in cursor.fetchall())


@lru_cache(maxsize=64)
def _words(
    model: type[Model], shared: tuple[str, ...], names: tuple[str, ...],
    over: tuple[tuple[str, ...], tuple[str, ...]] | None,
) -> str:  # fmt: skip
    quote = connection.ops.quote_name
    fields = {field.column: field for field in model._meta.concrete_fields}
    columns = ", ".join(quote(one) for one in (*shared, *names))
    alike = "".join("%s, " for _ in shared)
    if connection.vendor == "postgresql":
        texts = ", ".join(f"(r.texts ->> {n}){_cast(fields[one])}" for n, one in enumerate(names))
        source, order = "json_array_elements(%s::json) WITH ORDINALITY AS r(texts, n)", "r.n"
    else:
        texts = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(names)))
        source, order = "json_each(%s)", "key"
    replaced = ""
    if over is not None:
        news = ", ".join(f"{quote(one)} = excluded.{quote(one)}" for one in over[1])
        replaced = f"ON CONFLICT ({', '.join(quote(one) for one in over[0])}) DO UPDATE SET {news} "
    return (
        f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "  # noqa: S608 names are ours
        f"SELECT {alike}{texts} FROM {source} WHERE true ORDER BY {order} {replaced}"
        f"RETURNING {quote(model._meta.pk.column or 'id')}"
    )


def _cast(field: "Field[Any, Any]") -> str:
    """Return how PostgreSQL makes a column's value of a text; SQLite takes what JSON says."""
    if isinstance(field, CharField | TextField):
        return ""
    return f"::{field.db_type(connection)}"
