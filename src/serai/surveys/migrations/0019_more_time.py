"""Keep who asks for more time, and who was let in after a wave had closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the fields; nobody asks yet."""

    dependencies = [("surveys", "0018_request_turns")]
    operations = [
        migrations.AddField("invitation", "has_late_day", models.BooleanField(default=False)),
        migrations.AddField(
            "response", "more_time_asked_at", models.DateTimeField(null=True, blank=True)
        ),
    ]
