"""Notice when a reading turns bad and when it is well again; each turn is a line in the audit."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db.models import Min

from serai.base import audit
from serai.base.health import moments, readings
from serai.base.health.readings import BACKUP_WITHIN, Reading
from serai.base.models.audit import AuditEntry

VERB = "health_turned"


def look(backups: Path, folder: Path, now: datetime) -> list[Reading]:
    """Measure everything: what must be well before a request, and how the whole house does."""
    measured = moments.measure(backups, now)
    return [*readings.ready(folder), *readings.deep(measured, folder, now)]


def turned(found: Sequence[Reading], *, now: datetime) -> list[Reading]:
    """Return the readings that are not as they were told last, and write that down.

    What was never told counts as well. A house younger than a day owes no back-up yet.
    """
    changed = [
        reading
        for reading in found
        if reading.is_well != _was_well(reading.name) and not _is_early(reading, now)
    ]
    for reading in changed:
        audit.record(
            by=None, verb=VERB, thing=_thing(reading.name), after={"is_well": reading.is_well},
            at=now,
        )  # fmt: skip
    return changed


def _thing(name: str) -> str:
    return f"base.health:{name}"


def _was_well(name: str) -> bool:
    latest = AuditEntry.objects.filter(thing=_thing(name), verb=VERB).order_by("-id").first()
    return latest is None or bool((latest.after or {}).get("is_well"))


def _is_early(reading: Reading, now: datetime) -> bool:
    if reading.name != "backup":
        return False
    began_at = AuditEntry.objects.aggregate(at=Min("at"))["at"]
    return began_at is None or now - began_at <= BACKUP_WITHIN
