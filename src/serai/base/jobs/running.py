"""Run one attempt of a job: progress, one commit, and what follows a failure."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from serai.base.jobs import api, leases
from serai.base.jobs.asking import enqueue
from serai.base.jobs.kinds import MAKE_TASK, kind
from serai.base.jobs.leases import Started, claim, claim_one
from serai.base.logs import scrub
from serai.base.models import Job, JobState

LOG = logging.getLogger("serai.jobs")
DEEPEST_FRAMES = 12


class LostLease(Exception):
    """The job was taken back from this worker; nothing of this attempt may be written."""


class CancelAsked(Exception):
    """The asker no longer wants the job."""


class GiveUp(Exception):
    """No further attempt can help; the text says why, in the asker's words."""


@dataclass
class Context:
    """What a running job knows of itself.

    Attributes:
        now: when this attempt began; jobs pass it on as their clock.
        key: name outside effects (files, requests) by it: they may happen twice.
    """

    id: str
    key: str
    attempt: int
    asked_by: int | None
    now: datetime
    started: Started = field(repr=False)
    is_done: bool = False

    def progress(self, step: str, done: int = 0, total: int = 0, unit: str = "") -> None:
        """Say what is being done, n of m; outside any transaction, so that others can see it.

        Args:
            step: the sentence in English, marked with gettext_noop; shown in the reader's own.
            done: how many of `total` are finished.
            total: 0 when unknown.
            unit: what is counted, marked likewise.

        Raises:
            CancelAsked: let it pass; the job ends as cancelled.
            LostLease: let it pass.
        """
        said = {
            "step": step, "done": done, "total": total, "unit": unit,
            "at": timezone.now().isoformat(timespec="milliseconds"),
        }  # fmt: skip
        mine = Job.objects.filter(
            pk=self.started.pk, token=self.started.token, state=JobState.RUNNING
        )
        if mine.filter(cancel_asked=False).update(progress=said):
            return
        if mine.exists():
            raise CancelAsked
        raise LostLease

    @contextmanager
    def commit(self, *, result_address: str = "") -> Iterator[None]:
        """Write the job's effect and "done" in one transaction: both happen, once, or neither.

        Raises:
            LostLease: before anything is written, if the job was taken back.
        """
        with transaction.atomic():
            taken = Job.objects.filter(
                pk=self.started.pk, token=self.started.token, state=JobState.RUNNING
            ).update(
                state=JobState.DONE,
                lease_until=None,
                finished_at=Now(),
                error="",
                result_address=result_address,
            )
            if not taken:
                raise LostLease
            yield
            api.mark_done(self.started.job.task)
            self.started.job.result_address = result_address
            tell_asker(self.started.job, is_done=True)
        self.is_done = True


def tell_asker(job: Job, *, is_done: bool, is_said: bool = False) -> None:
    """Queue the letter to the asker in the transaction that ends the job.

    `is_said`: the job gave up in words for the asker; other errors are for administrators.
    """
    if leases.is_told(job):
        enqueue(
            "base.tell_asker",
            key=f"tell:{job.public_id}:{job.attempt}",
            job_id=job.pk,
            is_done=is_done,
            is_said=is_said,
        )


leases.TELL[0] = tell_asker


def run(started: Started, now: datetime) -> bool:
    """Run a claimed attempt to its end; return whether it is done."""
    job = started.job
    context = Context(
        id=job.public_id, key=job.key, attempt=job.attempt, asked_by=job.asked_by_id, now=now,
        started=started,
    )  # fmt: skip
    try:
        with HELD.hold(started):
            kind(job.name).function(context, **job.arguments)
            if not context.is_done:
                with context.commit():
                    pass
    except LostLease:
        LOG.warning("lease lost", extra={"job": job.name, "event": "lease_lost"})
    except CancelAsked:
        _fail(started, CancelAsked(), retry=False)
    except GiveUp as error:
        _fail(started, error, retry=False)
    except (Exception, SystemExit) as error:  # whatever a job does, the worker goes on
        if context.is_done:
            LOG.exception("failed after its commit", extra={"job": job.name})
        else:
            LOG.warning("failed", exc_info=error, extra={"job": job.name, "event": "job_failed"})
            _fail(started, error, retry=True)
    return context.is_done


def _fail(started: Started, error: BaseException, *, retry: bool) -> None:
    words = scrub(str(error)) if str(error) else type(error).__name__
    if not isinstance(error, GiveUp | CancelAsked):
        words = f"{type(error).__name__}: {words}"
    frames = "".join(
        f"{frame.filename}:{frame.lineno} {frame.name}\n"
        for frame in traceback.extract_tb(error.__traceback__)[-DEEPEST_FRAMES:]
    )
    leases.release(
        started,
        error=words,
        error_class=f"{type(error).__module__}.{type(error).__qualname__}",
        frames=frames,
        retry=retry,
    )


class Held:
    """The attempt this process runs now, for the thread that renews its lease."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._started: dict[int, Started] = {}

    @contextmanager
    def hold(self, started: Started) -> Iterator[None]:
        """Keep an attempt while it runs."""
        with self._lock:
            self._started[started.pk] = started
        try:
            yield
        finally:
            with self._lock:
                self._started.pop(started.pk, None)

    def now(self) -> list[Started]:
        """Return what is held at this moment."""
        with self._lock:
            return list(self._started.values())


HELD = Held()


def attempt_job(job_id: int, attempt: int) -> None:
    """Run one attempt that any backend of the Tasks API delivered; a repeat does nothing."""
    started = claim_one(job_id, attempt, "tasks")
    if started is not None:
        run(started, timezone.now())


def _make_task(function: Callable[..., None], *, queue: str) -> object:
    return api.make_task(function, attempt_job, queue=queue)


MAKE_TASK.append(_make_task)


def run_ready(
    *, now: datetime | None = None, queues: Sequence[str] = (api.EVERY_QUEUE,), at_most: int = 1000
) -> list[str]:
    """Run what may start in this very thread, oldest first; return the jobs' names (for tests)."""
    names = []
    for _ in range(at_most):
        started = claim(queues, "here")
        if started is None:
            break
        names.append(started.job.name)
        run(started, now or timezone.now())
    return names
