"""The progress report of 30 June 2021 from CAREC's preset: three formats in two languages, cold.

./serai bench report      (own throw-away SQLite file; DATABASE_URL is respected)
"""

import os
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The folder itself would hide the standard library's `platform` behind our bench of that name.
sys.path = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE)]
os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")

import django  # noqa: E402  the path stands first
from benchmarks._figures import Board  # noqa: E402


def main() -> None:
    """Measure and judge: nothing of the process has made a report before."""
    django.setup()
    from django.core.management import call_command

    from serai.reports import actions
    from serai.reports.states import FileFormat

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("load_preset", "carec", verbosity=0)
    board, began, worked = Board(), time.perf_counter(), time.process_time()
    made = actions.make_unissued(
        kind="progress", as_of=date(2021, 6, 30), audience="members", languages=["en", "ru"],
        formats=tuple(FileFormat),
    )  # fmt: skip
    taken, busy = time.perf_counter() - began, time.process_time() - worked
    board.say("files of the progress report", len(made.files), "", least=6)
    board.say("all of them, cold", taken, "s", most=6)
    board.say("all of them, processor without typesetter", busy, "s")
    board.end()


if __name__ == "__main__":
    main()
