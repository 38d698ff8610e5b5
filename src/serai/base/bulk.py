"""Many rows of texts in one statement, without an object for each.

Django's `bulk_create` makes an object of each row and puts every value into words by itself: twenty
times the database's own work for a hundred short rows.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model


def insert_texts(
    model: type[Model], names: Sequence[str], rows: Sequence[tuple[str, ...]],
    shared: Mapping[str, Any],
) -> list[int]:  # fmt: skip
    """Store rows of texts and return their numbers, in their order.

    Args:
        model: whose table; columns that are neither named nor shared take the database's default.
        names: columns of which each row brings its own text.
        rows: one text for each name.
        shared: what every row has alike, by column, as the database takes it.
    """
    if not rows:
        return []
    quote = connection.ops.quote_name
    columns = ", ".join(quote(one) for one in (*shared, *names))
    fields = {field.column: field for field in model._meta.concrete_fields}
    given = [fields[column].get_db_prep_save(value, connection) for column, value in shared.items()]
    alike = "".join("%s, " for _ in shared)
    if connection.vendor == "postgresql":
        texts = ", ".join(f"r.texts ->> {n}" for n in range(len(names)))
        source = "json_array_elements(%s::json) WITH ORDINALITY AS r(texts, n) ORDER BY r.n"
    else:
        texts = ", ".join(f"json_extract(value, '$[{n}]')" for n in range(len(names)))
        source = "json_each(%s) ORDER BY key"
    pk = quote(model._meta.pk.column or "id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({columns}) "  # noqa: S608 names are ours
            f"SELECT {alike}{texts} FROM {source} RETURNING {pk}",
            [*given, json.dumps(rows)],
        )
        return sorted(row[0] for row in cursor.fetchall())
