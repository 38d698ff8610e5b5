"""What was answered, signed, cleared or sent never changes; only samples are removed.

An answer's value and salt may be emptied together, so that personal data can be erased and the
chain of the audit still verifies.
"""

from django.db import migrations

TABLES = (
    "surveys_answer",
    "surveys_entryact",
    "surveys_signoff",
    "surveys_clearance",
    "surveys_submission",
)
ANSWER = "surveys_answer"
KEPT = (
    "id", "response_id", "path", "entry", "reason", "form_version_id", "author_id",
    "on_behalf_of_id", "source", "client_id", "at", "sample",
)  # fmt: skip
SAYS = "is append-only: record a new row instead"


def _changes(different: str) -> str:
    """Say when an update of an answer does more than empty value and salt."""
    kept = " OR ".join(f"(NEW.{name} {different} OLD.{name})" for name in KEPT)
    return f"NOT (NEW.value = '' AND NEW.salt = '') OR {kept}"


def protect(apps, schema_editor):
    """Refuse UPDATE, and DELETE of what is not sample, on both engines."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    if on_postgresql:
        schema_editor.execute(
            "CREATE FUNCTION surveys_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
    for table in TABLES:
        for verb in ("UPDATE", "DELETE"):
            when = ""
            if verb == "DELETE":
                when = f"WHEN (OLD.sample = {'false' if on_postgresql else '0'}) "
            elif table == ANSWER:
                when = f"WHEN ({_changes('IS DISTINCT FROM' if on_postgresql else 'IS NOT')}) "
            what = (
                "FOR EACH ROW {when}EXECUTE FUNCTION surveys_append_only()"
                if on_postgresql
                else "{when}BEGIN SELECT RAISE(ABORT, '{table} {says}'); END"
            ).format(when=when, table=table, says=SAYS)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} {what}",
                params=None,
            )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb in ("update", "delete"):
            on = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS surveys_append_only()")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("surveys", "0001_initial")]
    operations = [migrations.RunPython(protect, release)]
