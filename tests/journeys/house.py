"""A house as `./serai run` opens it: prepared once, copied for each use, served by the real server.

Benchmarks use it too. It knows nothing of the suite's own database.
"""

import fcntl
import http.client
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = "tests.journeys.house_settings"
LANGUAGES = "en,ru,xx-rtl"
UNTIL_OPEN, UNTIL_STOPPED = 60, 10
PREPARED = "prepared"
LINK = re.compile(r"^  (?P<role>\S.*?) +https?://[^/]+(?P<path>/\S+)$", re.M)


def environment(folder: Path, port: int = 8474) -> dict[str, str]:
    """Return what a process of the house is started with: nothing of the caller's own settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("SERAI_", "DATABASE_URL"))}
    return kept | {
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "SERAI_DATA": str(folder),
        "SERAI_ADDRESS": f"http://localhost:{port}",
        "SERAI_LANGUAGES": LANGUAGES,
        "SERAI_SECRET_KEY": "journeys-" * 8,
    }


def prepare(folder: Path) -> Path:
    """Prepare a house in a folder once; whoever comes meanwhile waits and finds it."""
    folder.mkdir(parents=True, exist_ok=True)
    made = folder / PREPARED
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            half = folder / "half"
            shutil.rmtree(half, ignore_errors=True)
            manage(half, "prepare_house", "--notes", str(half / "notes.txt"))
            manage(
                half, "run_worker", "--empty"
            )  # the sample's report is issued, the search filled
            half.rename(made)
    return made


def manage(folder: Path, *words: str) -> str:
    """Run one management command in a house; return what it prints."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "django", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr[-2_000:]}")
    return done.stdout


def free_port() -> int:
    """Return a port nobody holds."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@dataclass
class House:
    """One running house on a copy of the prepared folder."""

    prepared: Path
    folder: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)
    sign_ins: dict[str, object] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://localhost:{self.port}"

    @property
    def links(self) -> dict[str, str]:
        """The sign-in link of each sample role, as the script prints them."""
        notes = (self.folder / "notes.txt").read_text(encoding="utf-8")
        return {found["role"]: found["path"] for found in LINK.finditer(notes)}

    def open(self, *, worker: bool = False) -> "House":
        """Copy, start, and wait until the first answer."""
        shutil.copytree(self.prepared, self.folder)
        (self.folder / "logs").mkdir(exist_ok=True)
        if worker:
            self.start("worker", "django", "run_worker")
        return self.start_web()

    def start_web(self) -> "House":
        """Start the web server, and wait until the first answer."""
        web = self.start("web", *self.web())
        until = time.monotonic() + UNTIL_OPEN
        while time.monotonic() < until:
            if self.answers():
                return self
            if web.poll() is not None:
                break
            time.sleep(0.05)
        said = (self.folder / "logs" / "web.log").read_text(encoding="utf-8")
        self.close()
        raise RuntimeError(f"The house did not open: {said[-2_000:]}")

    def web(self) -> list[str]:
        """Return the web server's words, as the script starts it but for one process."""
        return [
            "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "1", "--blocking-threads", "16", "--no-ws", "--log-level", "error",
            "serai.config.wsgi:application",
        ]  # fmt: skip

    def kill_web(self) -> None:
        """Kill the web server and what it forked, without a word."""
        web = self.processes.pop()
        os.killpg(web.pid, signal.SIGKILL)
        web.wait()

    def start(self, name: str, *words: str) -> subprocess.Popen[bytes]:
        """Start one process of the house."""
        with (self.folder / "logs" / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=ROOT,
                env=environment(self.folder, self.port),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def answers(self) -> bool:
        """Tell whether a page comes."""
        door = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            door.request("GET", "/health/live")
            return door.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            door.close()

    def row(self, question: str, *values: object) -> tuple[object, ...]:
        """Look one row up in the house's database, as another reader would."""
        with sqlite3.connect(f"file:{self.folder / 'serai.sqlite3'}?mode=ro", uri=True) as reader:
            found = reader.execute(question, values).fetchone()
        reader.close()
        if found is None:
            raise LookupError(question)
        return tuple(found)

    def latest_letter(self, address: str) -> str:
        """Read the latest letter to an address, as `./serai mail` shows it."""
        (number,) = self.row(
            "SELECT public_id FROM base_message WHERE address = ? ORDER BY id DESC", address
        )
        return manage(self.folder, "show_mail", str(number))

    def close(self) -> None:
        """Stop its processes and remove its folder."""
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(UNTIL_STOPPED)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        self.processes.clear()
        shutil.rmtree(self.folder, ignore_errors=True)
