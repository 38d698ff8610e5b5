"""How quick readiness is counted: voices rated, offices scored, budgets planned.

Time is that of the processor, so other programs do not count. The targets are for a common core;
say which machine measured.

./serai bench readiness                 every part
./serai bench readiness --only voice    some parts
"""

import argparse
import sys
from collections.abc import Callable
from statistics import median
from time import process_time

import numpy as np
from benchmarks._figures import Board
from benchmarks._offices import rate_offices

from serai.calc.network.emodel import DEFAULTS, Line, rate, rate_rows
from serai.calc.network.runs import voice

ROUNDS = 9
LINES_A_ROUND = 1000
ROWS = 100_000


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return the median of several rounds, after one that warms up."""
    took = []
    for _ in range(rounds + 1):
        start = process_time()
        run()
        took.append(process_time() - start)
    return median(took[1:])


def many_lines() -> None:
    for number in range(LINES_A_ROUND):
        rate(Line(t=number, ta=number, tr=2 * number, ppl=1, burst_r=1.2, bpl=25.1))


def many_voices() -> None:
    for number in range(LINES_A_ROUND):
        voice(number, 20, 1, 1.2)


def rate_voices(board: Board) -> None:
    """Judge the E-model: one row, and a hundred thousand with few or all parameters given."""
    a_row = seconds(many_lines) / LINES_A_ROUND * 1e6
    board.say("E-model: one row", a_row, "µs", most=50)
    board.say("E-model: one test's voice", seconds(many_voices) / LINES_A_ROUND * 1e6, "µs")
    rng = np.random.default_rng(7)
    every = {name: value + rng.random(ROWS) for name, value in DEFAULTS.items()}
    few = {name: every[name] for name in ("t", "ta", "tr", "ppl", "burst_r")}
    board.say("E-model: 100,000 rows, 5 columns", seconds(lambda: rate_rows(few)), "s", most=0.5)
    board.say(
        "E-model: 100,000 rows, all columns", seconds(lambda: rate_rows(every)), "s", most=0.5
    )


PARTS: dict[str, Callable[[Board], None]] = {"voice": rate_voices, "offices": rate_offices}


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure how quick readiness is counted.")
    parser.add_argument("--only", default="", help=f"some of {', '.join(PARTS)}")
    wanted = [name for name in parser.parse_args().only.split(",") if name] or list(PARTS)
    if unknown := sorted(set(wanted) - set(PARTS)):
        sys.exit(f"There is no part {', '.join(unknown)}. Choose from {', '.join(PARTS)}.")
    board = Board()
    for name in wanted:
        PARTS[name](board)
    board.end()


if __name__ == "__main__":
    main()
