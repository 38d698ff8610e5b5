"""Plans, completions and the other dated facts are never changed, and only samples are removed."""

from django.db import migrations

TABLES = (
    "programme_plan",
    "programme_planverdict",
    "programme_completion",
    "programme_withdrawal",
    "programme_baseline",
    "programme_step",
    "programme_actionnote",
    "programme_riskreview",
)
SAYS = "is append-only: record a new row instead"


def protect(apps, schema_editor):
    """Refuse UPDATE always and DELETE of what is not sample, on both engines."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION programme_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for table in TABLES:
        for verb, when in (("UPDATE", ""), ("DELETE", "WHEN (OLD.sample = {false}) ")):
            name = f"{table}_no_{verb.lower()}"
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW "
                    f"{when.format(false='false')}EXECUTE FUNCTION programme_append_only()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when.format(false='0')}"
                    f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
                )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS programme_append_only()")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
