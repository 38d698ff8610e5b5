"""A ticket says whether small packets over UDP were agreed to as well."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("readiness", "0005_let_out")]

    operations = [
        # The database keeps the default: the code before this one inserts tickets without it.
        migrations.AddField(
            model_name="probeticket",
            name="may_send_packets",
            field=models.BooleanField(default=False, db_default=False),
        ),
    ]
