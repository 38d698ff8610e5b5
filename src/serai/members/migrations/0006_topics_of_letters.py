"""Kinds of letters turned off one by one become the topic "My account" shows for them."""

from django.db import migrations

from serai.members.states import FORMER_TOPICS, DigestRhythm, Topic


def gather(apps, schema_editor):
    """Turn the topic off for whoever turned off a kind of it; the digest by its rhythm."""
    for person in apps.get_model("members", "Person").objects.exclude(muted_topics=[]).order_by("pk"):
        topics = dict.fromkeys(str(FORMER_TOPICS.get(one, one)) for one in person.muted_topics)
        if Topic.DIGEST.value in topics:
            del topics[Topic.DIGEST.value]
            person.digest = DigestRhythm.NEVER.value
        person.muted_topics = list(topics)
        person.save(update_fields=["digest", "muted_topics"])


class Migration(migrations.Migration):
    dependencies = [("members", "0005_audience_change_append_only")]

    # Backwards nothing is lost: the earlier code kept topics as they stood.
    operations = [migrations.RunPython(gather, migrations.RunPython.noop)]
