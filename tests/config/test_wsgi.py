"""The real web server: killed in the middle of saves, held up by slow uploads, sent too much."""

import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.config.saving import free_port

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SAVES, KILLS = 500, 12
WRONG = (
    "lost", "doubled", "never_sent", "half", "without_audit_line", "audit_lines_doubled",
    "letters_missing", "letters_unsent", "letters_lost", "receipts_without_result", "jobs_left",
    "jobs_failed",
)  # fmt: skip


def saved(own_database, tmp_path):
    """Run the harness in a process of its own; return what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.config.saving",
         "--saves", str(SAVES), "--kills", str(KILLS), "--seed", "2021"],
        env={
            **os.environ,
            "DATABASE_URL": own_database,
            "SERAI_DATA": str(tmp_path / "house"),
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        },
        cwd=ROOT, capture_output=True, text=True, timeout=2_400,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_a_killed_web_server_loses_halves_and_doubles_no_save(own_database, tmp_path):
    found = saved(own_database, tmp_path)

    assert found["refused"] == []
    assert found["acknowledged"] == SAVES
    assert sum(found["killed"].values()) == KILLS
    assert found["sent_again"] > 0, "No kill fell into a save: nothing was tried."
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
    # Mail leaves outside any transaction: each killed worker may double the letter it had in hand.
    assert found["letters"] == SAVES // 10 * 2
    assert found["letters_doubled"] <= found["killed"].get("worker", 0)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The port of a running `./serai web`; what is asked of it here needs no database."""
    folder, port = tmp_path_factory.mktemp("web"), free_port()
    process = subprocess.Popen(
        [ROOT / "serai", "web"], start_new_session=True,
        env={**os.environ, "SERAI_DATA": str(folder), "SERAI_PORT": str(port),
             "DATABASE_URL": f"sqlite:///{folder}/none.sqlite3",
             "DJANGO_SETTINGS_MODULE": "serai.config.settings_test"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + 600
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            if alive(port) == 200:
                break
        time.sleep(0.2)
    yield port
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def alive(port, timeout=60):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)) as door:
        door.request("GET", "/health/live")
        answer = door.getresponse()
        answer.read()
        return answer.status


def begun_upload(port, size):
    """Send the head of a form and its first bytes; the rest never comes."""
    line = socket.create_connection(("127.0.0.1", port), timeout=60)
    line.sendall(
        b"POST /en/members/sign-in/ HTTP/1.1\r\nHost: localhost\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\n"
        b"Content-Length: " + str(size).encode() + b"\r\n\r\nemail="
    )
    return line


def test_slow_uploads_hold_up_nobody_else(server):
    """A hundred forms on their way at 5 kB/s; with four threads the seventeenth stopped all."""
    with contextlib.ExitStack() as lines:
        for _ in range(100):
            lines.enter_context(begun_upload(server, 1_000_000))
        time.sleep(1)

        answers = [alive(server) for _ in range(10)]

    assert answers == [200] * 10


def test_three_hundred_megabytes_are_refused_before_they_are_sent(server):
    with begun_upload(server, 300 * 1024 * 1024) as line:
        answer = b""
        while b"</html>" not in answer and (part := line.recv(65_536)):
            answer += part

    assert answer.startswith(b"HTTP/1.1 413")
    assert "This upload is too large" in answer.decode()
    assert "One file may have at most 20 MB." in answer.decode()
