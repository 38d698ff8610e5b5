"""Keep of a release what it lets out, when, and as what stood then: single answers beside figures."""

from django.db import migrations, models

OF = ["figures", "answers"]


class Migration(migrations.Migration):
    """Adds the fields; all releases before were of figures."""

    dependencies = [("surveys", "0016_readings")]
    operations = [
        migrations.AddField(
            "release", "of",
            models.CharField(
                max_length=8, choices=[(one, one) for one in OF], default="figures"
            ),
        ),
        migrations.AddField(
            "release", "given_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.AddField("release", "basis", models.JSONField(default=dict)),
        migrations.AddConstraint(
            "release",
            models.CheckConstraint(condition=models.Q(of__in=OF), name="release_of_known"),
        ),
    ]  # fmt: skip
