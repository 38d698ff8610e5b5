"""How quick the readiness core is: scores of 550 offices, and the budget's optimiser.

Offices are made up, with a fixed seed, from the preset's own framework and ladder: 11 countries,
two rooms each, a tenth of the facts missing. Prices are made up too, and differ by country.
Time is that of the processor, so other programs do not count; HiGHS works in this process.
A part of ./serai bench readiness.
"""

import random
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from time import process_time

from benchmarks._figures import Board

from serai.calc.readiness.attainment import attain_as
from serai.calc.readiness.definition import Definition, read_definition
from serai.calc.readiness.facts import Fact, FactKey, Grade, Kind, OfficeFacts, Scope
from serai.calc.readiness.greedy import greedy
from serai.calc.readiness.ladder import Role
from serai.calc.readiness.optimise import default_floors, optimise
from serai.calc.readiness.options import problem_of
from serai.calc.readiness.problem import Limits
from serai.calc.readiness.rules import advise
from serai.calc.readiness.scores import score_office

PRESET = Path(__file__).parent.parent / "src/serai/setup/presets/carec/readiness.toml"
COUNTRIES = 11
DAY = date(2026, 11, 27)
PATIENCE = 120.0
SIZES = {55: 2, 110: 4, 220: 6, 550: 25}
# What a fact may be, around the ladder's limits.
NUMBERS = {
    "Mbit/s": (2, 60), "R": (55, 93), "%": (0, 100), "ms": (5, 400), "min": (0, 90),
    "months": (0, 30), "days": (0, 10),
}  # fmt: skip
PRICES = {
    "LINK": (3000, 2400), "QOS": (900, 0), "MIC": (2500, 0), "ROOM": (8000, 300),
    "TRAIN": (600, 300), "UPS": (1200, 50), "PATH2": (500, 1200), "LOAN": (14000, 900),
    "RENT": (0, 1500), "CAST": (700, 900), "LICENCE": (0, 800),
}  # fmt: skip


def fact(key: FactKey, room: str, lot: random.Random) -> Fact:
    if lot.random() < 0.1:
        return Fact(key.key, None, Grade.MISSING, key.scope, room)
    if key.kind is Kind.CHOICE:
        value: float | str = lot.choice(key.choices)
    else:
        low, high = NUMBERS.get(key.unit, (0, 4))
        value = float(round(lot.uniform(low, high)))
    grade = Grade.MEASURED if key.run_figure else Grade.DECLARED
    return Fact(key.key, value, grade, key.scope, room, known_on=DAY)


def offices(definition: Definition, count: int) -> list[OfficeFacts]:
    lot = random.Random(7)
    own = [key for key in definition.keys.values() if key.scope is not Scope.ROOM]
    of_rooms = [key for key in definition.keys.values() if key.scope is Scope.ROOM]
    return [
        OfficeFacts(
            f"O{number:03}",
            f"C{number % COUNTRIES:02}",
            {key.key: fact(key, "", lot) for key in own},
            {
                room: {key.key: fact(key, room, lot) for key in of_rooms}
                for room in ("main", "small")
            },
        )
        for number in range(count)
    ]


def rehearsed(definition: Definition, made: list[OfficeFacts]) -> list[OfficeFacts]:
    """Give the offices what no package buys, so that plans have much to choose from."""
    given = {
        "link.voice_r_p5": 85.0, "link.rtt_ms": 120.0, "continuity.rehearsal_days": 7.0,
        "people.technicians": 1.0, "people.helpdesk_hours": 10.0, "security.update_days": 20.0,
        "continuity.generator": "yes", "continuity.backup_room": "yes",
        "continuity.backup_platform": "yes",
    } | {key: 3.0 for key in definition.keys if key.startswith("plan.")}  # fmt: skip
    facts = {key: Fact(key, value, Grade.DECLARED) for key, value in given.items()}
    return [OfficeFacts(one.code, one.country, {**one.facts, **facts}, one.rooms) for one in made]


def cost_of(package: str, country: str) -> Decimal | None:
    if package not in PRICES:
        return None
    capex, opex = PRICES[package]
    factor = Decimal(80 + 5 * int(country[1:])) / 100
    return Decimal(capex) * factor + Decimal(opex) * 3


def scoring(board: Board, definition: Definition) -> None:
    made = offices(definition, 550)
    start = process_time()
    for one in made:
        score_office(one, definition.framework, definition.keys)
    scored = process_time() - start
    for one in made:
        attain_as(Role, one, definition.ladder, definition.keys)
    board.say("550 offices: scores", scored, "s")
    board.say("550 offices: scores and attainments", process_time() - start, "s", most=1)
    event = definition.ladder.event("E3")
    start = process_time()
    for one in made:
        advise(one, event, definition.ladder, definition.keys)
    board.say("550 offices: advice", process_time() - start, "s")


def planning(board: Board, definition: Definition, count: int, most: float) -> None:
    made = rehearsed(definition, offices(definition, count))
    start = process_time()
    problem = problem_of(made, definition.ladder, definition.packages, definition.keys, cost_of)
    board.say(f"{count} offices: options", process_time() - start, "s")
    worst, plans = 0.0, []
    for each in (2500, 6000, 12000):
        limits = Limits(Decimal(each * count), default_floors(problem))
        start = process_time()
        plans.append(optimise(problem, limits, seconds=PATIENCE))
        worst = max(worst, process_time() - start)
    board.say(f"{count} offices: plan, slowest of three budgets", worst, "s", most=most)
    board.say(f"{count} offices: gap, widest", max(one.gap for one in plans), "", most=1e-4)
    start = process_time()
    simple = greedy(problem, Limits(Decimal(6000 * count)))
    board.say(f"{count} offices: greedy list", process_time() - start, "s")
    board.say(
        f"{count} offices: plan with floors to greedy without",
        float(plans[1].value / simple.value),
        "times",
    )


def rate_offices(board: Board) -> None:
    """Judge scores, attainments and plans."""
    definition = read_definition(tomllib.loads(PRESET.read_text(encoding="utf-8")))
    scoring(board, definition)
    for count, most in SIZES.items():
        planning(board, definition, count, most)
