"""Keep with a response which acts on its entries were signed, and cleared."""

from django.db import migrations, models


def note_acts(apps, schema_editor):
    """Note the newest act of then; where nobody signs, or nothing changed since, the newest of all."""
    responses = apps.get_model("surveys", "Response").objects.filter(signed_through__gt=0)
    every = apps.get_model("surveys", "EntryAct").objects
    for found in responses.order_by("pk"):
        acts = every.filter(entry__response=found.pk).order_by("pk")
        signed = found.signatures.order_by("-round")
        cleared = signed.filter(clearances__stance="cleared")
        is_settled = found.state in {"cleared", "accepted"}
        found.signed_acts = _newest(acts, None if is_settled else signed.first())
        if found.cleared_through:
            found.cleared_acts = _newest(acts, None if is_settled else cleared.first())
        found.save(update_fields=["signed_acts", "cleared_acts"])


def _newest(acts, signature):
    """Return the number of the newest act up to a signature; of all without one."""
    if signature is not None:
        acts = acts.filter(at__lte=signature.at)
    return acts.values_list("pk", flat=True).last() or 0


class Migration(migrations.Migration):
    """Adds the two numbers, and works them out for what was let out already."""

    dependencies = [("surveys", "0021_submissions_emptied")]
    operations = [
        migrations.AddField(
            "response", "signed_acts", models.PositiveBigIntegerField(default=0)
        ),
        migrations.AddField(
            "response", "cleared_acts", models.PositiveBigIntegerField(default=0)
        ),
        migrations.RunPython(note_acts, migrations.RunPython.noop),
    ]
