"""The queue's promises: jobs per second beside bare django-tasks-db, and how soon one resumes.

./serai bench jobs                      on SQLite
./serai bench jobs --postgres           on a PostgreSQL of its own, with fsync
./serai bench jobs --resume             also kill one worker with the real lease of a minute
"""

import argparse
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from benchmarks._engines import database
from benchmarks._figures import Board

ROOT = Path(__file__).resolve().parent.parent


def bare_jobs_per_second(count: int, *, kept_open: int) -> float:
    """Run jobs that do nothing by django-tasks-db's own worker, in this process.

    It asks after each job whether its connection is old; `kept_open` is Django's CONN_MAX_AGE.
    """
    import logging

    from django.db import connection
    from django_tasks_db.management.commands.db_worker import Worker
    from tests.base.jobs import bare_jobs

    logging.disable(logging.CRITICAL)
    for _ in range(count):
        bare_jobs.bare.enqueue()
    connection.close()
    ours, connection.settings_dict["CONN_MAX_AGE"] = (
        connection.settings_dict["CONN_MAX_AGE"], kept_open,
    )  # fmt: skip
    worker = Worker(
        queue_names=["*"], interval=0, batch=True, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id="bare", excluded_queue_names=[],
    )  # fmt: skip
    began = time.perf_counter()
    worker.run()
    spent = time.perf_counter() - began
    logging.disable(logging.NOTSET)
    connection.close()
    connection.settings_dict["CONN_MAX_AGE"] = ours
    return count / spent


def jobs_per_second(count: int, workers: int) -> float:
    """Run jobs that do nothing by our worker, in processes of their own."""
    from django.db import connections
    from tests.base.jobs import sample_jobs  # noqa: F401

    from serai.base.jobs import enqueue
    from serai.base.jobs.worker import Loop
    from serai.base.models import LIVE, Job

    for _ in range(count):
        enqueue("tests.nothing")
    connections.close_all()
    begin_read, begin_write = os.pipe()
    pids = []
    for _ in range(workers):
        pid = os.fork()
        if not pid:
            os.close(begin_write)
            os.read(begin_read, 1)
            try:
                Loop(empties=True).run()
            finally:
                os._exit(0)
        pids.append(pid)
    os.close(begin_read)
    time.sleep(0.2)
    began = time.perf_counter()
    os.close(begin_write)
    for pid in pids:
        os.waitpid(pid, 0)
    spent = time.perf_counter() - began
    left = Job.objects.filter(state__in=LIVE, name="tests.nothing").count()
    if left:
        sys.exit(f"{left} jobs were not run.")
    return count / spent


def seconds_until_resumed() -> float:
    """Kill a worker in the middle of a job; return when the next one has finished it."""
    from django.db import connections
    from tests.base.jobs import sample_jobs  # noqa: F401

    from serai.base.jobs import enqueue
    from serai.base.jobs.worker import Loop, work
    from serai.base.models import Job

    asked = enqueue("tests.slow_effect", mark="resumed", seconds=1.5)

    def start() -> int:
        connections.close_all()
        pid = os.fork()
        if not pid:
            try:
                work(Loop())
            finally:
                os._exit(0)
        return pid

    first = start()
    while Job.objects.get(public_id=asked.id).state != "running":
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(first, signal.SIGKILL)
    os.waitpid(first, 0)
    began = time.perf_counter()
    second = start()
    while (
        Job.objects.get(public_id=asked.id).state != "running"
        or Job.objects.get(public_id=asked.id).attempt == 1
    ):
        time.sleep(0.25)
    spent = time.perf_counter() - began
    while Job.objects.get(public_id=asked.id).state != "done":
        time.sleep(0.25)
    os.kill(second, signal.SIGKILL)
    os.waitpid(second, 0)
    return spent


def measure(asked: argparse.Namespace) -> None:
    """Print the figures of the database that DATABASE_URL names."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0, interactive=False)
    board, engine = Board(), connection.vendor
    bare, kept = (
        max(bare_jobs_per_second(asked.count, kept_open=seconds) for _ in range(asked.rounds))
        for seconds in (0, 60)
    )
    board.say(f"{engine}: bare django-tasks-db, as it comes", bare, "jobs/s")
    board.say(f"{engine}: bare, its connection kept open", kept, "jobs/s")
    ours = max(jobs_per_second(asked.count, 1) for _ in range(asked.rounds))
    board.say(f"{engine}: jobs, 1 worker", ours, "jobs/s", least=bare)
    four = max(jobs_per_second(asked.count * 3, 4) for _ in range(asked.rounds))
    board.say(
        f"{engine}: jobs, 4 workers", four, "jobs/s",
        least=3 * ours if engine == "postgresql" else None,
    )  # fmt: skip
    if asked.resume:
        board.say(f"{engine}: resumed after kill -9", seconds_until_resumed(), "s", most=90)
    board.end()


def main() -> None:
    """Make a database, measure on it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--resume", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="serai-bench-jobs-") as folder:
        Path(folder).chmod(0o755)
        os.environ["DJANGO_SETTINGS_MODULE"] = "serai.config.settings_test"
        os.environ["SERAI_DATA"] = folder
        os.environ["PYTHONPATH"] = f"{ROOT / 'src'}:{ROOT}"
        sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
        with database("postgresql" if asked.postgres else "sqlite", Path(folder)):
            measure(asked)


if __name__ == "__main__":
    main()
