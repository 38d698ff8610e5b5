"""What the room surveys promises of speed.

./serai bench surveys                      every part
./serai bench surveys --only board         the board of 55 bodies by 14 sections
./serai bench surveys --only section       pages of questions: bytes and processor
./serai bench surveys --only collect       devices hand in 100 fields, the whole path over HTTP
./serai bench surveys --only autosave      people type; each answer is saved
./serai bench surveys --sqlite             the latter two on SQLite instead of PostgreSQL with fsync
./serai bench surveys --seconds 10         how long each load lasts

Board and section ask a throw-away SQLite file (or DATABASE_URL) without a server; collect and
autosave ask a house that `./serai run` opened, on the cores that the senders use too.
"""

import argparse
import gzip
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The folder itself would hide the standard library's `platform` behind our bench of that name.
sys.path = [str(HERE.parent), *(place for place in sys.path if Path(place).resolve() != HERE)]

import django  # noqa: E402  the path stands first
from benchmarks._engines import database  # noqa: E402
from benchmarks._figures import Board  # noqa: E402
from benchmarks._house import House, cookie_of, cpu_of, load  # noqa: E402
from benchmarks._survey_load import Device, Sender, Typist, make_keys, make_leads  # noqa: E402

NOON = datetime(2021, 3, 20, 12, tzinfo=UTC)
RUNS = 9
BODIES, SECTIONS, COUNTRIES = 55, 14, 11
BOARD_MS = 200
SECTION_KB, READINESS_KB = 10, 12
CLIENTS, PEOPLE = (1, 4, 16), (1, 8, 32)
SUBMISSION_MS, SUBMISSION_P95_MS, SAVES_A_SECOND = 5.5, 100, 200


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


# ---------------------------------------------------------------- pages of questions
def form_of_thirty() -> str:
    """Write one section of thirty questions: texts, numbers with rules, choices, conditions."""
    items = "".join(f"<item><label>Choice {n}</label><value>c{n}</value></item>" for n in range(4))
    fields, binds, body = [], [], []
    for n in range(10):
        fields.append(f"<has{n}/><amount{n}/><words{n}/>")
        rules = f'relevant="../has{n} = \'c1\'" constraint=". &gt;= 0 and . &lt; 5000"'
        binds.append(f'<bind nodeset="/data/part/amount{n}" type="decimal" {rules}/>')
        body.append(
            f'<select1 ref="/data/part/has{n}"><label>Which of these holds for line {n}?</label>{items}</select1>'
            f'<input ref="/data/part/amount{n}"><label>How much of it, in Mbit/s, at site {n}?</label></input>'
            f'<input ref="/data/part/words{n}"><label>What else should be known of {n}?</label></input>'
        )
    return (
        '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">'
        '<h:head><h:title>Thirty</h:title><model><instance><data id="thirty" version="1"><part>'
        f"{''.join(fields)}</part></data></instance>{''.join(binds)}</model></h:head><h:body>"
        f'<group ref="/data/part"><label>The lines</label>{"".join(body)}</group></h:body></h:html>'
    )


def measure_section(board: Board) -> None:
    """Open a section of thirty questions, and every section of the readiness questionnaire."""
    from django.test import Client
    from tests.factories import questionnaires
    from tests.factories import surveys as make

    from serai.members.queries import viewer_of
    from serai.surveys import actions
    from serai.surveys.queries.forms import compiled, parts_of

    forms = {
        "section of 30 questions": (form_of_thirty(), SECTION_KB),
        "readiness": (questionnaires.read("readiness_office").xform, READINESS_KB),
    }
    for name, (xform, most) in forms.items():
        asked = make.invitation(make.wave(make.version(xform=xform)))
        response = actions.start_response(
            invitation=asked, by=viewer_of(asked.lead, NOON), now=NOON
        )
        client = Client()
        client.force_login(asked.lead, backend="serai.config.accounts.SignIn")
        pages = {}
        for part in parts_of(compiled(response.version)):
            address = f"/en/surveys/responses/{response.public_id}/s/{part.slug}/"
            if not part.repeat_path:
                pages[part.slug] = address, gzip.compress(client.get(address).content, 6)
        slug, (address, packed) = max(pages.items(), key=lambda one: len(one[1][1]))
        told = name if len(pages) == 1 else f"{name}, heaviest page ({slug})"
        board.say(f"{told}: packed", len(packed) / 1000, "kB", most=most)
        board.say(f"{told}: processor", processor_ms(partial(client.get, address)), "ms")


def processor_ms(work: Callable[[], object]) -> float:
    """Return the least processor time of several runs, which other work disturbs little."""
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return min(times)


# ---------------------------------------------------------------- a house under load
def measure_load(board: Board, house: House, name: str, senders: list[Sender]) -> float:
    """Let senders work until each has ended; say what came; return how many a second."""
    before, began = cpu_of(house.web()), time.perf_counter()
    load(senders)
    took, spent = time.perf_counter() - began, cpu_of(house.web()) - before
    done, times = sum(one.done for one in senders), sorted(t for s in senders for t in s.times)
    board.say(f"{name}: failed", sum(one.failed for one in senders), "", most=0)
    is_collect = name.startswith("submissions")
    least = None if is_collect or len(senders) == 1 else SAVES_A_SECOND
    board.say(name, done / took, "/s", least=least)
    board.say(f"{name}: p50", times[len(times) // 2] * 1000, "ms")
    most = SUBMISSION_P95_MS if is_collect and len(senders) == max(CLIENTS) else None
    board.say(f"{name}: p95", times[int(len(times) * 0.95)] * 1000, "ms", most=most)
    most = SUBMISSION_MS if is_collect else None
    board.say(f"{name}: processor", spent / max(done, 1) * 1000, "ms", most=most)
    return done / took


def measure_collect(board: Board, house: House, seconds: float) -> None:
    """Hand in 100 fields from 1, 4 and 16 devices at once."""
    from serai.surveys.models import SubmissionStep

    keys = make_keys(max(CLIENTS))
    load([Device(key, time.perf_counter() + 2) for key in keys[:4]])  # each process has the form
    for count in CLIENTS:
        until = time.perf_counter() + seconds
        senders: list[Sender] = [Device(key, until) for key in keys[:count]]
        measure_load(board, house, f"submissions, {count} clients", senders)
    wrong = SubmissionStep.objects.filter(submission__form_version__form_id="hundred")
    board.say("submissions: not taken over", wrong.exclude(state="applied").count(), "", most=0)


def measure_autosave(board: Board, house: House, seconds: float) -> None:
    """Save typed answers of 1, 8 and 32 people at once."""
    leads = [(number, cookie_of(person)) for person, number in make_leads(sum(PEOPLE))]
    for count in PEOPLE:
        these, leads = leads[:count], leads[count:]
        until = time.perf_counter() + seconds
        senders: list[Sender] = [Typist(*one, until) for one in these]
        measure_load(board, house, f"autosaves, {count} people", senders)


ALONE = {"board": measure_board, "section": measure_section}
LOADED = {"collect": measure_collect, "autosave": measure_autosave}


def measure_alone(board: Board, names: list[str]) -> None:
    """Measure what needs no server."""
    from django.core.management import call_command

    os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-bench-"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "serai.config.settings_test"
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    for name in names:
        ALONE[name](board)


def measure_loaded(board: Board, names: list[str], engine: str, seconds: float) -> None:
    """Open a house on a database of its own and measure under load."""
    folder = Path(tempfile.mkdtemp(prefix="serai-bench-"))
    try:
        with database(engine, folder):
            house = House(folder)
            house.start()
            try:
                real = {"DJANGO_SETTINGS_MODULE": "serai.config.settings"}
                os.environ.update({**house.environment, **real})
                django.setup()
                for name in names:
                    LOADED[name](board, house, seconds)
            finally:
                house.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Fill, measure, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", choices=sorted({**ALONE, **LOADED}), action="append")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--seconds", type=float, default=8)
    asked = parser.parse_args()
    alone = [name for name in ALONE if name in (asked.only or ALONE)]
    loaded = [name for name in LOADED if name in (asked.only or LOADED)]
    board = Board()
    if alone and loaded:
        # Each kind has settings and a database of its own, so a process of its own.
        words = [word for name in loaded for word in ("--only", name)]
        words += ["--seconds", str(asked.seconds), *(["--sqlite"] if asked.sqlite else [])]
        measure_alone(board, alone)
        if subprocess.run([sys.executable, "-P", __file__, *words], check=False).returncode:
            board.short.append("under load")
    elif alone:
        measure_alone(board, alone)
    else:
        measure_loaded(board, loaded, "sqlite" if asked.sqlite else "postgresql", asked.seconds)
    board.end()


if __name__ == "__main__":
    main()
