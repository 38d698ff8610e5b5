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
LINES = "programme_baselineline"
# A baseline's line has no mark of its own: it is sample with its baseline or its plan.
LINE_IS_SAMPLE = (
    "COALESCE((SELECT sample FROM programme_baseline WHERE id = OLD.baseline_id), {true})"
    " OR COALESCE((SELECT sample FROM programme_plan WHERE id = OLD.plan_id), {true})"
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
    protect_lines(schema_editor)


def protect_lines(schema_editor):
    """Refuse the same of a baseline's lines."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION programme_lines_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF TG_OP = 'DELETE' AND ({LINE_IS_SAMPLE.format(true='true')}) "
            f"THEN RETURN OLD; END IF; RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {LINES}_kept BEFORE UPDATE OR DELETE ON {LINES} "
            "FOR EACH ROW EXECUTE FUNCTION programme_lines_append_only()"
        )
        return
    refuse = f"BEGIN SELECT RAISE(ABORT, '{LINES} {SAYS}'); END"
    schema_editor.execute(f"CREATE TRIGGER {LINES}_no_update BEFORE UPDATE ON {LINES} {refuse}")
    schema_editor.execute(
        f"CREATE TRIGGER {LINES}_no_delete BEFORE DELETE ON {LINES} "
        f"WHEN NOT ({LINE_IS_SAMPLE.format(true='1')}) {refuse}"
    )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
    if on_postgresql:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {LINES}_kept ON {LINES}")
        schema_editor.execute("DROP FUNCTION IF EXISTS programme_lines_append_only()")
        schema_editor.execute("DROP FUNCTION IF EXISTS programme_append_only()")
    else:
        for verb in ("update", "delete"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {LINES}_no_{verb}")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("programme", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
