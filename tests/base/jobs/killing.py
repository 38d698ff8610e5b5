"""Kill workers and see that nothing is lost or done twice; for the tests and for benchmarks.

    DATABASE_URL=... python -m tests.base.jobs.killing kill --jobs 200 --letters 50 --kills 200
    DATABASE_URL=... python -m tests.base.jobs.killing skew --jobs 400

Runs in a process of its own: workers are forks of it, so that they start at once and can be
killed at any moment. Leases and pauses are shortened, the code is the product's. The database
named by DATABASE_URL must be empty or this program's own.
"""

import argparse
import contextlib
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta

import django
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

LEASE_SECONDS, RENEW_SECONDS = 2.0, 0.5


def shorten():
    """Make a minute two seconds."""
    from serai.base.jobs import backoff, leases
    from serai.base.mail import sending

    leases.LEASE = timedelta(seconds=LEASE_SECONDS)
    backoff.FIRST_SECONDS, backoff.LONGEST_SECONDS = 1, 1
    sending.STUCK_AFTER = timedelta(seconds=2)


def start_worker(skew=timedelta(0)):
    """Fork a worker; its clock may be wrong."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        from serai.base.jobs import worker

        right = timezone.now
        timezone.now = lambda: right() + skew
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        loop = worker.Loop()
        keeper = worker.Keeper(loop.name, loop.queues, every_seconds=RENEW_SECONDS)
        threading.Thread(target=keeper.watch, daemon=True).start()
        loop.run()
        code = 0
    finally:
        os._exit(code)


def end_worker(pid):
    """kill -9, and wait until it is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


class Postman:
    """A mail server on this machine that remembers what it took."""

    def __init__(self):
        from aiosmtpd.controller import Controller

        self.taken = Counter()
        self.controller = Controller(self, hostname="127.0.0.1", port=0)

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        from email import message_from_bytes

        self.taken[message_from_bytes(envelope.content)["Message-ID"]] += 1
        return "250 taken"

    @contextlib.contextmanager
    def open(self):
        import socket
        from dataclasses import replace

        from django.conf import settings

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.controller.port = free.getsockname()[1]
        self.controller.start()
        settings.MODE = "production"
        settings.MAIL = replace(
            settings.MAIL, host="127.0.0.1", port=self.controller.port, tls="none", user=""
        )
        try:
            yield self
        finally:
            self.controller.stop()


def live_count():
    from serai.base.models import LIVE, Job

    return Job.objects.filter(state__in=LIVE, name__startswith="tests.").count()


def ask_for(jobs, letters):
    """Queue jobs and letters, a few at a time as people do."""
    from tests.base.jobs import sample_jobs  # noqa: F401

    from serai.base.jobs import enqueue
    from serai.base.mail import Message, send

    for number in range(jobs):
        enqueue("tests.slow_effect", key=f"job{number}", mark=f"job{number}", seconds=0.01)
    for number in range(letters):
        send(
            Message(
                key=f"letter:{number}",
                template="serai/email/job_finished",
                facts={"title": f"Letter {number}"},
                address=f"reader{number}@agency.test",
            )
        )


def findings(postman):
    """Count what is wrong: effects missing, doubled or half, letters lost, rows left behind."""
    from django_tasks_db.models import DBTaskResult

    from serai.base.models import AuditEntry, Job, Message

    first = Counter(AuditEntry.objects.filter(verb="first half").values_list("thing", flat=True))
    second = Counter(AuditEntry.objects.filter(verb="second half").values_list("thing", flat=True))
    asked = Job.objects.filter(name="tests.slow_effect")
    letters = Message.objects.all()
    return {
        "jobs": asked.count(),
        "not_done": asked.exclude(state="done").count(),
        "without_effect": asked.count() - len(first),
        "doubled": sum(count > 1 for count in first.values()),
        "half": len(set(first.items()) ^ set(second.items())),
        "letters": letters.count(),
        "letters_unsent": letters.exclude(state="sent").count(),
        "letters_lost": letters.count() - len(postman.taken),
        "letters_doubled": sum(count > 1 for count in postman.taken.values()),
        "rows_left_running": DBTaskResult.objects.filter(status="RUNNING").count(),
        "lost_attempts": sum(row.attempt - 1 for row in asked),
    }


def waiting_letters():
    from serai.base.models import Message

    return Message.objects.filter(state__in=["queued", "sending"]).count()


def kill(jobs, letters, kills, seed, workers=1):
    """Kill workers at random moments until the work is done; say what was found."""
    draw = random.Random(seed)
    postman, killed = Postman(), 0
    with postman.open():
        ask_for(jobs, letters)
        began = time.monotonic()
        pids = [start_worker() for _ in range(workers)]
        while live_count() or waiting_letters():
            if killed < kills:
                time.sleep(draw.uniform(0.01, 0.25))
                victim = draw.randrange(workers)
                end_worker(pids[victim])
                killed += 1
                pids[victim] = start_worker()
                if killed < kills and live_count() < jobs // 4:
                    ask_more(jobs, killed)
            else:
                time.sleep(0.2)
            sweep()
            if time.monotonic() - began > 900:
                break
        for pid in pids:
            end_worker(pid)
        reap_rest()
        return findings(postman) | {
            "killed": killed, "seconds": round(time.monotonic() - began, 1)
        }  # fmt: skip


def sweep():
    """Do what is scheduled every five minutes: a letter whose job died five times needs it."""
    from serai.base.jobs import enqueue
    from serai.base.models import Message

    late = Message.objects.filter(state="sending", next_at__lt=timezone.now())
    if late.exists():
        enqueue("base.sweep_mail", key="sweep")


def reap_rest():
    """Let the leases of chores that were cut off run out, and take them back."""
    from serai.base.jobs import leases

    time.sleep(LEASE_SECONDS + 0.2)
    leases.reap()


def ask_more(jobs, round_number):
    """Keep the workers busy while there are moments left to kill them in."""
    from serai.base.jobs import enqueue

    for number in range(jobs // 4):
        mark = f"job{round_number}-{number}"
        enqueue("tests.slow_effect", key=mark, mark=mark, seconds=0.01)


def skew(jobs, seed, workers=8):
    """Let workers with wrong clocks share one queue; some jobs outlast their first lease."""
    from tests.base.jobs import sample_jobs  # noqa: F401

    from serai.base.jobs import enqueue
    from serai.base.models import AuditEntry, Job

    draw = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        for number in range(jobs):
            seconds = LEASE_SECONDS * 1.6 if number % (jobs // 8 or 1) == 0 else 0.005
            enqueue("tests.held_once", key=f"held{number}", folder=folder, seconds=seconds)
        began = time.monotonic()
        pids = [
            start_worker(timedelta(seconds=draw.uniform(-86_400, 86_400))) for _ in range(workers)
        ]
        while live_count() and time.monotonic() - began < 300:
            time.sleep(0.2)
        for pid in pids:
            end_worker(pid)
    asked = Job.objects.filter(name="tests.held_once")
    effects = Counter(AuditEntry.objects.filter(verb="effect").values_list("thing", flat=True))
    return {
        "jobs": asked.count(),
        "not_done": asked.exclude(state="done").count(),
        "tried_again": asked.exclude(attempt=1).count(),
        "doubled": sum(count > 1 for count in effects.values()),
        "workers_used": len(set(asked.values_list("worker", flat=True))),
        "seconds": round(time.monotonic() - began, 1),
    }


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["kill", "skew"])
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--letters", type=int, default=50)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    shorten()
    if asked.what == "kill":
        found = kill(asked.jobs, asked.letters, asked.kills, asked.seed, asked.workers)
    else:
        found = skew(asked.jobs, asked.seed)
    sys.stdout.write(json.dumps(found) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
