"""Read when things last happened, for the deep health reading."""

from datetime import datetime
from pathlib import Path

from django.db.models import Max, Min

from serai.base.backup import keeping
from serai.base.health.readings import Moments
from serai.base.models.audit import AuditEntry
from serai.base.models.jobs import Job, JobState, Worker
from serai.base.models.mail import Message, MessageState


def measure(backups: Path, now: datetime) -> Moments:
    """Ask the tables of workers, jobs, messages and seals, and the folder of copies."""
    jobs = Job.objects.filter(state=JobState.READY.value, run_at__lte=now)
    mail = Message.objects.filter(
        state__in=[MessageState.QUEUED.value, MessageState.SENDING.value], next_at__lte=now
    )
    unsealed = AuditEntry.objects.filter(seal__isnull=True)
    return Moments(
        worker_seen_at=Worker.objects.aggregate(at=Max("seen_at"))["at"],
        oldest_ready_job_at=jobs.aggregate(at=Min("run_at"))["at"],
        oldest_waiting_mail_at=mail.aggregate(at=Min("next_at"))["at"],
        oldest_unsealed_at=unsealed.aggregate(at=Min("at"))["at"],
        latest_backup_at=keeping.latest(backups),
    )
