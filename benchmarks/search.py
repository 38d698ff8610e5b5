"""Search among 100,000 entries: milliseconds of each kind of question.

./serai bench search               on SQLite
./serai bench search --postgres    on a PostgreSQL of its own
./serai bench search --entries N   among another number
"""

import argparse
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import django
from benchmarks._engines import database
from benchmarks._figures import Board

MOST_MS = 50

WORDS = re.findall(
    r"\w+",
    "digital strategy corridor customs survey agency broadband network report milestone meeting "
    "platform member trade transport energy tourism health climate data service training committee "
    "expert country regional programme position answer indicator target action pillar objective "
    "startup challenge investor partner round draft comment study evidence policy region access "
    "министерство стратегия отчёт цифровой данные развитие сотрудничество дорога связь",
)
START = datetime(2021, 1, 1, tzinfo=UTC)
KEYS = ("public", "members", "country:GEO", "country:UZB", "secretariat:hub", "organisation:12")
QUESTIONS = {
    "one broad word": ("digital", 20),
    "two broad words": ("digital strategy", 20),
    "three words, mixed": ("digital corridor министерства", 20),
    "a start of two letters": ("st", 20),
    "a rare word": ("word77777", 20),
    "a broad and a rare word": ("digital word77777", 20),
    "nothing": ("digital qqqqqq", 20),
    "eight words": ("digital strategy customs survey agency network report data", 20),
}


def fill(count: int) -> None:
    """Write the entries through the product's own tokeniser, in blocks."""
    from serai.base import search
    from serai.base.models import SearchEntry, SearchKey

    draw = random.Random(2030)
    for block in range(0, count, 5_000):
        entries = []
        for number in range(block, min(block + 5_000, count)):
            title = " ".join([*draw.sample(WORDS, 5), f"word{number}"])
            text = " ".join(draw.sample(WORDS, 25))
            keys = draw.sample(KEYS, 1 + number % 2)
            now = START + timedelta(minutes=number)
            entries.append(
                SearchEntry(
                    thing=f"bench.thing:{number}", language="en", title=title,
                    title_tokens=" ".join(dict.fromkeys(search.tokens(title, "en", indexing=True))),
                    tokens=" ".join(dict.fromkeys(search.tokens(text, "en", indexing=True))),
                    key_tokens=" ".join(search.key_token(key) for key in keys),
                    address=f"/en/{number}/", updated_at=now,
                    rank=search.rank_of(f"bench.thing:{number}", "en", now),
                )
            )  # fmt: skip
        SearchEntry.objects.bulk_create(entries)
        made = SearchEntry.objects.order_by("-id")[: len(entries)]
        named = {search.key_token(key): key for key in KEYS}
        SearchKey.objects.bulk_create(
            SearchKey(entry=entry, key=named[token])
            for entry in made
            for token in entry.key_tokens.split()
        )


def measure() -> Iterator[tuple[str, str, float, int]]:
    """Give (viewer, question, median milliseconds of 9, hits)."""
    from serai.base import search
    from serai.base.access import Viewer

    viewers = {
        "visitor": Viewer(),
        "officer": Viewer(keys=frozenset({"public", "members", "secretariat:hub"})),
        "one share": Viewer(keys=frozenset({"share:nothing"})),
    }
    for who, viewer in viewers.items():
        for question, (words, limit) in QUESTIONS.items():
            times = []
            for _ in range(9):
                began = time.perf_counter()
                hits = search.search(viewer, words, "en", limit)
                times.append((time.perf_counter() - began) * 1000)
            yield who, question, sorted(times)[4], len(hits)


def judge(count: int) -> None:
    """Fill an empty database, then judge one figure a question."""
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    board = Board()
    began = time.perf_counter()
    fill(count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    board.say(f"{connection.vendor}: {count} entries written", time.perf_counter() - began, "s")
    for who, question, milliseconds, hits in measure():
        board.say(f"{who}: {question} ({hits} hits)", milliseconds, "ms", most=MOST_MS)
    board.end()


def main() -> None:
    """Make a database, measure on it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--entries", type=int, default=100_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="serai-bench-search-") as folder:
        os.environ["DJANGO_SETTINGS_MODULE"] = "serai.config.settings_test"
        os.environ["SERAI_DATA"] = folder
        with database("postgresql" if asked.postgres else "sqlite", Path(folder)):
            judge(asked.entries)


if __name__ == "__main__":
    main()
