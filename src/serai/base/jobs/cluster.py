"""The same jobs on Celery, for an installation that outgrows the queue in its database.

The broker carries only "attempt n of job j may start". What is true stands in `Job` as ever: an
attempt begins by taking its lease with a new token and ends by writing effect and "done" under
that token, so a message that comes twice does nothing, and one that is lost is sent again by
whichever worker's round comes next. Attempts that wait for later are not given to the broker at
all until they are due. This file alone knows Celery (SERAI_JOBS=celery, extra `cluster`).
"""

import logging
import threading
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings
from django.db import connections, transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id
from kombu.exceptions import OperationalError

from serai.base.jobs import api
from serai.base.jobs.clock import from_now
from serai.base.jobs.kinds import QUEUES, every_kind
from serai.base.jobs.running import attempt_job
from serai.base.jobs.slots import Slots
from serai.base.jobs.worker import Keeper, new_name
from serai.base.models import Job, JobState

LOG = logging.getLogger("serai.jobs")
# A due attempt that nobody has begun for so long may never have reached the broker.
OVERDUE = timedelta(seconds=30)
SENT_AGAIN_EVERY = timedelta(minutes=10)
SENT_AT_ONCE = 500

app = Celery("serai", broker=settings.JOBS_BROKER, set_as_current=False)
app.conf.update(
    task_ignore_result=True,
    task_default_queue=QUEUES[0],
    # Long jobs: a process takes the next message when it is free, not before.
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    # Whoever asks for a job must not wait for a broker that is gone; a later round sends it.
    broker_connection_timeout=2,
    broker_transport_options={"max_retries": 1, "interval_start": 0, "interval_max": 0.2},
    timezone="UTC",
)


@app.task(name="serai.attempt")  # type: ignore[untyped-decorator]
def attempt(job_id: int, number: int) -> None:
    """Run one attempt; a repeat finds no lease to take and does nothing."""
    every_kind()
    attempt_job(job_id, number)


def publish(job_id: int, number: int, queue: str) -> bool:
    """Tell the broker that an attempt may start; False if it cannot be reached (told later)."""
    try:
        attempt.apply_async((job_id, number), queue=queue, retry=False)
    except (OperationalError, OSError):
        LOG.exception("the broker did not answer")
        return False
    return True


class CeleryBackend(BaseTaskBackend):
    """Hands due attempts to the broker once their transaction is committed."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Queue one attempt; one for later is sent when it is due, by a worker's round."""
        self.validate_task(task)
        job_id, number = args
        if task.run_after is None or task.run_after <= timezone.now():
            transaction.on_commit(lambda: publish(job_id, number, task.queue_name))
        return TaskResult(
            task=task, id=get_random_id(), status=TaskResultStatus.READY,
            enqueued_at=timezone.now(), started_at=None, finished_at=None, last_attempted_at=None,
            args=list(args), kwargs=dict(kwargs), backend=self.alias, errors=[], worker_ids=[],
        )  # fmt: skip


def send_overdue() -> int:
    """Send what is due and has not begun, also what was kept for later; return how many."""
    idle = Q(lease_until=None) | Q(lease_until__lt=Now())
    # What was asked for at once was also sent at once, and gets its half minute.
    kept_for_later = Q(run_at__gt=F("asked_at"), run_at__lte=Now())
    due = kept_for_later | Q(run_at__lt=from_now(-OVERDUE))
    with transaction.atomic():
        rows = list(
            Job.objects.filter(idle, due, state=JobState.READY)
            .select_for_update(skip_locked=True)
            .order_by("run_at", "pk")[:SENT_AT_ONCE]
        )
        # Until then nobody sends it again; whoever begins it writes a lease of its own.
        lent = Job.objects.filter(pk__in=[row.pk for row in rows])
        lent.update(lease_until=from_now(SENT_AGAIN_EVERY))
    unsent = [row.pk for row in rows if not publish(row.pk, row.attempt, row.queue)]
    lent.filter(pk__in=unsent, state=JobState.READY).update(lease_until=None)
    return len(rows) - len(unsent)


class ClusterKeeper(Keeper):
    """The round beside the jobs of one Celery process: also sends what the broker lacks."""

    def round(self) -> None:
        """Renew, report, take back, queue, send."""
        super().round()
        send_overdue()


def keep(**_signal: object) -> None:
    """Start the round of a process that Celery has just made."""
    connections.close_all()
    keeper = ClusterKeeper(new_name(), (api.EVERY_QUEUE,), slots=Slots(every_kind()))
    threading.Thread(target=keeper.watch, name="keeper", daemon=True).start()


def work(queues: Sequence[str], processes: int) -> None:
    """Run Celery's worker in the foreground until it is stopped."""
    worker_process_init.connect(keep, weak=False)
    names = QUEUES if api.EVERY_QUEUE in queues else queues
    app.worker_main(
        ["worker", "--queues", ",".join(names), "--concurrency", str(processes), "--loglevel",
         "WARNING", "--without-gossip", "--without-mingle"]
    )  # fmt: skip
