"""The database's clock: the only one all workers share."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.db.models import DateTimeField, ExpressionWrapper
from django.db.models.expressions import Combinable
from django.db.models.functions import Now


def database_now() -> datetime:
    """Ask the database what time it is."""
    question = (
        "SELECT statement_timestamp()"
        if connection.vendor == "postgresql"
        else "SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"
    )
    with connection.cursor() as cursor:
        cursor.execute(question)
        found = cursor.fetchone()[0]
    if isinstance(found, datetime):
        return found
    return datetime.strptime(found, "%Y-%m-%d %H:%M:%S.%f").replace(tzinfo=UTC)


def from_now(span: timedelta) -> Combinable:
    """Return the expression "database now + span"."""
    return ExpressionWrapper(Now() + span, output_field=DateTimeField())
