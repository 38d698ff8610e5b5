"""The platform's promises: start, saves, pages, memory, copies.

./serai bench platform                  on SQLite
./serai bench platform --postgres       on a PostgreSQL of its own
./serai bench platform --seconds 10     how long each load lasts
"""

import argparse
import gzip
import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

from benchmarks._figures import Board

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("SERAI_BENCH_PORT", "8510"))
UNTIL_OPEN = 90


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
        return [p for p in ours if "granian" in " ".join(p.cmdline())]

    def stop(self) -> None:
        """Stop it as Ctrl-C would."""
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)


def cookies(count: int) -> list[str]:
    """Sign sample officers in, without the screens of signing in."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from serai.members.models import Grant, Person

    officer = Grant.objects.filter(person__sample=True, role="officer").order_by("id").first()
    person = officer.person if officer else Person.objects.order_by("id")[0]
    found = []
    for _ in range(count):
        session = SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.save()
        found.append(f"{settings.SESSION_COOKIE_NAME}={session.session_key}")
    return found


class Fields(HTMLParser):
    """Reads what a form would send."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("name"):
            if found.get("type") in {"radio", "checkbox"} and "checked" not in found:
                return
            self.values.append((found["name"], found.get("value") or ""))
        elif tag == "select":
            self.select = found.get("name", "")
        elif tag == "option" and "selected" in found and self.select:
            self.values.append((self.select, found.get("value") or ""))


class Saver(threading.Thread):
    """One person who saves their account again and again, on one kept connection."""

    def __init__(self, cookie: str, number: int, until: float) -> None:
        super().__init__(daemon=True)
        self.cookie, self.number, self.until = cookie, number, until
        self.done, self.failed, self.times = 0, 0, []

    def run(self) -> None:
        door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        door.request("GET", "/en/members/me/", headers={"Cookie": self.cookie})
        answer = door.getresponse()
        page = answer.read().decode()
        token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
        fields = Fields()
        fields.feed(max(re.findall(r"<form\b.*?</form>", page, flags=re.S), key=len))
        cookie = f"{self.cookie}; csrftoken={token[1]}" if token else self.cookie
        kept = [(n, v) for n, v in fields.values if n != "address_as"]
        while time.perf_counter() < self.until:
            body = urlencode([*kept, ("address_as", f"Ms {self.number}-{self.done}")])
            began = time.perf_counter()
            try:
                door.request(
                    "POST",
                    "/en/members/me/",
                    body,
                    {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
                )
                answer = door.getresponse()
                answer.read()
            except OSError:
                door.close()
                self.failed += 1
                continue
            if answer.status in {302, 303}:
                self.done += 1
                self.times.append(time.perf_counter() - began)
            else:
                self.failed += 1


class Reader(threading.Thread):
    """One person who opens pages one after another."""

    def __init__(self, cookie: str, path: str, until: float) -> None:
        super().__init__(daemon=True)
        self.cookie, self.path, self.until, self.done, self.failed = cookie, path, until, 0, 0

    def run(self) -> None:
        door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        while time.perf_counter() < self.until:
            status, _ = open_address(self.path, self.cookie, door)
            self.done, self.failed = self.done + (status == 200), self.failed + (status != 200)


def cpu_of(processes: list) -> float:
    """Return the seconds of processor that processes have used."""
    return sum(sum(p.cpu_times()[:2]) for p in processes)


def load(workers: list[threading.Thread]) -> None:
    """Run all at once and wait."""
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def measure_start(board: Board, folder: Path) -> House:
    """Start a new house, and again."""
    house = House(folder)
    board.say("start of a new house", house.start(), "s", most=30)
    house.stop()
    board.say("start again", house.start(), "s", most=3)
    began = time.perf_counter()
    subprocess.run(
        ["sh", "-c", "cmp -s requirements-dev.lock .venv/requirements-dev.lock"],
        cwd=ROOT,
        check=False,
    )
    board.say("set-up with nothing to do", time.perf_counter() - began, "s", most=0.1)
    return house


def measure_saves(board: Board, house: House, seconds: float) -> None:
    """Save with 1, 8 and 32 people at once."""
    signed_in = cookies(32)
    for count in (1, 8, 32):
        until = time.perf_counter() + seconds
        before = cpu_of(house.web())
        savers = [Saver(cookie, n, until) for n, cookie in enumerate(signed_in[:count])]
        load(savers)
        done, failed = sum(s.done for s in savers), sum(s.failed for s in savers)
        spent = cpu_of(house.web()) - before
        times = sorted(t for s in savers for t in s.times)
        board.say(f"saves, {count} people", done / seconds, "/s", least=200 if count > 1 else None)
        board.say(f"saves, {count} people: failed", failed, "", most=0)
        if times:
            slowest = times[int(len(times) * 0.95)] * 1000
            board.say(f"saves, {count} people: slowest of 20", slowest, "ms")
        if done:
            board.say(f"saves, {count} people: processor", spent / done * 1000, "ms", most=4)


def measure_pages(board: Board, house: House, seconds: float) -> None:
    """Read pages: how many, at what cost, of what weight."""
    cookie = cookies(1)[0]
    for path in ("/en/", "/en/programme/", "/en/members/"):
        status, body = open_address(path, cookie)
        if status != 200:
            board.say(f"{path} answers", status, "", most=200)
            continue
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        until = time.perf_counter() + seconds / 2
        before = cpu_of(house.web())
        readers = [Reader(cookie, path, until) for _ in range(4)]
        load(readers)
        done = sum(r.done for r in readers)
        spent = cpu_of(house.web()) - before
        board.say(f"{path} pages", done / (seconds / 2), "/s", least=30)
        board.say(f"{path} processor", spent / max(done, 1) * 1000, "ms", most=25)
        board.say(f"{path} packed", len(gzip.compress(plain)) / 1000, "kB", most=15)
    memory = sum(p.memory_info().rss for p in house.web()) / 1e6
    board.say("web server's memory", memory, "MB", most=200)


def measure_backup(board: Board, folder: Path) -> None:
    """Copy a database of 300 MB and read the copy again."""
    from datetime import UTC, datetime

    from django.db import connection

    from serai.base.backup import making

    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_ballast (id integer PRIMARY KEY, words text)")
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) "
            "INSERT INTO bench_ballast SELECT i, hex(randomblob(1000)) FROM n"
        )
    places = making.Places(folder / "files", folder / "bench-backups")
    began = time.perf_counter()
    made = making.make(places, alias="default", name="serai-bench", now=datetime.now(UTC))
    took = time.perf_counter() - began
    size = (made / "database.sqlite3").stat().st_size / 1e6
    board.say(f"copy of {size:.0f} MB, read again", took, "s", most=5)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_ballast")


def main() -> None:
    """Measure everything and judge."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--seconds", type=float, default=6)
    options = asked.parse_args()
    if options.postgres and not os.environ.get("DATABASE_URL"):
        again = [sys.executable, "tools/with_postgres.py", sys.executable, *sys.argv]
        sys.exit(subprocess.run(again, cwd=ROOT, check=False).returncode)
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    board = Board()
    try:
        house = measure_start(board, folder)
        os.environ.update({**house.environment, "DJANGO_SETTINGS_MODULE": "serai.config.settings"})
        import django

        django.setup()
        measure_pages(board, house, options.seconds)
        measure_saves(board, house, options.seconds)
        house.stop()
        measure_backup(board, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    board.end()


if __name__ == "__main__":
    main()
