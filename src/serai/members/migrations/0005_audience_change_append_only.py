"""Acts of release are never changed, and only those of sample people are removed."""

from django.db import migrations

TABLE = "members_audiencechange"
SAYS = f"{TABLE} is append-only: record a new row instead"
KINDS = (("UPDATE", ""), ("DELETE", "WHEN (OLD.sample = {false}) "))


def protect(apps, schema_editor):
    """Refuse UPDATE always and DELETE of what is not sample, on both engines."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION members_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{SAYS}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for verb, when in KINDS:
        head = f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} FOR EACH ROW "
        if on_postgresql:
            does = f"{when.format(false='false')}EXECUTE FUNCTION members_append_only()"
        else:
            does = f"{when.format(false='0')}BEGIN SELECT RAISE(ABORT, '{SAYS}'); END"
        schema_editor.execute(head + does)


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb, _when in KINDS:
        on = f" ON {TABLE}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb.lower()}{on}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS members_append_only()")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("members", "0004_audience_change_sample")]
    operations = [migrations.RunPython(protect, release)]
