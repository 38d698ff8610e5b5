"""Run background jobs: `./serai worker`."""

import multiprocessing
import os
import signal
import threading
from argparse import ArgumentParser
from types import FrameType

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from serai.base.jobs.api import EVERY_QUEUE, keeps_rows
from serai.base.jobs.kinds import QUEUES
from serai.base.jobs.worker import Loop, work
from serai.base.logs import set_up


class Command(BaseCommand):
    """One process, one job at a time; `--processes` starts several."""

    help = "Run background jobs until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the queues and the number of processes."""
        parser.add_argument(
            "--queues", default=EVERY_QUEUE, help=f"* or some of: {','.join(QUEUES)}"
        )
        parser.add_argument("--processes", type=int, default=1)
        parser.add_argument("--empty", action="store_true", help="stop when nothing may start")

    def handle(
        self, *args: object, queues: str, processes: int, empty: bool, **options: object
    ) -> None:
        """Start, and pass the signal to stop on to every process."""
        names = [name.strip() for name in queues.split(",") if name.strip()]
        unknown = sorted(set(names) - {EVERY_QUEUE, *QUEUES})
        if unknown or not names:
            raise CommandError(
                f"There is no queue {', '.join(unknown) or 'of that name'}. Use {', '.join(QUEUES)}."
            )
        if processes < 1:
            raise CommandError("--processes: write 1 or more.")
        if not keeps_rows():
            run_on_celery(names, processes)
            return
        set_up()
        if processes == 1:
            run_one(names, empties=empty)
            return
        connections.close_all()
        fork = multiprocessing.get_context("fork")
        children = [
            fork.Process(target=run_one, args=(names,), kwargs={"empties": empty}, daemon=False)
            for _ in range(processes)
        ]
        for child in children:
            child.start()

        def pass_on(number: int, frame: FrameType | None) -> None:
            for child in children:
                if child.pid and child.is_alive():
                    os.kill(child.pid, number)

        signal.signal(signal.SIGTERM, pass_on)
        signal.signal(signal.SIGINT, pass_on)
        for child in children:
            child.join()


def run_on_celery(queues: list[str], processes: int) -> None:
    """Run Celery's own worker, which starts its processes itself."""
    from serai.base.jobs import cluster  # noqa: PLC0415  its package is there only where asked for

    set_up()
    cluster.work(queues, processes)


def run_one(queues: list[str], *, empties: bool) -> None:
    """Run one loop; the first signal lets the present job end, the second does not."""
    loop = Loop(queues, empties=empties)

    def stop(number: int, frame: FrameType | None) -> None:
        if loop.is_stopping.is_set():
            os._exit(1)
        loop.stop()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
    work(loop)
