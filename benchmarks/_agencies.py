"""The assessment report of 55 offices in eleven countries: facts, then three formats."""

import os
import tempfile
import time

from benchmarks._figures import Board

OFFICES, COUNTRIES = (
    55,
    ("GEO", "UZB", "KAZ", "KGZ", "TJK", "AZE", "MNG", "PAK", "AFG", "CHN", "TKM"),
)
MOST_SECONDS = 60


def rate_report(board: Board) -> None:
    """Judge the report of 55 offices for the secretariat, built in English and written three ways."""
    os.environ.setdefault("SERAI_DATA", tempfile.mkdtemp(prefix="serai-bench-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    _offices()
    _measure(board)


def _offices() -> None:
    """Make offices that answered, were tested and scored; this is not measured."""
    from tests.factories import assessing
    from tests.factories import readiness_report as make
    from tests.factories.readiness import price, tiers

    tiers()
    for package in ("LINK", "MIC", "UPS", "TRAIN", "ROOM", "PATH2"):
        price(package, priced_on=make.NOON.date())
    assessing.framework()
    wave = assessing.wave()
    found = []
    for number in range(OFFICES):
        strong = number % 2
        found.append(
            make.confirmed_office(
                country=COUNTRIES[number % len(COUNTRIES)], of=wave,
                says=make.STRONG if strong else None,
                rooms=[make.STRONG_ROOM] if strong else [{}],
            )
        )  # fmt: skip
    make.a_plan(found)


def _measure(board: Board) -> None:
    from tests.factories import readiness_report as make

    from serai.base.blocks import headings
    from serai.reports.access import audience_viewer
    from serai.reports.actions.documents import render
    from serai.reports.kinds import KINDS
    from serai.reports.kinds.kind import Ask
    from serai.reports.states import FileFormat

    began, worked = time.perf_counter(), time.process_time()
    ask = Ask(
        viewer=audience_viewer("secretariat"), as_of=make.DAY, dated=make.DAY, language="en",
        audience="secretariat", narratives={},
    )  # fmt: skip
    built = KINDS["readiness"].build(ask)
    board.say("report of 55 agencies: facts and words", time.perf_counter() - began, "s")
    for format_ in FileFormat:
        started = time.perf_counter()
        render(built.document, format_)
        board.say(f"report of 55 agencies: {format_}", time.perf_counter() - started, "s")
    pages = sum(one.key.startswith("office-") for one in headings(built.document))
    board.say("report of 55 agencies: pages of offices", pages, "", least=OFFICES)
    board.say("report of 55 agencies: numbers with a key", len(built.facts["numbers"]), "")
    board.say("report of 55 agencies, by the clock", time.perf_counter() - began, "s")
    worked = time.process_time() - worked
    board.say("report of 55 agencies, processor", worked, "s", most=MOST_SECONDS)
