"""Load and remove the sample: synthetic people and work, marked everywhere."""

from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError

from serai.base import search
from serai.base.access import ANONYMOUS
from serai.base.files import drop_unused
from serai.members import queries as members
from serai.programme import queries as programme
from serai.programme.actions import renew_states, renew_texts, take_back_releases
from serai.setup.demo.answers import Answers
from serai.setup.demo.people import COUNTRIES, put_people
from serai.setup.demo.work import CODE, INITIATIVES, Work

SAMPLE = "sample"


class SampleLeft(Exception):
    """Something of the sample could not be removed."""


class SampleHasNoGround(Exception):
    """The sample's people and notes belong to countries and initiatives that are not here."""


def missing_ground() -> list[str]:
    """Return the members and initiatives the sample needs and this house has not."""
    here = {row.iso3 for row in members.members(ANONYMOUS)}
    initiatives = (code for code in INITIATIVES if programme.find_initiative(code) is None)
    return [*(iso3 for iso3 in COUNTRIES if iso3 not in here), *initiatives]


@transaction.atomic
def load(*, now: datetime) -> bool:
    """Load the sample whole; tell whether it was not there before.

    Raises:
        SampleHasNoGround: in a house of another programme; the text names what it lacks.
    """
    if programme.find_initiative(CODE) is not None:
        return False
    if missing := missing_ground():
        raise SampleHasNoGround(", ".join(missing))
    people = put_people(now)
    Work(people, now).run()
    Answers(people, now).run()
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
    reports, uploads = list(report_files()), list(uploaded_files())
    take_back_releases(now=now)
    for model in sampled_models():
        for row in model._default_manager.filter(sample=True).order_by("pk"):
            _remove(row)
    left = counts()
    if left:
        raise SampleLeft(", ".join(f"{label}: {count}" for label, count in left.items()))
    renew_states(now=now)
    renew_texts(now=now)
    search.rebuild(now=now)  # who finds a thing may be others again
    for key in uploads:
        drop_unused(key)
    transaction.on_commit(lambda: _delete_files(reports))
    return removed


def _delete_files(keys: Iterable[str]) -> None:
    for key in keys:
        default_storage.delete(key)


def _remove(row: models.Model, depth: int = 0) -> None:
    """Remove a row; what hangs on it goes first, what only names it forgets the name."""
    if depth > 12:
        raise SampleLeft(f"{row._meta.label} {row.pk} hangs on itself")
    for _attempt in range(50):
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).delete()
            return
        except (ProtectedError, RestrictedError) as error:
            for other in _holders(error):
                if not _forgets(other, row):
                    _remove(other, depth + 1)
        except IntegrityError as error:
            raise SampleLeft(f"{row._meta.label} {row.pk}: {error}") from error
    raise SampleLeft(f"{row._meta.label} {row.pk}")


def _forgets(holder: models.Model, row: models.Model) -> bool:
    """Empty the fields in which something real may do without a sample row, such as who gave a role.

    Returns:
        False where the holder is sample too, or cannot stand without the row.
    """
    same = type(holder)._base_manager.filter(pk=holder.pk)
    found = same.first()  # read whole, and it may be gone with another
    if found is None:
        return True
    naming = [
        field
        for field in found._meta.concrete_fields
        if isinstance(field, models.ForeignKey)
        and isinstance(row, field.related_model)
        and getattr(found, field.attname) == row.pk
    ]
    if getattr(found, SAMPLE, False) or not all(field.null for field in naming):
        return False
    try:
        with transaction.atomic():
            return bool(same.update(**dict.fromkeys([field.attname for field in naming])))
    except IntegrityError:
        return False


def _holders(error: ProtectedError | RestrictedError) -> Iterable[models.Model]:
    if isinstance(error, ProtectedError):
        return tuple(error.protected_objects)
    return tuple(error.restricted_objects)


def report_files() -> Iterable[str]:
    """Return the storage keys of the sample reports' files; each lies in its report's own folder."""
    files = apps.get_model("reports", "RunFile").objects
    return files.filter(run__sample=True).values_list("storage_key", flat=True)


def uploaded_files() -> Iterable[str]:
    """Return the storage keys of files the sample uploaded; a real one of equal bytes shares its key."""
    files = apps.get_model("base", "StoredFile").objects.filter(sample=True)
    return files.exclude(storage_key="").values_list("storage_key", flat=True).distinct()
