"""Every milestone and initiative gets its first text; texts are never changed, as other facts."""

from django.db import migrations

TABLES = ("programme_milestonetext", "programme_initiativetext")
# What a text names has no mark of its own: it goes with its text, or with a sample it names.
NAMED = (
    ("programme_initiativetext_partners", "members_organisation", "organisation_id"),
    ("programme_initiativetext_national_studies", "members_member", "member_id"),
)
GOES = (
    "COALESCE((SELECT sample FROM programme_initiativetext WHERE id = OLD.initiativetext_id),"
    " {true}) OR COALESCE((SELECT sample FROM {things} WHERE id = OLD.{key}), {true})"
)
SAYS = "is append-only: record a new row instead"
STAMP = ("known_from", "recorded_at", "recorded_by_id", "source_note", "sample", "name", "order")


def protect(apps, schema_editor):
    """Refuse UPDATE always and DELETE of what is not sample, on both engines."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        for verb, when in (("UPDATE", ""), ("DELETE", "WHEN (OLD.sample = {false}) ")):
            name = f"{table}_no_{verb.lower()}"
            if on_postgresql:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH ROW "
                    f"{when.format(false='false')}EXECUTE FUNCTION programme_append_only()"
                )
            else:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {verb} ON {table} {when.format(false='0')}"
                    f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
                )
    for table, things, key in NAMED:
        if on_postgresql:
            _protect_named_on_postgresql(schema_editor, table, things, key)
        else:
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {SAYS}'); END"
            goes = GOES.format(true="1", things=things, key=key)
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
                f"WHEN NOT ({goes}) {refuse}"
            )


def _protect_named_on_postgresql(schema_editor, table, things, key):
    goes = GOES.format(true="true", things=things, key=key)
    schema_editor.execute(
        f"CREATE FUNCTION {table}_kept() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF TG_OP = 'DELETE' AND ({goes}) "
        f"THEN RETURN OLD; END IF; RAISE EXCEPTION '% {SAYS}', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$",
        params=None,
    )
    schema_editor.execute(
        f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_kept()"
    )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in (*TABLES, *(row[0] for row in NAMED)):
        for verb in ("update", "delete"):
            on = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")
    if on_postgresql:
        for table, _things, _key in NAMED:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}")
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_kept()")


def write_first_texts(apps, schema_editor):
    """Say of each thing what stands of it, as known from the day on which it was known."""
    texts = apps.get_model("programme", "MilestoneText")
    columns = (*STAMP, "kind", "owner_id", "country_id")
    rows = apps.get_model("programme", "Milestone").objects.filter(texts=None).order_by("pk")
    texts.objects.bulk_create(
        [
            texts(milestone_id=pk, **dict(zip(columns, values, strict=True)))
            for pk, *values in rows.values_list("pk", *columns)
        ],
        batch_size=500,
    )
    texts = apps.get_model("programme", "InitiativeText")
    columns = (*STAMP, "purpose")
    for row in apps.get_model("programme", "Initiative").objects.filter(texts=None).order_by("pk"):
        text = texts.objects.create(
            initiative_id=row.pk, **{name: getattr(row, name) for name in columns}
        )
        text.partners.set(row.partners.all())
        text.national_studies.set(row.national_studies.all())


class Migration(migrations.Migration):
    """Adds the triggers, then the texts: to write is never refused."""

    dependencies = [("programme", "0003_texts")]
    operations = [
        migrations.RunPython(protect, release),
        migrations.RunPython(write_first_texts, migrations.RunPython.noop),
    ]
