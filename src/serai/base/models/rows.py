"""Rows that belong to a row, read in the same query as it: as JSON, without a model for each."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from django.db import models
from django.db.models.functions import JSONArray

from serai.base.models.translated import TranslatedField, read_stored
from serai.base.text import TranslatedText

ROW = "one_row"
PLAIN = (models.CharField, models.TextField, models.IntegerField)


class RowsField(models.JSONField):
    """What `Rows` gives: a list of what `make` makes of each row's values."""

    def __init__(self, make: Callable[..., Any], readers: "tuple[Reader, ...]") -> None:
        super().__init__()
        self.make, self.readers = make, readers

    def from_db_value(self, value: Any, expression: object, connection: object) -> list[Any]:
        """Turn one column of JSON into rows; a thing that has none gives an empty list."""
        return self.read(value)

    def read(self, value: Any) -> list[Any]:
        """Turn JSON, as text or read already, into rows."""
        rows = json.loads(value) if isinstance(value, str) else value
        return [
            self.make(
                *[
                    one if read is None or one is None else read(one)
                    for read, one in zip(self.readers, row, strict=True)
                ]
            )
            for row in rows or ()
        ]


class Rows(models.Subquery):
    """The rows of an inner query as one column of the outer one, in the inner query's order.

    `Rows(Note, Note.objects.filter(thing=OuterRef("pk")), "id", "text")` gives a list of
    `Note(id, text)`. A page that reads things with all their facts asks the database once.
    """

    template = "(SELECT JSON_GROUP_ARRAY(JSON(%(row)s)) FROM (%(subquery)s) AS %(rows)s)"
    rows = "rows_of_it"

    def __init__(
        self, make: Callable[..., Any], queryset: models.QuerySet[Any], *paths: str, **extra: Any
    ) -> None:
        inner = queryset.annotate(**{ROW: JSONArray(*paths)}).values(ROW)
        columns = inner.query.annotations[ROW].get_source_expressions()
        readers = tuple(_reader(column.output_field) for column in columns)
        super().__init__(inner, output_field=RowsField(make, readers), **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        """Gather the inner rows in the words of the engine."""
        quote = connection.ops.quote_name
        template = self.template
        if connection.vendor == "postgresql":
            template = "(SELECT JSONB_AGG(%(row)s) FROM (%(subquery)s) AS %(rows)s)"
        extra = {"row": quote(ROW), "rows": quote(self.rows), **extra}
        return super().as_sql(compiler, connection, template=template, **extra)


Reader = Callable[[Any], Any] | None


def _reader(field: Any) -> Reader:
    """Return what turns a value of JSON into a field's own; None where it is that already."""
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    if isinstance(field, RowsField):
        return field.read
    for kind, read in READERS:
        if isinstance(field, kind):
            return read
    if isinstance(field, PLAIN):
        return None
    raise TypeError(f"Rows cannot carry a {type(field).__name__}.")


def _moment(value: str) -> datetime:
    found = datetime.fromisoformat(value)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _translated(value: Any) -> TranslatedText:
    return read_stored(value) if isinstance(value, str) else TranslatedText.from_json(value)


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


READERS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, _moment),
    (models.DateField, date.fromisoformat),
    (models.BooleanField, bool),
    (TranslatedField, _translated),
    (models.JSONField, _json),
)
