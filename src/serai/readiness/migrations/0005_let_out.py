"""Shares of many that were let out stay; a plan is never public; nothing is asked for twice."""

import django.db.models.deletion
import serai.base.models.marks
from django.conf import settings
from django.db import migrations, models

TABLE = "readiness_aggregate"
KEPT = (
    "framework_id", "measure", "countries", "as_of", "organisations_count", "countries_count",
    "cells", "groups", "released_at",
)  # fmt: skip
SAYS = "keeps what was let out: let out a new row instead"


def _rules(different, false, cast):
    """Yield each verb with the condition under which it is refused."""
    touched = " OR ".join(f"(NEW.{name}{cast} {different} OLD.{name}{cast})" for name in KEPT)
    yield "UPDATE", touched
    yield "DELETE", f"OLD.sample = {false}"


def protect(apps, schema_editor):
    """Make the triggers: later aggregates are compared with all that was ever let out."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    found = _rules("IS DISTINCT FROM", "false", "::text") if on_postgresql else _rules("IS NOT", "0", "")
    for verb, condition in found:
        name = f"{TABLE}_no_{verb.lower()}"
        if not on_postgresql:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW WHEN ({condition}) "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} {SAYS}'); END",
                params=None,
            )
            continue
        row = "OLD" if verb == "DELETE" else "NEW"
        schema_editor.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {condition} THEN RAISE EXCEPTION '{TABLE} {SAYS}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {row}; END $$",
            params=None,
        )
        schema_editor.execute(
            f"CREATE TRIGGER {name} BEFORE {verb} ON {TABLE} FOR EACH ROW "
            f"EXECUTE FUNCTION {name}()",
            params=None,
        )


def release(apps, schema_editor):
    """Take the triggers away."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for verb, _condition in _rules("", "", ""):
        name = f"{TABLE}_no_{verb.lower()}"
        on = f" ON {TABLE}" if on_postgresql else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
        if on_postgresql:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")


class Migration(migrations.Migration):
    """Adds aggregates, why a release was declined, and that nothing is asked for twice."""

    dependencies = [
        ('members', '0008_reasons_kept'),
        ('readiness', '0004_desk_notes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Aggregate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=serai.base.models.marks.new_public_id, editable=False, max_length=12, unique=True)),
                ('sample', models.BooleanField(db_index=True, default=False)),
                ('measure', models.SlugField(max_length=20)),
                ('countries', models.JSONField(default=list)),
                ('as_of', models.DateField()),
                ('organisations_count', models.PositiveIntegerField()),
                ('countries_count', models.PositiveIntegerField()),
                ('cells', models.JSONField(default=list)),
                ('groups', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('released', 'released'), ('published', 'published'), ('withdrawn', 'withdrawn')], default='released', max_length=10)),
                ('released_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('id',),
            },
        ),
        migrations.AddField(
            model_name='release',
            name='said',
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('run__isnull', True), ('audience', 'members'), _connector='OR'), name='readiness_plan_never_public'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'released'])), fields=('assessment', 'audience'), name='readiness_release_of_results_once'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'released'])), fields=('run', 'country'), name='readiness_release_of_plan_once'),
        ),
        migrations.AddField(
            model_name='aggregate',
            name='framework',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='readiness.framework'),
        ),
        migrations.AddField(
            model_name='aggregate',
            name='published_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='aggregate',
            name='released_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='aggregate',
            name='withdrawn_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='aggregate',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['released', 'published', 'withdrawn'])), name='readiness_aggregate_state_known'),
        ),
        migrations.RunPython(protect, release),
    ]
