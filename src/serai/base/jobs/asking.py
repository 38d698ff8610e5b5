"""Ask for a job, cancel it, run a failed one again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F
from django.db.models.functions import Now

from serai.base.jobs import api
from serai.base.jobs.clock import database_now
from serai.base.jobs.kinds import kind
from serai.base.models import LIVE, Job, JobState, new_public_id

TRIES = 5
CANCELLED = "serai.base.jobs.Cancelled"


@dataclass(frozen=True)
class Asked:
    """What the asker gets: the job's public number for its progress page, and whether it is new."""

    id: str
    key: str
    is_new: bool


def enqueue(
    name: str,
    *,
    key: str = "",
    by: int | None = None,
    run_after: datetime | None = None,
    priority: int = 0,
    **arguments: object,
) -> Asked:
    """Ask for a job in the caller's transaction; it starts after the commit.

    Args:
        name: "room.function".
        key: while a job of this key is ready or running, that one is returned instead.
        by: who is told of the end, and may cancel.
        run_after: not before this moment.
        priority: -100 to 100; higher goes first.
        arguments: ids; no texts of people.
    """
    wanted = kind(name)
    wanted.check(arguments)
    public_id = new_public_id()
    key = key or f"{name}:{public_id}"
    for _ in range(TRIES):
        found = Job.objects.filter(key=key, state__in=LIVE).only("public_id").first()
        if found is not None:
            return Asked(found.public_id, key, is_new=False)
        try:
            with transaction.atomic():
                row = Job.objects.create(
                    public_id=public_id,
                    name=name,
                    key=key,
                    arguments=arguments,
                    queue=wanted.queue,
                    max_attempts=wanted.max_attempts,
                    asked_by_id=by,
                    asked_at=Now(),
                    run_at=run_after or Now(),
                )
                queue_attempt(row.pk, name, 1, run_after=run_after, priority=priority)
        except IntegrityError:
            continue
        return Asked(public_id, key, is_new=True)
    raise IntegrityError(f"Job {name}, key {key}: neither found nor made in {TRIES} tries.")


def queue_attempt(
    job_id: int, name: str, attempt: int, *, run_after: datetime | None, priority: int = 0
) -> None:
    """Put one attempt into the queue and note its number beside the job."""
    number = api.put(kind(name).task, job_id, attempt, run_after=run_after, priority=priority)
    Job.objects.filter(pk=job_id).update(task=number)


def cancel(public_id: str) -> bool:
    """Cancel a job: at once if it has not begun, else at its next step.

    Returns:
        Whether anything was left to cancel.
    """
    with transaction.atomic():
        row = Job.objects.filter(public_id=public_id, state__in=LIVE).first()
        if row is None:
            return False
        # The queue's row is locked first, in the order in which a worker claims.
        if row.state == JobState.READY and api.lock_unstarted(row.task):
            api.mark_failed(row.task, error=CANCELLED, frames="")
            waiting = Job.objects.filter(pk=row.pk, state=JobState.READY)
            if waiting.update(state=JobState.CANCELLED, cancel_asked=True, finished_at=Now()):
                return True
        running = Job.objects.filter(pk=row.pk, state__in=LIVE)
        return bool(running.update(cancel_asked=True))


def run_again(public_id: str) -> bool:
    """Give a failed job another full row of attempts; False if it has not failed.

    Raises:
        IntegrityError: never; a live job of the same key answers False.
    """
    with transaction.atomic():
        row = Job.objects.select_for_update().filter(public_id=public_id).first()
        if row is None or row.state != JobState.FAILED:
            return False
        if Job.objects.filter(key=row.key, state__in=LIVE).exists():
            return False
        Job.objects.filter(pk=row.pk).update(
            state=JobState.READY,
            attempt=F("attempt") + 1,
            max_attempts=F("attempt") + kind(row.name).max_attempts,
            error="",
            token="",
            run_at=database_now(),
            finished_at=None,
        )
        queue_attempt(row.pk, row.name, row.attempt + 1, run_after=None)
        return True
