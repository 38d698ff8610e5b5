"""Pages on a ministry's line: real Chromium, 256 kbit/s, 400 ms, a quarter of this machine's speed.

./serai bench pages                 seconds until each page has loaded, bytes, requests
./serai bench pages --loads 5       the middle of so many openings
./serai bench pages --kept FOLDER   keep the prepared house there for the next time
"""

import argparse
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks._figures import Board
from playwright.sync_api import sync_playwright
from tests.journeys.conftest import SWITCHES, chromium, visit_of
from tests.journeys.house import House, prepare
from tests.journeys.looking import Line
from tests.journeys.test_slow_line import AGAIN, COLD, ISSUED, PAGES, REQUESTS

KILOBITS, LATENCY_MS, SLOWER = 256, 400, 4
MOST_SECONDS = 2.0
LOADED = """() => { const all = performance.getEntriesByType("navigation")[0];
  return (all.loadEventEnd - all.startTime) / 1000; }"""


@contextmanager
def opened(kept: Path | None) -> Iterator[House]:
    """A running house with its sample, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="serai-pages-") as folder:
        house = House(prepare(kept or Path(folder) / "house"), Path(folder) / "data").open()
        try:
            yield house
        finally:
            house.close()
            shutil.rmtree(folder, ignore_errors=True)


def load(visit, line: Line, path: str, *, cold: bool) -> tuple[float, int, int]:
    """Open a page once; return seconds, bytes and requests."""
    if cold:
        line.forget()
    with line.counting() as found:
        visit.open(path)
        visit.page.wait_for_function(
            "performance.getEntriesByType('navigation')[0].loadEventEnd > 0"
        )
    return visit.page.evaluate(LOADED), found.bytes, len(found.requests)


def measure(board: Board, browser, house: House, loads: int) -> None:
    """Open each page as somebody new and again, on the slow line."""
    (issued,) = house.row(ISSUED)
    for name, (role, path) in PAGES.items():
        visit = visit_of(browser, house, role)
        line = Line(visit.page)
        where = path.format(issued=issued)
        visit.open(where)  # the server has compiled its templates
        line.slow_down(kilobits=KILOBITS, latency_ms=LATENCY_MS, slower=SLOWER)
        for words, is_cold, most in (("first", True, COLD), ("again", False, AGAIN)):
            rows = [load(visit, line, where, cold=is_cold) for _ in range(loads)]
            seconds, size, requests = (
                statistics.median(column) for column in zip(*rows, strict=True)
            )
            board.say(f"{name}, {words}", seconds, "s", most=MOST_SECONDS)
            board.say(f"{name}, {words}: bytes", size / 1000, "kB", most=most / 1000)
            board.say(f"{name}, {words}: requests", requests, "", most=REQUESTS)
        visit.context.close()


def main() -> None:
    """Measure and judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--loads", type=int, default=3)
    parser.add_argument("--kept", type=Path)
    asked = parser.parse_args()
    board = Board()
    with opened(asked.kept) as house, sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=chromium(), args=SWITCHES)
        measure(board, browser, house, asked.loads)
        browser.close()
    board.end()


if __name__ == "__main__":
    main()
