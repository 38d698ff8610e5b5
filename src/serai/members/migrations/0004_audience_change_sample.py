"""An act is sample where a sample person made it or consented to it."""

from django.db import migrations, models
from django.db.models import Q


def mark(apps, schema_editor):
    """Mark the acts there are."""
    acts = apps.get_model("members", "AudienceChange").objects
    acts.filter(Q(by__sample=True) | Q(consent_by__sample=True)).update(sample=True)


class Migration(migrations.Migration):
    """Adds the mark."""

    dependencies = [("members", "0003_release_proposal")]
    operations = [
        migrations.AddField(
            model_name="audiencechange",
            name="sample",
            field=models.BooleanField(db_index=True, default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
