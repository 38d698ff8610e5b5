"""Mark responses that the secretariat enters from letters and workbooks."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the mark."""

    dependencies = [("surveys", "0012_published_forms_stay")]
    operations = [
        migrations.AddField(
            model_name="response",
            name="is_on_behalf",
            field=models.BooleanField(default=False),
        ),
    ]
