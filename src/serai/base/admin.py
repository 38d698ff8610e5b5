"""What the base puts on the repair bench: no words of anybody."""

from django.utils.translation import gettext_lazy as _

from serai.base.bench import Shelf
from serai.base.models import Job, ScheduleSlot, StoredFile, Worker

SHELVES = (
    Shelf(
        Job,
        _("Jobs"),
        ("name", "state", "attempt", "queue", "asked_by", "asked_at", "run_at", "finished_at"),
    ),
    Shelf(ScheduleSlot, _("Hours of jobs"), ("name", "slot_at")),
    Shelf(Worker, _("Workers"), ("name", "host", "seen_at")),
    Shelf(
        StoredFile,
        _("Files"),
        ("public_id", "thing", "media_type", "bytes", "state", "refusal", "received_at", "sample"),
    ),
)
