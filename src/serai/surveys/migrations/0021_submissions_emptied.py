"""What a device handed in may be emptied, text and sum together, so that personal data is erased."""

from django.db import migrations

TABLE = "surveys_submission"
SAYS = "is append-only: record a new row instead"
KEPT = (
    "id", "public_id", "device_key_id", "form_version_id", "instance_id", "deprecated_id",
    "received_at", "sample",
)  # fmt: skip


def _replace(schema_editor, when):
    """Put the trigger against UPDATE anew; it acts `when` this holds."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update ON {TABLE}")
        act = "FOR EACH ROW {when}EXECUTE FUNCTION surveys_append_only()"
    else:
        schema_editor.execute(f"DROP TRIGGER {TABLE}_no_update")
        act = "{when}BEGIN SELECT RAISE(ABORT, '" + f"{TABLE} {SAYS}" + "'); END"
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} " + act.format(when=when),
        params=None,
    )


def let_empty(apps, schema_editor):
    """Refuse every update but the one that empties text and sum, and nothing else."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    different = "IS DISTINCT FROM" if on_postgresql else "IS NOT"
    kept = " OR ".join(f"(NEW.{name} {different} OLD.{name})" for name in KEPT)
    _replace(
        schema_editor, f"WHEN (NOT (length(NEW.xml) = 0 AND NEW.sha256 = '') OR {kept}) "
    )


def let_nothing(apps, schema_editor):
    """Refuse every update, as before."""
    _replace(schema_editor, "")


class Migration(migrations.Migration):
    """Replaces the trigger on both engines."""

    dependencies = [("surveys", "0020_submissions_looked_at")]
    operations = [migrations.RunPython(let_empty, let_nothing)]
