"""The state "digest" goes: nothing ever wrote it, and the letter of a day is made of one piece."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('base', '0004_message_sealed'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='base_message_state_known',
        ),
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('queued', 'queued'), ('sending', 'sending'), ('sent', 'sent'), ('inbox_only', 'inbox_only'), ('held', 'held'), ('held_sample', 'held_sample'), ('suppressed', 'suppressed'), ('failed', 'failed')], max_length=12),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'sending', 'sent', 'inbox_only', 'held', 'held_sample', 'suppressed', 'failed'])), name='base_message_state_known'),
        ),
    ]
