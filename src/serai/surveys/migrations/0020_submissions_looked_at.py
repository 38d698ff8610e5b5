"""Keep who looked at a flagged submission by hand, and when."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the fields; nobody has looked yet."""

    dependencies = [
        ("surveys", "0019_more_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "submissionstep", "looked_by",
            models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT,
                related_name="+", to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "submissionstep", "looked_at", models.DateTimeField(null=True, blank=True)
        ),
    ]
