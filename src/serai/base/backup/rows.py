"""Carry rows from one database to another, whatever their engines, and count them."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

from serai.base.first_tables import make_first_tables

BATCH = 1_000
# Kept by the engines or made anew: not content.
PASSING_TABLES = {"serai_cache", "sqlite_sequence"}
SHADOWS = ("_data", "_idx", "_content", "_docsize", "_config")


@contextmanager
def opened(alias: str, database: Mapping[str, object]) -> Iterator[BaseDatabaseWrapper]:
    """Open one more database under an alias, for as long as the block lasts."""
    connections.settings[alias] = connections.configure_settings(
        {"default": dict(database), alias: dict(database)}
    )[alias]
    try:
        yield connections[alias]
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]


class _OnlyHere:
    """Sends one thread's queries to one database, whatever they were written for."""

    def __init__(self, alias: str) -> None:
        self.alias, self.thread = alias, threading.get_ident()

    def db_for_read(self, model: type[Model], **hints: object) -> str | None:
        """Route reading."""
        return self.alias if threading.get_ident() == self.thread else None

    db_for_write = db_for_read


def migrate(alias: str) -> None:
    """Bring a database's tables up to date; make them in one pass where there are none.

    Packages' migrations may forget which database they run on (django-tasks-db 0016 does).
    """
    chosen = _OnlyHere(alias)
    router.routers.insert(0, chosen)
    try:
        if connections[alias].introspection.table_names():
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        else:
            make_first_tables(alias)
    finally:
        router.routers.remove(chosen)


def content_models() -> list[type[Model]]:
    """Return every model with a table of its own, joining tables included."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    ]


def content_tables(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables that hold content: no caches, no parts of a search index."""
    with connection.cursor() as cursor:
        names = set(connection.introspection.table_names(cursor))
    shadows = {n for n in names for end in SHADOWS if n.endswith(end) and n[: -len(end)] in names}
    return sorted(names - PASSING_TABLES - shadows)


def counts(connection: BaseDatabaseWrapper, tables: list[str]) -> dict[str, int]:
    """Count the rows of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT COUNT(*) FROM {name}")  # noqa: S608  the database's own name
            found[table] = int(cursor.fetchone()[0])
    return found


def model_counts(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """Count the rows of each model's table."""
    return counts(connection, sorted(model._meta.db_table for model in content_models()))


def _copy_model(model: type[Model], source: str, target: str) -> None:
    stored = [f for f in model._meta.local_concrete_fields if not getattr(f, "generated", False)]
    names = [field.attname for field in stored]
    reading = model._base_manager.using(source).order_by("pk").values_list(*names)
    rows = reading.iterator(chunk_size=BATCH)
    size: int = connections[target].ops.bulk_batch_size(stored, [None] * BATCH)
    # raw: every value as it stands; no clock, no default may touch it on the way.
    writing: Any = QuerySet(model, using=target)
    while part := list(islice(rows, min(size, BATCH))):
        things = [model.from_db(source, names, row) for row in part]
        writing._insert(things, fields=stored, using=target, raw=True)


def _defer_constraints(connection: BaseDatabaseWrapper) -> None:
    """Check references at the end: migrations in the same transaction may have said "at once"."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def copy_rows(source: str, target: str) -> dict[str, int]:
    """Fill the target's tables with the source's rows, in one transaction on either side.

    The source takes its write lock first where it has one, so nothing changes underway.

    Returns:
        The rows carried, by table.
    Raises:
        RowsDiffer: when the counts differ at the end; the target is left as it was.
    """
    with transaction.atomic(using=source), transaction.atomic(using=target):
        _defer_constraints(connections[target])
        for model in reversed(content_models()):
            if model._base_manager.using(target).exists():  # rows that migrations wrote
                QuerySet(model, using=target)._raw_delete(target)
        for model in content_models():
            _copy_model(model, source, target)
        before, after = model_counts(connections[source]), model_counts(connections[target])
        if before != after:
            raise RowsDiffer(
                "; ".join(
                    f"{table}: {before[table]} rows here, {after[table]} there"
                    for table in before
                    if before[table] != after[table]
                )
            )
        reset_sequences(target)
    return after


class RowsDiffer(Exception):
    """Two databases that should hold the same rows do not."""


def reset_sequences(alias: str) -> None:
    """Let every next number follow the largest one that came along."""
    connection = connections[alias]
    statements = connection.ops.sequence_reset_sql(no_style(), content_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
