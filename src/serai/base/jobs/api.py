"""The one file that knows the Tasks API and its database backend.

The queue keeps one row per attempt, claims it and remembers how it ended. Everything else about
a job stands in `base.models.Job`, written in the same transaction as the row here.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from django.db.models import Q
from django.db.models.functions import Now
from django_tasks import DEFAULT_TASK_BACKEND_ALIAS, task, task_backends
from django_tasks.base import Task, TaskResultStatus
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult, get_date_max
from django_tasks_db.utils import exclusive_transaction

EVERY_QUEUE = "*"
FINISHED = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)


@dataclass(frozen=True)
class Taken:
    """A claimed row: its number, and the attempt of the job it stands for."""

    task: str
    job_id: int
    attempt: int


def make_task(
    function: Callable[..., None], attempt_job: Callable[[int, int], None], *, queue: str
) -> Task[Any, None]:
    """Make the task by which any backend of the Tasks API runs one attempt."""

    @wraps(function)
    def attempt(job_id: int, number: int) -> None:
        attempt_job(job_id, number)

    # The task takes two numbers, not what the function takes.
    del attempt.__wrapped__
    return task(queue_name=queue)(attempt)


def put(
    work: Task[Any, None],
    job_id: int,
    attempt: int,
    *,
    run_after: datetime | None,
    priority: int = 0,
) -> str:
    """Queue one attempt in the caller's transaction; return the queue's number for it."""
    return work.using(run_after=run_after, priority=priority).enqueue(job_id, attempt).id


def keeps_rows() -> bool:
    """Tell whether the queue is the database (not Celery)."""
    return isinstance(task_backends[DEFAULT_TASK_BACKEND_ALIAS], DatabaseBackend)


def exclusive() -> AbstractContextManager[Any]:
    """Open the transaction in which a row is claimed: exclusive on SQLite."""
    return exclusive_transaction()


def _due(queues: Sequence[str]) -> Any:
    """Return the rows that may start, by the database's clock, not this machine's."""
    rows = DBTaskResult.objects.filter(
        Q(run_after=get_date_max()) | Q(run_after__lte=Now()), status=TaskResultStatus.READY
    )
    return rows if EVERY_QUEUE in queues else rows.filter(queue_name__in=queues)


def is_waiting(queues: Sequence[str]) -> bool:
    """Tell without any lock whether a row may start."""
    return bool(_due(queues).order_by().exists())


def take(queues: Sequence[str], worker: str) -> Taken | None:
    """Claim the next row, inside `exclusive()`; None when nothing may start."""
    row = _due(queues).get_locked()
    if row is None:
        return None
    row.claim(worker)
    job_id, attempt = row.args_kwargs["args"]
    return Taken(str(row.pk), job_id, attempt)


def mark_done(number: str) -> None:
    """Note in the caller's transaction that an attempt succeeded."""
    if not keeps_rows():
        return
    DBTaskResult.objects.filter(pk=number).update(
        status=TaskResultStatus.SUCCESSFUL, finished_at=Now(), exception_class_path="", traceback=""
    )


def mark_failed(number: str, *, error: str, frames: str) -> None:
    """Note in the caller's transaction how an attempt failed, without anybody's words."""
    if not keeps_rows():
        return
    DBTaskResult.objects.filter(pk=number).update(
        status=TaskResultStatus.FAILED,
        finished_at=Now(),
        exception_class_path=error,
        traceback=frames,
    )


def lock_unstarted(number: str) -> bool:
    """Lock a row that has not started, against its claim; False if it has.

    Another queue has no rows: what it carries begins by the job's own state alone.
    """
    if not keeps_rows():
        return True
    rows = DBTaskResult.objects.filter(pk=number, status=TaskResultStatus.READY)
    return rows.select_for_update().first() is not None


def prune(before: datetime) -> int:
    """Remove rows of attempts that ended before a moment."""
    return int(DBTaskResult.objects.filter(status__in=FINISHED, finished_at__lt=before).delete()[0])
