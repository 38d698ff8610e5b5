"""When the sample goes: let each real thing stand again where real people left it."""

from collections.abc import Sequence
from datetime import datetime

from django.apps import apps
from django.db import transaction
from django.db.models import Model

from serai.base import audit
from serai.members import actions as members
from serai.programme.models import (
    ActionItem,
    Initiative,
    Milestone,
    MilestoneText,
    Request,
    RequestAddressee,
    Step,
)
from serai.programme.models.step import THINGS
from serai.programme.queries.editing import written
from serai.programme.states import ActionState, AddresseeState

ANSWERS = frozenset(AddresseeState) - {AddresseeState.OPEN, AddresseeState.SEEN}


@transaction.atomic
def take_back_releases(*, now: datetime) -> int:
    """Before sample people go: give each thing the readers that real people gave it.

    Returns:
        How many things had to change.
    """
    changed = 0
    for thing, audience in members.take_back_sample_acts(now=now).items():
        model, _sign, number = thing.partition(":")
        rows = apps.get_model(model)._base_manager.filter(pk=number)
        changed += rows.exclude(audience=audience.value).update(audience=audience.value)
    asked = Request.objects.filter(names_released_by__sample=True)
    return changed + asked.update(names_released_on=None, names_released_by=None)


@transaction.atomic
def renew_states(*, now: datetime) -> int:
    """Set every thing to its latest step, with what was said at it; return how many had to change."""
    changed = 0
    for name in THINGS:
        model = Step._meta.get_field(name).related_model
        rows = apps.get_model(model._meta.label).objects.prefetch_related("steps")  # type: ignore[union-attr]
        for row in rows.order_by("pk"):
            steps = sorted(row.steps.all(), key=lambda step: (step.known_from, step.pk))
            if steps and (fields := _renewed(row, steps)):
                row.save(update_fields=fields)
                changed += 1
    audit.record(
        by=None, verb="renew_states", thing="programme", after={"changed": changed}, at=now
    )
    return changed


@transaction.atomic
def renew_texts(*, now: datetime) -> int:
    """Let every milestone and initiative say again what its latest text says; return how many changed.

    Owners and countries that went with the sample are left empty.
    """
    changed = 0
    for row in Milestone.objects.prefetch_related("texts").order_by("pk"):
        before = written(row)
        _renew_milestone(row)
        changed += before != written(row)
    for home in Initiative.objects.prefetch_related("texts").order_by("pk"):
        before = written(home)
        _renew_initiative(home)
        changed += before != written(home)
    audit.record(by=None, verb="renew_texts", thing="programme", after={"changed": changed}, at=now)
    return changed


def _renew_milestone(row: Milestone) -> None:
    text = max(row.texts.all(), key=lambda one: (one.known_from, one.pk), default=None)
    if text is None:
        return
    row.name, row.kind, row.order = text.name, text.kind, text.order
    row.owner_id, row.country_id = _still(text, "owner"), _still(text, "country")
    row.save(update_fields=["name", "kind", "owner", "country", "order"])


def _renew_initiative(row: Initiative) -> None:
    text = max(row.texts.all(), key=lambda one: (one.known_from, one.pk), default=None)
    if text is None:
        return
    row.name, row.purpose, row.order = text.name, text.purpose, text.order
    row.save(update_fields=["name", "purpose", "order"])
    row.partners.set(text.partners.all())
    row.national_studies.set(text.national_studies.all())


def _still(text: MilestoneText, field: str) -> int | None:
    """Return whom a text names; None if it is gone."""
    number = getattr(text, f"{field}_id")
    things = text._meta.get_field(field).related_model._base_manager  # type: ignore[union-attr]
    return number if things.filter(pk=number).exists() else None


def _renewed(row: Model, steps: Sequence[Step]) -> list[str]:
    """Put a thing where its steps say, with what was said at them; return the fields changed."""
    latest, fields = steps[-1], []
    if row.state != latest.state:  # type: ignore[attr-defined]
        row.state = latest.state  # type: ignore[attr-defined]
        fields.append("state")
    if isinstance(row, RequestAddressee) and (fields or row.note != latest.reason):
        row.note = latest.reason
        row.answered_on = latest.known_from if latest.state in ANSWERS else None
        fields += ["note", "answered_on"]
    if isinstance(row, ActionItem) and not any(step.state == ActionState.DONE for step in steps):
        shown = row.evidence_id is not None or row.evidence_link
        row.evidence, row.evidence_link = None, ""
        fields += ["evidence", "evidence_link"] if shown else []
    return fields
