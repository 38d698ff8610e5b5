"""Let a browser hold a response that nobody has a name for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the hash of the browser's secret."""

    dependencies = [("surveys", "0013_response_on_behalf")]
    operations = [
        migrations.AddField(
            model_name="response",
            name="holder_hash",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
