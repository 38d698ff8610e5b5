"""What the room surveys promises of speed.

./serai bench surveys                   every part (own throw-away SQLite file, or DATABASE_URL)
./serai bench surveys --only board      the board of 55 bodies by 14 sections
"""

import argparse
import gzip
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The folder itself would hide the standard library's `platform` behind our bench of that name.
sys.path = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE)]
os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")

import django  # noqa: E402  the path stands first
from benchmarks._figures import Board  # noqa: E402

NOON = datetime(2021, 3, 20, 12, tzinfo=UTC)
RUNS = 9
BODIES, SECTIONS, COUNTRIES = 55, 14, 11
BOARD_MS = 200


def form_of(sections: int) -> str:
    """Write a form of so many sections of three questions each."""
    names = [f"part{n}" for n in range(1, sections + 1)]
    fields = "".join(f"<{name}><a/><b/><c/></{name}>" for name in names)
    groups = "".join(
        f'<group ref="/data/{name}"><label>Part {n} of the questionnaire</label>'
        + "".join(f'<input ref="/data/{name}/{one}"><label>{one}</label></input>' for one in "abc")
        + "</group>"
        for n, name in enumerate(names, 1)
    )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:head><h:title>Long</h:title><model><instance><data id="long" version="1">'
        f"{fields}</data></instance></model></h:head><h:body>{groups}</h:body></h:html>"
    )


def fill_board() -> str:
    """Ask 55 bodies of eleven countries; each has begun, some are done; return the address."""
    from tests.factories import members as people
    from tests.factories import surveys as make
    from tests.factories.programme import programme

    from serai.calc.xforms import Progress
    from serai.surveys.models import Response, SectionMark

    programme()
    wave = make.wave(make.version(xform=form_of(SECTIONS)))
    codes = sorted(people.SHORT_NAMES)[:COUNTRIES]
    for n, code in enumerate(codes):
        people.member(code, tile_column=n % 6 + 1, tile_row=n // 6 + 1)
    states = [Progress.UNANSWERED, Progress.REQUIRED_MISSING, Progress.ALL_ANSWERED]
    for n in range(BODIES):
        place = people.organisation(f"Agency {n}", country=codes[n % COUNTRIES])
        row = make.invitation(wave, organisation=place, state="opened")
        response = Response.objects.create(
            wave=wave, invitation=row, version=wave.version, completeness=(n % 10) / 10
        )
        SectionMark.objects.bulk_create(
            SectionMark(
                response=response, section=f"part{one}", mark=states[(n + one) % 3].value,
                completeness=((n + one) % 3) / 2,
            )
            for one in range(1, SECTIONS + 1)
        )  # fmt: skip
    return f"/en/surveys/waves/{wave.public_id}/board/"


def middle_ms(work: Callable[[], object]) -> float:
    """Return the middle of several runs, in milliseconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def measure_board(board: Board) -> None:
    """Open the board as an officer does, whole page and rows alone."""
    from django.test import Client
    from tests.factories import members as people

    from serai.members.queries import viewer_of
    from serai.surveys import queries

    address = fill_board()
    officer = people.person_with("officer")
    viewer = viewer_of(officer, NOON)
    wave = queries.any_wave(viewer, address.split("/")[4])
    client = Client()
    client.force_login(officer, backend="serai.config.accounts.SignIn")
    answer = client.get(address)
    if answer.status_code != 200 or answer.content.count(b"Agency ") < BODIES - 5:
        raise SystemExit("The board does not show its rows.")
    rows = middle_ms(lambda: queries.board(viewer, wave, NOON))
    page = middle_ms(lambda: client.get(address))
    name = f"board, {BODIES} bodies by {SECTIONS} sections"
    board.say(f"{name}: rows", rows, "ms", most=BOARD_MS)
    board.say(f"{name}: page", page, "ms", most=BOARD_MS)
    board.say(f"{name}: packed", len(gzip.compress(answer.content)) / 1000, "kB")


PARTS = {"board": measure_board}


def main() -> None:
    """Fill, measure, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    asked = parser.parse_args()
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    board = Board()
    for name in asked.only or PARTS:
        PARTS[name](board)
    board.end()


if __name__ == "__main__":
    main()
