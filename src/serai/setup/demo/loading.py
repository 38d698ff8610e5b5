"""Load and remove the sample: synthetic people and work, marked everywhere."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import ProtectedError, RestrictedError

from serai.programme.actions import renew_states
from serai.setup.demo.people import put_people
from serai.setup.demo.work import CODE, Work

SAMPLE = "sample"


class SampleLeft(Exception):
    """Something of the sample could not be removed."""


@transaction.atomic
def load(*, now: datetime) -> bool:
    """Load the sample whole; tell whether it was not there before."""
    initiative = apps.get_model("programme", "Initiative")
    if initiative.objects.filter(code=CODE).exists():
        return False
    Work(put_people(now), now).run()
    return True


def sampled_models() -> list[type[models.Model]]:
    """Return every model whose rows may be sample."""
    return [
        model
        for model in apps.get_models()
        if any(field.name == SAMPLE for field in model._meta.get_fields())
    ]


def counts() -> dict[str, int]:
    """Return how many sample rows each model holds, empty ones left out."""
    found = {
        model._meta.label: model._default_manager.filter(sample=True).count()
        for model in sampled_models()
    }
    return {label: count for label, count in sorted(found.items()) if count}


@transaction.atomic
def remove(*, now: datetime) -> dict[str, int]:
    """Remove every sample row with what hangs on it, and its files.

    Raises:
        SampleLeft: if a row could not be removed; then nothing is.
    """
    removed = counts()
    keys = list(stored_files())
    for model in sampled_models():
        for row in model._default_manager.filter(sample=True).order_by("pk"):
            _remove(row)
    left = counts()
    if left:
        raise SampleLeft(", ".join(f"{label}: {count}" for label, count in left.items()))
    renew_states(now=now)
    transaction.on_commit(lambda: _delete_files(keys))
    return removed


def _delete_files(keys: Iterable[str]) -> None:
    for key in keys:
        default_storage.delete(key)


def _remove(row: models.Model, depth: int = 0) -> None:
    """Remove a row; what protects it hangs on the sample and goes first."""
    if depth > 12:
        raise SampleLeft(f"{row._meta.label} {row.pk} hangs on itself")
    for _attempt in range(50):
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).delete()
            return
        except (ProtectedError, RestrictedError) as error:
            for other in _holders(error):
                _remove(other, depth + 1)
    raise SampleLeft(f"{row._meta.label} {row.pk}")


def _holders(error: ProtectedError | RestrictedError) -> Iterable[models.Model]:
    if isinstance(error, ProtectedError):
        return tuple(error.protected_objects)
    return tuple(error.restricted_objects)


def stored_files() -> Iterable[str]:
    """Return the storage keys of files that belong to sample rows."""
    files = apps.get_model("reports", "RunFile")
    yield from files.objects.filter(run__sample=True).values_list("storage_key", flat=True)
    stored = apps.get_model("base", "StoredFile")
    if any(field.name == SAMPLE for field in stored._meta.get_fields()):
        yield from stored.objects.filter(sample=True).values_list("storage_key", flat=True)
