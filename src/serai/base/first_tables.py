"""Make all tables of an empty database in one pass, from the models as all migrations leave them.

Running every migration on an empty database draws the whole house again after each step, which
takes half a minute of processor; this takes a few seconds. What migrations do besides tables (our triggers, the search
index) is done too, and all of them are recorded as applied, so later ones follow as usual.
`tests/base/test_first_tables.py` holds both ways against each other.
"""

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration, RunPython, RunSQL
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import StateApps

HOUSE = "serai."


def make_first_tables(alias: str = DEFAULT_DB_ALIAS) -> None:
    """Create tables, triggers and indexes; record every migration.

    The database must be empty: a table that is there already is a database error, nothing is made.
    """
    connection = connections[alias]
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    emit_pre_migrate_signal(0, False, connection.alias)
    executor.recorder.ensure_schema()
    # The models as the migrations leave them: today's code may number a link table otherwise.
    models = executor.loader.project_state().apps
    with connection.schema_editor(atomic=True) as editor:
        for model in models.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
    with connection.schema_editor(atomic=True) as editor:
        for migration, _backwards in plan:
            if _is_ours(migration):
                _by_hand(migration, models, editor)
        for migration, _backwards in plan:
            executor.recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(0, False, connection.alias)


def _is_ours(migration: Migration) -> bool:
    return apps.get_app_config(migration.app_label).name.startswith(HOUSE)


def _by_hand(migration: Migration, models: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Do what a migration of ours does besides tables."""
    for operation in migration.operations:
        if isinstance(operation, RunPython):
            operation.code(models, editor)
        elif isinstance(operation, RunSQL):
            editor.execute(str(operation.sql), params=None)
