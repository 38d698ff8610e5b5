"""Carry everything from one database into another, empty one."""

from django.core.management import call_command
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from serai.base.backup import rows

# Migrations write these rows themselves, so they do not make a database a used one.
WRITTEN_BY_MIGRATE = {"django_content_type", "auth_permission"}


class CannotMove(Exception):
    """The other database cannot take the house."""


def _refuse_used(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        present = set(connection.introspection.table_names(cursor))
    if present and "django_migrations" not in present:
        raise CannotMove(
            f"The other database holds other things, such as the table {min(present)}. "
            "Name an empty one."
        )
    own = sorted({m._meta.db_table for m in rows.content_models()} & present - WRITTEN_BY_MIGRATE)
    filled = [table for table, count in rows.counts(connection, own).items() if count]
    if filled:
        raise CannotMove(
            f"The other database is in use: the table {filled[0]} has rows. Name an empty one."
        )


def move(source: str, target: str) -> dict[str, int]:
    """Prepare the target's tables and fill them.

    Returns:
        The rows of each table, equal on both sides.
    Raises:
        CannotMove: when the target is in use; nothing was written.
        RowsDiffer: when not every row arrived; no row was written.
    """
    connection = connections[target]
    if connection.settings_dict["NAME"] == connections[source].settings_dict["NAME"]:
        raise CannotMove("Both addresses name one database. Name another after --to.")
    _refuse_used(connection)
    rows.migrate(target)
    call_command("createcachetable", database=target, verbosity=0)
    return rows.copy_rows(source, target)
