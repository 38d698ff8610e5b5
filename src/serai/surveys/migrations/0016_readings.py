"""Keep who outside an organisation read its answers; rows never change, only samples go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

TABLE = "surveys_reading"
SAYS = "is append-only: record a new row instead"
WAYS = ["page", "results", "copy", "file", "proofs", "export", "api"]
ROLES = ["focal_point", "deputy", "named", "coordinator", "officer", "expert"]


def protect(apps, schema_editor):
    """Refuse UPDATE, and DELETE of what is not sample, on both engines."""
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    act = (
        "FOR EACH ROW {when}EXECUTE FUNCTION surveys_append_only()"
        if on_postgresql
        else "{when}BEGIN SELECT RAISE(ABORT, '" + f"{TABLE} {SAYS}" + "'); END"
    )
    kept = f"WHEN (OLD.sample = {'false' if on_postgresql else '0'}) "
    for verb, when in (("UPDATE", ""), ("DELETE", kept)):
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            + act.format(when=when),
            params=None,
        )


def release(apps, schema_editor):
    """Take the triggers away."""
    on = f" ON {TABLE}" if schema_editor.connection.vendor == "postgresql" else ""
    for verb in ("update", "delete"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{on}")


class Migration(migrations.Migration):
    """Adds the table and its triggers; what was read before is not known."""

    dependencies = [
        ("surveys", "0015_releases_by_country"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sample", models.BooleanField(db_index=True, default=False)),
                ("day", models.DateField()),
                ("way", models.CharField(choices=[(one, one) for one in WAYS], max_length=8)),
                ("role", models.CharField(choices=[(one, one) for one in ROLES], max_length=12)),
                ("first_at", models.DateTimeField()),
                (
                    "reader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="surveys.response",
                    ),
                ),
            ],
            options={
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("response", "reader", "day", "way"), name="reading_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(way__in=WAYS), name="reading_way_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(role__in=ROLES), name="reading_role_known"
                    ),
                ],
            },
        ),
        migrations.RunPython(protect, release),
    ]
