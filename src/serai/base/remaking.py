"""Migrations that make a table anew on SQLite although triggers of other tables name it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState


class RemakingMigration(migrations.Migration):
    """A migration of a table that a trigger reads.

    SQLite changes most of a table by making it anew under another name, and refuses to give the
    old name back while a trigger speaks of the table that is gone for a moment. Its older way of
    renaming asks nothing of triggers, and none of them changes.
    """

    def apply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """Apply the migration."""
        with _renaming_the_older_way(schema_editor):
            return super().apply(project_state, schema_editor, collect_sql)

    def unapply(
        self,
        project_state: ProjectState,
        schema_editor: BaseDatabaseSchemaEditor,
        collect_sql: bool = False,
    ) -> ProjectState:
        """Take the migration back."""
        with _renaming_the_older_way(schema_editor):
            return super().unapply(project_state, schema_editor, collect_sql)


@contextmanager
def _renaming_the_older_way(schema_editor: BaseDatabaseSchemaEditor) -> Iterator[None]:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    if is_sqlite:
        schema_editor.execute("PRAGMA legacy_alter_table = ON")
    try:
        yield
    finally:
        if is_sqlite:
            schema_editor.execute("PRAGMA legacy_alter_table = OFF")
