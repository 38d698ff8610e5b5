"""The programme's pages with 200 milestones, a calendar link with 500 events, statuses, plan files.

./serai bench programme      (own throw-away SQLite file; DATABASE_URL is respected)
"""

import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The folder itself would hide the standard library's `platform` behind our bench of that name.
sys.path = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE)]
os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")

import django  # noqa: E402  the path stands first
from benchmarks._figures import Board  # noqa: E402

NOON = datetime(2021, 6, 30, 12, tzinfo=UTC)
RUNS = 9


def fill(count: int) -> str:
    """Plan milestones over four initiatives; return a calendar link's token."""
    from tests.factories import members as people
    from tests.factories import programme as make

    from serai.programme import actions

    make.programme(opens_as_of=date(2021, 6, 30))
    homes = [make.initiative() for _ in range(4)]
    for number in range(count):
        day = date.fromordinal(date(2021, 3, 1).toordinal() + number)
        row = make.milestone(homes[number % 4], words=day.isoformat())
        if number % 5 == 0 and day < NOON.date():
            make.completion(row, day.isoformat())
    return actions.make_feed(scope="all", by=people.viewer_with(), now=NOON).token


def timed(client: object, address: str) -> tuple[float, int]:
    """Return the middle of several answers in milliseconds, and the bytes on the wire."""
    times, size = [], 0
    for _ in range(RUNS):
        start = time.perf_counter()
        answer = client.get(address)
        times.append((time.perf_counter() - start) * 1000)
        size = len(gzip.compress(answer.content))
    return statistics.median(times), size


def seconds(work: Callable[[], object]) -> float:
    """Return the middle of several runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def measure_statuses(board: Board) -> None:
    """Derive the status of 10,000 milestones: done, late, running and to come, a quarter each."""
    from serai.calc.schedule import on_day, standing

    today = NOON.date()
    days = [date.fromordinal(today.toordinal() - 2_500 + number // 2) for number in range(10_000)]
    windows = [on_day(day) for day in days]

    def work() -> int:
        return sum(
            len(standing(window, window if number % 4 == 0 else None, today).status)
            for number, window in enumerate(windows)
        )

    board.say("status of 10 000 milestones", seconds(work) * 1000, "ms", most=100)


def measure_plans(board: Board) -> None:
    """Write and read a Microsoft Project file of 2,000 tasks, each tied to the one before."""
    from serai.base.plans import PlanFile, PlanLink, PlanTask, read_plan, write_plan
    from serai.calc.schedule import on_day

    tasks = tuple(
        PlanTask(
            uid=number,
            number=str(number),
            name=f"Task {number}",
            plan=on_day(date.fromordinal(date(2021, 1, 1).toordinal() + number)),
            links=(PlanLink(number - 1),) if number > 1 else (),
            group=f"Initiative {number // 500}",
        )  # fmt: skip
        for number in range(1, 2_001)
    )
    plan = PlanFile("Plan", tasks, NOON.date())
    content = write_plan(plan)
    board.say("plan file of 2 000 tasks, out", seconds(lambda: write_plan(plan)), "s", most=1)
    board.say("plan file of 2 000 tasks, in", seconds(lambda: read_plan(content)), "s", most=2)
    board.say("tasks read back", len(read_plan(content).tasks), "", least=2_000)


def main() -> None:
    """Measure and judge."""
    django.setup()
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    board, client = Board(), Client()
    fill(200)
    for name, address in (
        ("overview of 200 milestones", "/en/programme/"),
        ("timeline of 200 milestones", "/en/programme/timeline/"),
        ("list of 200 milestones", "/en/programme/milestones/"),
    ):
        taken, size = timed(client, address)
        board.say(name, taken, "ms", most=200)
        board.say(f"{name}, on the wire", size / 1000, "kB", most=50)
    token = fill(300)
    taken, _size = timed(client, f"/en/programme/calendars/{token}.ics")
    board.say("calendar link of 500 events", taken, "ms", most=150)
    measure_statuses(board)
    measure_plans(board)
    board.end()


if __name__ == "__main__":
    main()
