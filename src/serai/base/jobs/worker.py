"""The process that runs jobs, one at a time; more processes run more at once.

A second thread renews the lease of the running job, reports that the worker lives, takes back
what lost workers held, and queues scheduled jobs: also while a long job runs.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, close_old_connections, connections
from django.db.models.functions import Now
from django.utils import timezone

from serai.base.jobs import api, leases
from serai.base.jobs.clock import database_now
from serai.base.jobs.kinds import every_kind
from serai.base.jobs.running import HELD, run
from serai.base.jobs.slots import Slots
from serai.base.models import Worker

LOG = logging.getLogger("serai.jobs")
SHORTEST_REST_SECONDS, LONGEST_REST_SECONDS = 0.1, 1.0
TROUBLE_REST_SECONDS = 5.0


def new_name() -> str:
    """Name a worker process: host, process and a random part."""
    return f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"


@dataclass
class Keeper:
    """What is done every 15 s beside the jobs; without slots it queues no scheduled jobs."""

    name: str
    queues: Sequence[str]
    every_seconds: float = leases.RENEW_SECONDS
    stop: threading.Event = field(default_factory=threading.Event)
    slots: Slots | None = None

    def round(self) -> None:
        """Renew, report, take back, queue; each for itself, so that one fault stops no other."""
        for held in HELD.now():
            if not leases.renew(held):
                LOG.warning("lease lost", extra={"job": held.job.name, "event": "lease_lost"})
        Worker.objects.update_or_create(
            name=self.name,
            defaults={
                "host": socket.gethostname()[:100],
                "queues": ",".join(self.queues),
                "seen_at": Now(),
            },
        )
        leases.reap()
        if self.slots is not None:
            self.slots.round(database_now())

    def watch(self) -> None:
        """Go round until stopped (a thread with a connection of its own)."""
        try:
            while not self.stop.is_set():
                try:
                    self.round()
                except Exception:  # whatever fails in one round, leases are renewed in the next
                    LOG.exception("the round beside the jobs failed")
                # Between rounds nothing is held: on PostgreSQL the connection goes to the pool.
                connections.close_all()
                self.stop.wait(self.every_seconds)
            Worker.objects.filter(name=self.name).delete()
        except (DatabaseError, InterfaceError):
            LOG.exception("the worker could not sign off")
        finally:
            connections.close_all()


class Loop:
    """Claims and runs jobs until told to stop; a job that runs then is finished first."""

    def __init__(
        self, queues: Sequence[str] = (api.EVERY_QUEUE,), *, name: str = "", empties: bool = False
    ) -> None:
        self.name = name or new_name()
        self.queues = tuple(queues)
        self.empties = empties
        self.is_stopping = threading.Event()
        self.ended_count = 0

    def stop(self) -> None:
        """Take no further job."""
        self.is_stopping.set()

    def run(self) -> int:
        """Run jobs; with `empties` until none may start. Return how many attempts ended."""
        rest, was_idle = SHORTEST_REST_SECONDS, False
        while not self.is_stopping.is_set():
            try:
                did_one = self._one(was_idle=was_idle)
            except (DatabaseError, InterfaceError):
                # Disk full, database gone or locked: the lease brings back what was begun.
                LOG.exception("the database did not answer")
                connections.close_all()
                self.is_stopping.wait(TROUBLE_REST_SECONDS)
                continue
            if did_one:
                rest, was_idle = SHORTEST_REST_SECONDS, False
                continue
            if self.empties:
                break
            self.is_stopping.wait(rest)
            rest, was_idle = min(LONGEST_REST_SECONDS, rest * 2), True
        return self.ended_count

    def _one(self, *, was_idle: bool) -> bool:
        """Run one job; an idle worker looks without a lock before it claims."""
        if was_idle and not api.is_waiting(self.queues):
            return False
        started = leases.claim(self.queues, self.name)
        if started is None:
            return False
        began = time.perf_counter()
        is_done = run(started, timezone.now())
        self.ended_count += 1
        if not is_done:
            # Whatever the job did to its connection; a good one is kept, for opening costs 10 ms.
            close_old_connections()
        LOG.info(
            "done" if is_done else "not done",
            extra={"job": started.job.name, "ms": round((time.perf_counter() - began) * 1000, 1)},
        )
        return True


def work(loop: Loop) -> int:
    """Run a loop with its keeper beside it; a room whose jobs cannot be read stops it here."""
    keeper = Keeper(loop.name, loop.queues, slots=Slots(every_kind()))
    thread = threading.Thread(target=keeper.watch, name="keeper", daemon=True)
    thread.start()
    try:
        return loop.run()
    finally:
        keeper.stop.set()
        thread.join(timeout=5)
        connections.close_all()
