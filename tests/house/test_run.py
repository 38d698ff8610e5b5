"""`./serai run` keeps two processes together: where one ends, none is left."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Each writes its process number where the test finds it; the web answers as ours would.
WEB = """
import http.server, os, sys
from pathlib import Path
class Door(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
Path(os.environ["SERAI_DATA"], "web.number").write_text(str(os.getpid()))
http.server.HTTPServer(("127.0.0.1", int(sys.argv[sys.argv.index("--port") + 1])), Door).serve_forever()
"""
MANAGED = """
import os, sys, time
from pathlib import Path
if sys.argv[1] == "run_worker":
    Path(os.environ["SERAI_DATA"], "worker.number").write_text(str(os.getpid()))
    time.sleep(120)
"""


def is_alive(number: int) -> bool:
    """Tell whether a process still runs; one that ended and was not waited for does not."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{number}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] != "Z"


def within(seconds: float, is_so) -> bool:
    """Wait until something is so."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def opened(tmp_path):
    """The script running two stand-ins; gives it and their process numbers."""
    for name in ("serai", "bootstrap.lock", "requirements.lock"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    for name in ("bootstrap.lock", "requirements.lock"):
        shutil.copy(tmp_path / name, tmp_path / ".venv" / name)
    for package, text in (("granian", WEB), ("django", MANAGED)):
        folder = tmp_path / "src" / package
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("")
        (folder / "__main__.py").write_text(text)
    place = tmp_path / "data"
    plain = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SERAI_DATA": str(place)}
    running = subprocess.Popen(
        [tmp_path / "serai", "run"], env=plain, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    numbers = [place / "web.number", place / "worker.number"]
    assert within(60, lambda: all(path.exists() and path.read_text() for path in numbers))
    web, worker = (int(path.read_text()) for path in numbers)
    while "Stop with Ctrl-C" not in running.stdout.readline():
        pass
    yield running, web, worker
    for number in (running.pid, web, worker):
        if is_alive(number):
            os.kill(number, signal.SIGKILL)
    running.communicate()


@pytest.mark.either_engine
@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_stopping_leaves_no_process(opened, sent):
    running, web, worker = opened

    running.send_signal(sent)

    assert running.wait(30) == 0
    assert within(10, lambda: not is_alive(web) and not is_alive(worker))


@pytest.mark.either_engine
@pytest.mark.parametrize("gone", ["web", "worker"])
def test_where_one_process_ends_both_stop(opened, gone):
    running, web, worker = opened

    os.kill(web if gone == "web" else worker, signal.SIGKILL)

    assert running.wait(30) == 1
    assert within(10, lambda: not is_alive(web) and not is_alive(worker))
    assert running.stderr.read().startswith(f"The {gone} process ended, so both were stopped;")
