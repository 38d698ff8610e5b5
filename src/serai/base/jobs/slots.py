"""Queue scheduled jobs: whoever writes the slot queues the job."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from serai.base.jobs.asking import enqueue
from serai.base.jobs.kinds import Kind
from serai.base.models import ScheduleSlot


class Slots:
    """Remembers what this process saw, so that most rounds ask nothing."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self.kinds = [kind for kind in kinds if kind.schedule is not None]
        self.latest: dict[str, datetime] = {}

    def round(self, now: datetime) -> list[str]:
        """Queue what has become due; after a pause only the latest missed slot of each job.

        Args:
            now: the database's time.
        Returns:
            The names of the jobs this process queued.
        """
        due: list[tuple[Kind, datetime]] = []
        for kind in self.kinds:
            slot = kind.schedule.latest(now) if kind.schedule else None
            if slot is not None and slot > self.latest.get(kind.name, slot - timedelta(1)):
                due.append((kind, slot))
        if not due:
            return []
        names = [kind.name for kind, _ in due]
        known: dict[str, datetime] = dict(
            ScheduleSlot.objects.filter(name__in=names)
            .values_list("name")
            .annotate(latest=Max("slot_at"))
        )
        queued = []
        for kind, slot in due:
            before = known.get(kind.name)
            if (before is None or slot > before) and _write(kind.name, slot, is_first=not before):
                queued.append(kind.name)
            self.latest[kind.name] = max(slot, before or slot)
        return queued


def _write(name: str, slot: datetime, *, is_first: bool) -> bool:
    """Write the slot and its job together; False if another worker did, or on the first day.

    The first slot of a new installation is long past: it is noted, not run.
    """
    try:
        with transaction.atomic():
            ScheduleSlot.objects.create(name=name, slot_at=slot)
            if not is_first:
                enqueue(name, key=f"schedule:{name}")
    except IntegrityError:
        return False
    return not is_first
