"""A running house under load: saves, pages, memory, slow uploads, a copy of 300 MB.

./serai bench house                  on SQLite
./serai bench house --postgres       on a PostgreSQL of its own, with fsync
./serai bench house --seconds 10     how long each load lasts

The people who save and read run on the same cores as the server.
"""

import argparse
import gzip
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks._engines import database
from benchmarks._figures import Board

ROOT = Path(__file__).resolve().parent.parent
PORT = int(os.environ.get("SERAI_BENCH_PORT", "8510"))
UNTIL_OPEN = 300
UPLOADERS, UPLOAD_BYTES = 100, 20 * 1024 * 1024
PAGES = {
    "/en/": "home:page",
    "/en/programme/": "programme:overview",
    "/en/members/": "members:members",
}


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

    def __init__(self, cookie: str, number: int) -> None:
        super().__init__(daemon=True)
        self.number, self.until = number, 0.0
        self.done, self.failed, self.times = 0, 0, []
        self.door = http.client.HTTPConnection("127.0.0.1", PORT, timeout=30)
        self.door.request("GET", "/en/members/me/", headers={"Cookie": cookie})
        answer = self.door.getresponse()
        page = answer.read().decode()
        token = re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", ""))
        self.fields = Fields()
        self.fields.feed(max(re.findall(r"<form\b.*?</form>", page, flags=re.S), key=len))
        self.cookie = f"{cookie}; csrftoken={token[1]}" if token else cookie

    def run(self) -> None:
        door = self.door
        kept = [(n, v) for n, v in self.fields.values if n not in {"address_as", "receipt"}]
        while time.perf_counter() < self.until:
            # As from a form opened anew; the same receipt would only be led to the first result.
            anew = [("address_as", f"Ms {self.number}-{self.done}"), ("receipt", uuid4().hex)]
            body = urlencode([*kept, *anew])
            began = time.perf_counter()
            try:
                door.request(
                    "POST",
                    "/en/members/me/",
                    body,
                    {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"},
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


def measure_saves(board: Board, house: House, seconds: float) -> None:
    """Save with 1, 8 and 32 people at once."""
    signed_in = cookies(32)
    for count in (1, 8, 32):
        savers = [Saver(cookie, n) for n, cookie in enumerate(signed_in[:count])]
        before, until = cpu_of(house.web()), time.perf_counter() + seconds
        for one in savers:
            one.until = until
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


def queries_of(folder: Path, route: str) -> int:
    """Return how many questions the latest answer of a route asked of the database."""
    lines = (folder / "logs" / "web.log").read_text(encoding="utf-8").splitlines()
    for line in reversed(lines):
        found = json.loads(line) if line.startswith("{") else {}
        if found.get("route") == route and "queries" in found:
            return int(found["queries"])
    return -1


def memory_of(processes: list) -> float:
    """Return the megabytes that processes hold; what they share is counted once."""
    return sum(p.memory_full_info().pss for p in processes) / 1e6


def read(
    house: House, cookie: str, path: str, seconds: float, *, readers: int
) -> tuple[float, float]:
    """Open one page again and again; return its seconds of processor, and pages a second."""
    until, before = time.perf_counter() + seconds, cpu_of(house.web())
    every = [Reader(cookie, path, until) for _ in range(readers)]
    load(every)
    done = sum(one.done for one in every)
    return (cpu_of(house.web()) - before) / max(done, 1), done / seconds


def measure_pages(board: Board, house: House, folder: Path, seconds: float) -> None:
    """Read pages: how many, at what cost, of what weight."""
    cookie = cookies(1)[0]
    for path, route in PAGES.items():
        status, body = open_address(path, cookie)
        if status != 200:
            board.say(f"{path} answers", status, "", most=200)
            continue
        plain = gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
        # What a page costs one reader; and how many there are where four ask without a pause.
        cost, _rate = read(house, cookie, path, seconds / 2, readers=1)
        _cost, rate = read(house, cookie, path, seconds / 2, readers=4)
        board.say(f"{path} queries", queries_of(folder, route), "")
        board.say(f"{path} pages", rate, "/s", least=30)
        board.say(f"{path} processor", cost * 1000, "ms", most=25)
        board.say(f"{path} packed", len(gzip.compress(plain)) / 1000, "kB", most=15)
    board.say("web server's memory", memory_of(house.web()), "MB", most=200)


class Uploader(threading.Thread):
    """Sends a large form at 5 kB/s, as over a ministry's worst line, until told to stop."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.stop, self.sent, self.failed = stop, 0, False

    def run(self) -> None:
        head = (
            f"POST /en/members/sign-in/ HTTP/1.1\r\nHost: localhost:{PORT}\r\n"
            "Content-Type: multipart/form-data; boundary=b\r\n"
            f"Content-Length: {UPLOAD_BYTES}\r\n\r\n"
            '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
        ).encode()
        try:
            with socket.create_connection(("127.0.0.1", PORT), timeout=60) as line:
                line.sendall(head)
                while not self.stop.wait(0.2):
                    line.sendall(b"x" * 1_000)
                    self.sent += 1_000
        except OSError:
            self.failed = True


def measure_uploads(board: Board, house: House, seconds: float) -> None:
    """Open plain pages while 100 people upload slowly."""
    stop = threading.Event()
    uploaders = [Uploader(stop) for _ in range(UPLOADERS)]
    for one in uploaders:
        one.start()
    time.sleep(2)
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        status, _body = open_address("/en/")
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            board.say("page during uploads answers", status, "", most=200)
            break
        time.sleep(0.1)
    memory = memory_of(house.web())
    broken = sum(one.failed for one in uploaders)
    stop.set()
    for one in uploaders:
        one.join()
    board.say(f"{UPLOADERS} slow uploads: broken off", broken, "", most=0)
    board.say(
        f"{UPLOADERS} slow uploads: a page meanwhile", sorted(times)[len(times) // 2], "ms", most=50
    )
    board.say(f"{UPLOADERS} slow uploads: web server's memory", memory, "MB", most=200)


def measure_refusal(board: Board) -> None:
    """Announce 300 MB; the refusal comes before the bytes are sent."""
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", PORT), timeout=60) as line:
        line.sendall(
            f"POST /en/members/sign-in/ HTTP/1.1\r\nHost: localhost:{PORT}\r\n"
            f"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {300 * 1024 * 1024}"
            "\r\n\r\n".encode()
        )
        status = int(line.recv(65_536).split()[1])
    board.say("300 MB announced: answer", status, "", most=413, least=413)
    board.say(
        "300 MB announced: refused after", (time.perf_counter() - began) * 1000, "ms", most=1000
    )


def bombs() -> dict[str, tuple[bytes, str]]:
    """Return uploads that would unpack to far more than they weigh, or never end."""
    from tests.factories.files import archive, claimed

    word = "word/document.xml"
    zeros = bytes(16 * 1024 * 1024)
    entities = (
        b'<!DOCTYPE a [<!ENTITY b "'
        + b"x" * 1000
        + b'">'
        + b"".join(
            f'<!ENTITY {chr(99 + n)} "{f"&{chr(98 + n)};" * 10}">'.encode() for n in range(9)
        )
        + b"]><a>&k;</a>"
    )
    inner = archive({word: zeros})
    return {
        "ratio": (archive({word: b"<a/>", **{f"word/{n}.xml": zeros for n in range(40)}}), "a.docx"),
        "nested": (archive({word: b"<a/>", "word/a.zip": inner}), "a.docx"),
        "lying header": (claimed(archive({word: zeros}), word, 10), "a.docx"),
        "entities": (archive({word: entities}), "a.docx"),
    }  # fmt: skip


def measure_bombs(board: Board) -> None:
    """Refuse each bomb: how long, and the most memory it took."""
    import io
    import tracemalloc

    from serai.base.files import Refused, check_file

    for name, (content, file_name) in bombs().items():
        tracemalloc.start()
        began = time.perf_counter()
        try:
            check_file(io.BytesIO(content), file_name)
            board.say(f"bomb, {name}: let in", 1, "", most=0)
        except Refused:
            board.say(f"bomb, {name}: refused after", time.perf_counter() - began, "s", most=1)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        board.say(f"bomb, {name}: memory", peak / 1e6, "MB", most=50)


def measure_backup(board: Board, folder: Path) -> None:
    """Copy a database of 300 MB and read the copy again."""
    from datetime import UTC, datetime

    from django.db import connection

    from serai.base.backup import making
    from serai.base.models import SearchEntry

    if connection.vendor == "sqlite":
        rows = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150000) "
            "SELECT i, hex(randomblob(1000)) FROM n"
        )
    else:
        rows = (
            "SELECT i, (SELECT string_agg(md5((i * 61 + k)::text), '') FROM generate_series(1, 62) k)"
            " FROM generate_series(1, 150000) i"
        )
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_ballast (id integer PRIMARY KEY, words text)")
        cursor.execute(f"INSERT INTO bench_ballast {rows}")
    assert SearchEntry.objects.exists(), "the sample is searched, so the copy carries real rows too"
    places = making.Places(folder / "files", folder / "bench-backups")
    began = time.perf_counter()
    made = making.make(places, alias="default", name="serai-bench", now=datetime.now(UTC))
    took = time.perf_counter() - began
    size = sum(path.stat().st_size for path in made.rglob("*") if path.is_file()) / 1e6
    board.say(f"copy of {size:.0f} MB, read again", took, "s", most=5)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_ballast")


def measure(options: argparse.Namespace, folder: Path) -> None:
    """Measure everything on one engine and judge."""
    board = Board()
    house = House(folder)
    board.say("start of a new house, packages there", house.start(), "s", most=30)
    try:
        os.environ.update({**house.environment, "DJANGO_SETTINGS_MODULE": "serai.config.settings"})
        import django

        django.setup()
        measure_pages(board, house, folder, options.seconds)
        measure_saves(board, house, options.seconds)
        measure_uploads(board, house, options.seconds)
        measure_refusal(board)
        house.stop()
        board.say("start again", house.start(), "s", most=3)
    finally:
        house.stop()
    measure_bombs(board)
    measure_backup(board, folder)
    board.end()


def main() -> None:
    """Make a house and a database of its own."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--postgres", action="store_true")
    asked.add_argument("--seconds", type=float, default=6)
    options = asked.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    try:
        with database("postgresql" if options.postgres else "sqlite", folder):
            measure(options, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
