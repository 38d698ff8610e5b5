"""The score of each dimension stands with its assessment, and stays once that is confirmed."""

from django.db import migrations, models

TABLE, NAME = "readiness_assessment", "readiness_assessment_dimensions_stay"
SAYS = "keeps what was recorded: record a new row instead"
FIXED = "('confirmed', 'superseded')"


def protect(apps, schema_editor):
    """Make the trigger, beside that of 0002 for the other columns."""
    if schema_editor.connection.vendor != "postgresql":
        schema_editor.execute(
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.state IN {FIXED} AND NEW.dimensions IS NOT OLD.dimensions) "
            f"BEGIN SELECT RAISE(ABORT, '{TABLE} {SAYS}'); END",
            params=None,
        )
        return
    schema_editor.execute(
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF OLD.state IN {FIXED} AND NEW.dimensions::text IS DISTINCT FROM OLD.dimensions::text "
        f"THEN RAISE EXCEPTION '{TABLE} {SAYS}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION {NAME}()",
        params=None,
    )


def release(apps, schema_editor):
    """Take the trigger away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    on = f" ON {TABLE}" if on_postgresql else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {NAME}{on}")
    if on_postgresql:
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


class Migration(migrations.Migration):
    """Adds the column without a default, so that the table and its triggers stay as they are."""

    dependencies = [("readiness", "0002_kept")]
    operations = [
        migrations.AddField("assessment", "dimensions", models.JSONField(blank=True, null=True)),
        migrations.RunPython(protect, release),
    ]
