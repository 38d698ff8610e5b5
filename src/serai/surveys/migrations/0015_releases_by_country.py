"""Keep of a release who was asked for and what became of it, of a figure whose answers are in it."""

from django.db import migrations, models

AUDIENCES = [
    (one, one) for one in ("organisation", "country", "secretariat", "members", "public")
]
STEPS = ["asked", "consented", "declined", "withdrawn", "taken_back"]


class Migration(migrations.Migration):
    """Adds the fields; nothing was released or frozen before."""

    dependencies = [("surveys", "0014_response_holder")]
    operations = [
        migrations.AddField(
            "release", "ask", models.CharField(max_length=32, db_index=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "release", "wanted",
            models.CharField(max_length=16, choices=AUDIENCES, default="members"),
            preserve_default=False,
        ),
        migrations.AddField(
            "release", "state",
            models.CharField(
                max_length=10, choices=[(one, one) for one in STEPS], default="asked"
            ),
        ),
        migrations.AddField(
            "release", "frozen_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(
                condition=models.Q(state__in=STEPS), name="release_state_known"
            ),
        ),
        migrations.AddField(
            "figure", "ask", models.CharField(max_length=32, db_index=True, default=""),
            preserve_default=False,
        ),
        migrations.AddField("figure", "basis", models.JSONField(default=list)),
    ]  # fmt: skip
