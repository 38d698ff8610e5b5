"""From a clean clone to the first page, again, and a set-up with nothing to do.

./serai bench start        clones this checkout's last commit; packages come over the network
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks._figures import Board

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("SERAI_BENCH_PORT", "8510"))
UNTIL_OPEN = 600
NO_OPS = 9


def clone(folder: Path) -> tuple[Path, dict[str, str]]:
    """Clone into a folder with an empty HOME; only the way to the packages is taken along."""
    house, home = folder / "clone", folder / "home"
    subprocess.run(["git", "clone", "-q", ROOT, house], check=True)
    home.mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name.upper().endswith("_PROXY") or name.startswith(("PIP_", "UV_", "SSL_"))
    }
    return house, {**kept, "PATH": os.environ["PATH"], "HOME": str(home), "SERAI_PORT": str(PORT)}


def seconds_to_first_page(house: Path, environment: dict[str, str]) -> float:
    """Run the one script, wait for a page, stop it."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [house / "serai", "run"], env=environment, stdout=subprocess.DEVNULL, start_new_session=True
    )
    try:
        while time.perf_counter() - began < UNTIL_OPEN:
            try:
                with urlopen(f"http://127.0.0.1:{PORT}/en/", timeout=30) as page:
                    if page.status == 200:
                        return time.perf_counter() - began
            except (URLError, OSError):
                time.sleep(0.05)
            if process.poll() is not None:
                sys.exit("The house did not start.")
        sys.exit(f"No page after {UNTIL_OPEN} s.")
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def seconds_of_nothing(house: Path, environment: dict[str, str]) -> float:
    """Time the script's set-up alone: a Python that does nothing stands where the real one was."""
    python = house / ".venv" / "bin" / "python"
    python.unlink()
    python.write_text("#!/bin/sh\nexit 0\n")
    python.chmod(0o755)
    times = []
    for _ in range(NO_OPS):
        began = time.perf_counter()
        subprocess.run(
            [house / "serai", "manage", "version"], env=environment, check=True, capture_output=True
        )
        times.append(time.perf_counter() - began)
    return sorted(times)[NO_OPS // 2]


def main() -> None:
    """Measure and judge."""
    board = Board()
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-start-"))
    try:
        house, environment = clone(folder)
        first = seconds_to_first_page(house, environment)
        board.say("clean clone: install and first page", first, "s", most=30)
        board.say("start again", seconds_to_first_page(house, environment), "s", most=3)
        nothing = seconds_of_nothing(house, environment)
        board.say("set-up with nothing to do", nothing, "s", most=0.1)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    board.end()


if __name__ == "__main__":
    main()
