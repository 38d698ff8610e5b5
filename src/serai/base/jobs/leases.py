"""Who holds a job, and until when; what becomes of a job whose holder is gone.

Every comparison is made by the database with its own clock, so workers' clocks may differ.
"""

import logging
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from serai.base.jobs import api
from serai.base.jobs.asking import queue_attempt
from serai.base.jobs.backoff import pause
from serai.base.jobs.clock import database_now, from_now
from serai.base.jobs.kinds import KINDS
from serai.base.models import Job, JobState

LOG = logging.getLogger("serai.jobs")
LEASE = timedelta(seconds=60)
RENEW_SECONDS = 15
REAP_AT_ONCE = 50
WORKER_LOST = "worker lost"


@dataclass(frozen=True)
class Started:
    """One attempt that this process holds."""

    job: Job
    token: str

    @property
    def pk(self) -> int:
        """Return the job's number."""
        return int(self.job.pk)


def _begin(job_id: int, attempt: int, worker: str) -> Started | None:
    """Take the lease of a ready attempt, inside a transaction; None if it is not ready."""
    token = secrets.token_hex(16)
    taken = Job.objects.filter(pk=job_id, attempt=attempt, state=JobState.READY).update(
        state=JobState.RUNNING,
        token=token,
        lease_until=from_now(LEASE),
        worker=worker,
        progress={},
        started_at=Now(),
    )
    return Started(Job.objects.get(pk=job_id), token) if taken else None


def claim(queues: Sequence[str], worker: str) -> Started | None:
    """Claim the next job: the queue's row and the lease in one transaction."""
    with api.exclusive():
        taken = api.take(queues, worker)
        if taken is None:
            return None
        started = _begin(taken.job_id, taken.attempt, worker)
        if started is None:
            api.mark_failed(taken.task, error="serai.base.jobs.NotReady", frames="")
        return started


def claim_one(job_id: int, attempt: int, worker: str) -> Started | None:
    """Take the lease of one attempt that another queue (Celery) delivered."""
    with transaction.atomic():
        return _begin(job_id, attempt, worker)


def renew(started: Started) -> bool:
    """Hold on for another minute; False once the job belongs to somebody else."""
    mine = Job.objects.filter(pk=started.pk, token=started.token, state=JobState.RUNNING)
    return bool(mine.update(lease_until=from_now(LEASE)))


def release(started: Started, *, error: str, error_class: str, frames: str, retry: bool) -> bool:
    """End a failed attempt and queue the next; False if the job is no longer ours."""
    with transaction.atomic():
        mine = Job.objects.filter(pk=started.pk, token=started.token, state=JobState.RUNNING)
        row = mine.select_for_update().first()
        if row is None:
            return False
        _end_attempt(row, error=error, error_class=error_class, frames=frames, retry=retry)
        return True


def _end_attempt(row: Job, *, error: str, error_class: str, frames: str, retry: bool) -> None:
    """Note the failure; then the next attempt after its pause, or the end."""
    api.mark_failed(row.task, error=error_class, frames=frames)
    ended = Job.objects.filter(pk=row.pk)
    if row.cancel_asked:
        ended.update(state=JobState.CANCELLED, error=error, lease_until=None, finished_at=Now())
        return
    if not retry or row.attempt >= row.max_attempts:
        ended.update(state=JobState.FAILED, error=error, lease_until=None, finished_at=Now())
        TELL[0](row, is_done=False, is_said=not retry)
        return
    run_at = database_now() + pause(row.public_id, row.attempt)
    ended.update(
        state=JobState.READY,
        attempt=F("attempt") + 1,
        error=error,
        lease_until=None,
        run_at=run_at,
    )
    queue_attempt(row.pk, row.name, row.attempt + 1, run_after=run_at)


def reap() -> int:
    """Take back what lost workers held; return how many jobs.

    Any worker may do this at any time: a row that another one is just taking back, or whose
    worker is just committing, is passed over.
    """
    expired = Job.objects.filter(state=JobState.RUNNING, lease_until__lt=Now())
    if not expired.exists():
        return 0
    with transaction.atomic():
        rows = list(
            expired.select_for_update(skip_locked=True).order_by("lease_until", "pk")[:REAP_AT_ONCE]
        )
        for row in rows:
            LOG.warning("worker lost", extra={"job": row.name, "event": "worker_lost"})
            _end_attempt(row, error=WORKER_LOST, error_class="WorkerLost", frames="", retry=True)
    return len(rows)


def _tell_nobody(job: Job, *, is_done: bool, is_said: bool) -> None:
    """Stand in until `running` plugs in who tells the asker."""


TELL = [_tell_nobody]


def is_told(job: Job) -> bool:
    """Tell whether somebody waits to be written to."""
    kind = KINDS.get(job.name)
    return bool(kind and kind.is_told and job.asked_by_id)
