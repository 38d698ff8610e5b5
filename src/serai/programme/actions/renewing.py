"""After sample rows are gone: let each thing stand again where its remaining steps say."""

from datetime import datetime

from django.apps import apps
from django.db import transaction

from serai.base import audit
from serai.programme.models import Step
from serai.programme.models.step import THINGS


@transaction.atomic
def renew_states(*, now: datetime) -> int:
    """Set every thing's state to its latest step; return how many had to change."""
    changed = 0
    for name in THINGS:
        model = Step._meta.get_field(name).related_model
        rows = apps.get_model(model._meta.label).objects.prefetch_related("steps")  # type: ignore[union-attr]
        for row in rows.order_by("pk"):
            steps = sorted(row.steps.all(), key=lambda step: (step.known_from, step.pk))
            if steps and row.state != steps[-1].state:
                row.state = steps[-1].state
                row.save(update_fields=["state"])
                changed += 1
    audit.record(
        by=None, verb="renew_states", thing="programme", after={"changed": changed}, at=now
    )
    return changed
