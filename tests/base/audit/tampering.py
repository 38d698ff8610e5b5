"""Change the audit as somebody with the database's password could: with the triggers off."""

from contextlib import contextmanager
from datetime import UTC, datetime

from django.db import connection

from serai.base import audit
from serai.base.models import AuditEntry

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
TABLES = ("base_auditentry", "base_auditseal")


def lines(count, *, at=NOON):
    """Leave lines, as actions do."""
    return [
        audit.record(by=7, verb="close", thing=f"surveys.survey:{n}", after={"n": n}, at=at)
        for n in range(1, count + 1)
    ]


@contextmanager
def triggers_off():
    """Take the triggers away for a while."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield cursor
            for table in TABLES:
                cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'base_audit%'"
        )
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}")
        yield cursor
        for _, sql in found:
            cursor.execute(sql)


def change(pk, **fields):
    with triggers_off():
        AuditEntry.objects.filter(pk=pk).update(**fields)


def remove(table, column, value):
    with triggers_off() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {column} = %s", [value])
