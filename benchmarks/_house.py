"""A running house to measure: started as anybody starts it, people signed in, what it uses."""

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("SERAI_BENCH_PORT", "8510"))
UNTIL_OPEN = 300


def open_address(path: str, cookie: str = "", connection=None) -> tuple[int, bytes]:
    """Ask one page of the running house."""
    door = connection or http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
    door.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = door.getresponse()
    return answer.status, answer.read()


class House:
    """A house of its own, started by the script as anybody starts it."""

    def __init__(self, folder: Path) -> None:
        self.environment = {
            **os.environ,
            "SERAI_DATA": str(folder),
            "SERAI_PORT": str(PORT),
            "SERAI_ADDRESS": f"http://localhost:{PORT}",
        }

    def start(self) -> float:
        """Start it; return the seconds until the first page is there."""
        began = time.perf_counter()
        self.process = subprocess.Popen(
            [ROOT / "serai", "run"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        while time.perf_counter() - began < UNTIL_OPEN:
            try:
                if open_address("/en/")[0] == 200:
                    return time.perf_counter() - began
            except OSError:
                time.sleep(0.05)
            if self.process.poll() is not None:
                sys.exit("The house did not start.")
        sys.exit(f"No page after {UNTIL_OPEN} s.")

    def web(self) -> list:
        """Return the web server's processes."""
        import psutil

        ours = psutil.Process(self.process.pid).children(recursive=True)
        return [p for p in ours if "serai.config.serve" in " ".join(p.cmdline())]

    def stop(self) -> None:
        """Stop it as Ctrl-C would."""
        if self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def cookie_of(person) -> str:
    """Sign somebody in, without the screens of signing in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def cookies(count: int) -> list[str]:
    """Sign a sample officer in on so many browsers."""
    from serai.members.models import Grant, Person

    officer = Grant.objects.filter(person__sample=True, role="officer").order_by("id").first()
    person = officer.person if officer else Person.objects.order_by("id")[0]
    return [cookie_of(person) for _ in range(count)]


def cpu_of(processes: list) -> float:
    """Return the seconds of processor that processes have used."""
    return sum(sum(p.cpu_times()[:2]) for p in processes)


def memory_of(processes: list) -> float:
    """Return the megabytes that processes hold; what they share is counted once."""
    return sum(p.memory_full_info().pss for p in processes) / 1e6


def load(workers: list[threading.Thread]) -> None:
    """Run all at once and wait."""
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
