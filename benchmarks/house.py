"""A running house under load: saves, pages, memory, slow uploads, a copy of 300 MB.

./serai bench house                  on SQLite
./serai bench house --postgres       on a PostgreSQL of its own, with fsync
./serai bench house --seconds 10     how long each load lasts

The people who save and read run on the same cores as the server.
"""

import argparse
import gzip
import json
import os
import shutil
import socket
import tempfile
import threading
import time
from pathlib import Path

from benchmarks._engines import database
from benchmarks._figures import Board
from benchmarks._house import PORT, House, cookies, cpu_of, load, memory_of, open_address
from benchmarks._house_load import Reader, Saver, Uploader

UPLOADERS = 100
PAGES = {
    "/en/": "home:page",
    "/en/programme/": "programme:overview",
    "/en/members/": "members:members",
}


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
