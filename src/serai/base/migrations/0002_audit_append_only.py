"""The audit is never changed and nothing is taken from it, on both engines."""

from django.db import migrations

TABLES = ("base_auditentry", "base_auditseal")
SAYS = "is append-only: nothing in the audit is changed or removed"


def protect(apps, schema_editor):
    """Refuse UPDATE and DELETE of every row."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION base_audit_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            name = f"{table}_no_{verb.lower()}"
            if on_postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
                    "FOR EACH ROW EXECUTE FUNCTION base_audit_append_only()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
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
        schema_editor.execute("DROP FUNCTION IF EXISTS base_audit_append_only()")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("base", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
