"""Nothing is lost and nothing done twice while processes are killed at random moments.

./serai bench kills                on SQLite
./serai bench kills --postgres     on a PostgreSQL of its own, with fsync

200 jobs and 50 letters while workers die 200 times; 500 saves over HTTP while web server and
worker die 200 times; on PostgreSQL also 400 jobs by eight workers whose clocks are wrong.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks._engines import database
from benchmarks._figures import Board

ROOT = Path(__file__).resolve().parent.parent
LOST_JOBS = ("not_done", "without_effect", "letters_lost", "letters_unsent")
LOST_SAVES = (
    "lost", "half", "without_audit_line", "letters_missing", "letters_lost", "letters_unsent",
    "jobs_left", "jobs_failed",
)  # fmt: skip
DOUBLED_SAVES = ("doubled", "audit_lines_doubled", "never_sent")


def found_by(module: str, *words: str) -> dict[str, object]:
    """Run a harness of the tests in a process of its own; return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", module, *words],
        check=False, capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:  # each killed worker writes a line too: of interest only then
        sys.exit(done.stderr[-3_000:])
    found: dict[str, object] = json.loads(done.stdout.strip().splitlines()[-1])
    print(f"{module}: {found}", flush=True)
    return found


def total(found: dict[str, object], *names: str) -> int:
    """Add up counts of faults; a fault that takes another away hides nothing."""
    return sum(abs(int(str(found[name]))) for name in names)


def kill_workers(board: Board, engine: str, asked: argparse.Namespace) -> None:
    """Kill workers between jobs, letters and their ends."""
    found = found_by(
        "tests.base.jobs.killing", "kill", "--jobs", str(asked.jobs), "--kills", str(asked.kills)
    )
    name = f"{engine}: {asked.jobs} jobs, {found['killed']} kills"
    board.say(f"{name}: lost", total(found, *LOST_JOBS), "", most=0)
    board.say(f"{name}: doubled", total(found, "doubled", "half"), "", most=0)


def kill_saves(board: Board, engine: str, asked: argparse.Namespace) -> None:
    """Kill the web server and the worker while people save."""
    found = found_by(
        "tests.config.saving", "--saves", str(asked.saves), "--kills", str(asked.kills)
    )
    name = f"{engine}: {asked.saves} saves, {asked.kills} kills"
    missing = asked.saves - int(str(found["acknowledged"]))
    board.say(f"{name}: never answered", missing, "", most=0)
    board.say(f"{name}: lost", total(found, *LOST_SAVES), "", most=0)
    board.say(f"{name}: doubled", total(found, *DOUBLED_SAVES), "", most=0)


def wrong_clocks(board: Board, engine: str) -> None:
    """Let eight workers with wrong clocks share a queue."""
    found = found_by("tests.base.jobs.killing", "skew", "--jobs", "400")
    faults = total(found, "not_done", "doubled", "tried_again")
    board.say(f"{engine}: faults with wrong clocks", faults, "", most=0)


def main() -> None:
    """Make a database for each part, and judge."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--jobs", type=int, default=200)
    parser.add_argument("--saves", type=int, default=500)
    parser.add_argument("--kills", type=int, default=200)
    asked = parser.parse_args()
    engine = "postgresql" if asked.postgres else "sqlite"
    board = Board()
    parts = [lambda: kill_workers(board, engine, asked), lambda: kill_saves(board, engine, asked)]
    if asked.postgres:
        parts.append(lambda: wrong_clocks(board, engine))
    os.environ["PYTHONPATH"] = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    for part in parts:
        with tempfile.TemporaryDirectory(prefix="serai-bench-kills-") as folder:
            Path(folder).chmod(0o755)
            os.environ["DJANGO_SETTINGS_MODULE"] = "serai.config.settings_test"
            os.environ["SERAI_DATA"] = str(Path(folder) / "house")
            with database(engine, Path(folder)):
                part()
    board.end()


if __name__ == "__main__":
    main()
