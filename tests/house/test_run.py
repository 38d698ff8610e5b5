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
with Path(os.environ["SERAI_DATA"], "asked").open("a") as asked:
    print(sys.argv[1], "web" if Path(os.environ["SERAI_DATA"], "web.number").exists() else "", file=asked)
if sys.argv[1] == "prepare_house":
    Path(os.environ["SERAI_DATA"], "serai.sqlite3").write_text("tables")
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
    for path, text in (("serai/config/serve", WEB), ("django/__main__", MANAGED)):
        module = tmp_path / "src" / f"{path}.py"
        module.parent.mkdir(parents=True)
        for folder in (module.parent, module.parent.parent):
            (folder / "__init__.py").write_text("")
        module.write_text(text)
    running, *numbers = start(tmp_path)
    yield running, *numbers
    end(running, *numbers)


def start(folder):
    """Run the script in a folder until it says that it stands; give it and its process numbers."""
    place = folder / "data"
    plain = {"PATH": os.environ["PATH"], "HOME": str(folder), "SERAI_DATA": str(place)}
    running = subprocess.Popen(
        [folder / "serai", "run"], env=plain, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    numbers = [place / "web.number", place / "worker.number"]
    assert within(60, lambda: all(path.exists() and path.read_text() for path in numbers))
    web, worker = (int(path.read_text()) for path in numbers)
    while "Stop with Ctrl-C" not in running.stdout.readline():
        pass
    return running, web, worker


def end(running, web, worker):
    """Leave no process behind."""
    for number in (running.pid, web, worker):
        if is_alive(number):
            os.kill(number, signal.SIGKILL)
    running.communicate()


def asked_of(folder):
    """Return the commands given since the house was made, each with "web" if the web was open."""
    lines = (folder / "data" / "asked").read_text().splitlines()
    return [tuple(line.split()) for line in lines]


def start_again(folder, *, changed=None):
    """Stop nothing, forget the numbers, start once more and end it; return what was asked then."""
    for name in ("web.number", "worker.number", "asked"):
        (folder / "data" / name).unlink()
    if changed:
        os.utime(folder / changed, (time.time() + 5, time.time() + 5))
    end(*start(folder))
    return asked_of(folder)


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


@pytest.mark.either_engine
def test_a_new_house_is_prepared_before_it_opens(opened, tmp_path):
    assert asked_of(tmp_path) == [("prepare_house",), ("run_worker", "web")]


@pytest.mark.either_engine
def test_a_house_in_which_nothing_changed_opens_first_and_is_looked_over_after(opened, tmp_path):
    end(*opened)

    assert start_again(tmp_path) == [("prepare_house", "web"), ("run_worker", "web")]


@pytest.mark.either_engine
@pytest.mark.parametrize("changed", ["src/django/__main__.py", "requirements.lock"])
def test_where_a_file_changed_it_is_prepared_first_again(opened, tmp_path, changed):
    end(*opened)

    asked = start_again(tmp_path, changed=changed)

    assert asked == [("prepare_house",), ("run_worker", "web")]


@pytest.mark.either_engine
def test_files_that_come_with_old_times_are_seen(opened, tmp_path):
    end(*opened)
    brought = tmp_path / "src" / "django" / "brought.py"
    brought.write_text("")
    os.utime(brought, (1, 1))
    os.utime(brought.parent, (1, 1))

    assert start_again(tmp_path) == [("prepare_house",), ("run_worker", "web")]


@pytest.mark.either_engine
def test_a_house_whose_preparing_failed_is_not_taken_for_prepared(opened, tmp_path):
    end(*opened)
    stamp = tmp_path / "data" / "prepared"
    assert stamp.exists()
    (tmp_path / "src" / "django" / "__main__.py").write_text("raise SystemExit(1)")
    plain = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "SERAI_DATA": str(stamp.parent)}

    ended = subprocess.run([tmp_path / "serai", "run"], env=plain, capture_output=True, timeout=60)

    assert (ended.returncode, stamp.exists()) == (1, False)


@pytest.mark.either_engine
def test_where_the_database_is_gone_it_is_prepared_first_again(opened, tmp_path):
    end(*opened)
    (tmp_path / "data" / "serai.sqlite3").unlink()

    assert start_again(tmp_path) == [("prepare_house",), ("run_worker", "web")]


@pytest.mark.either_engine
def test_where_a_setting_changed_it_is_prepared_first_again(opened, tmp_path):
    end(*opened)
    (tmp_path / ".env").write_text("SERAI_LANGUAGES=en\n")

    assert start_again(tmp_path) == [("prepare_house",), ("run_worker", "web")]
