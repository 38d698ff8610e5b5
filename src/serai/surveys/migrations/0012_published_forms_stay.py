"""What was published never changes: a survey's answers say which form they were given to.

The officer's word on questions that moved stands beside the form, and stays with it.
"""

from django.db import migrations, models

TABLE = "surveys_formversion"
KEPT = ("survey_id", "number", "form_id", "version", "sheets", "xform", "sha256", "moves")
SAYS = "holds published forms, which never change: make a new version instead"


def _changes(different):
    """Say when an update of a published version does more than supersede it."""
    touched = " OR ".join(f"(NEW.{name} {different} OLD.{name})" for name in KEPT)
    return f"OLD.state IN ('published', 'superseded') AND ({touched})"


def protect(apps, schema_editor):
    """Refuse an UPDATE of what was published, on both engines."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE FUNCTION surveys_form_stays() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
            "USING ERRCODE = 'integrity_constraint_violation'; END $$",
            params=None,
        )
        when, act = _changes("IS DISTINCT FROM"), "EXECUTE FUNCTION surveys_form_stays()"
    else:
        when, act = _changes("IS NOT"), f"BEGIN SELECT RAISE(ABORT, '{TABLE} {SAYS}'); END"
    schema_editor.execute(
        f"CREATE TRIGGER {TABLE}_stays BEFORE UPDATE ON {TABLE} FOR EACH ROW WHEN ({when}) {act}",
        params=None,
    )


def release(apps, schema_editor):
    """Take the trigger away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    schema_editor.execute(
        f"DROP TRIGGER IF EXISTS {TABLE}_stays{f' ON {TABLE}' if on_postgresql else ''}"
    )
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION IF EXISTS surveys_form_stays()")


class Migration(migrations.Migration):
    """Adds the confirmed moves, and the trigger."""

    dependencies = [("surveys", "0011_wave_milestone")]
    operations = [
        migrations.AddField(
            model_name="formversion",
            name="moves",
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.RunPython(protect, release),
    ]
