"""A wave may be what a milestone waits for."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds `Wave.milestone`."""

    dependencies = [("programme", "__first__"), ("surveys", "0002_append_only")]
    operations = [
        migrations.AddField(
            model_name="wave",
            name="milestone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="programme.milestone",
            ),
        ),
    ]
