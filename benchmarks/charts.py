"""How quick and how light the charts are: 11 rows, both drawings and the table.

Time is that of the processor: drawing waits for nothing, and other programs do not count.

./serai bench charts
"""

import gzip
import os
from statistics import median
from time import process_time

from benchmarks._figures import Board

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")

ROUNDS = 200
BEYOND = {"heat table, 11 x 4"}  # 44 figures


def main() -> None:
    """Judge each chart: at most a millisecond and a kilobyte for eleven rows."""
    import django

    django.setup()
    from serai.base import charts
    from serai.base.views import examples

    pairs = list(zip(examples.NAMES, examples.VALUES, strict=True))
    kinds = {
        "strip": examples.strip,
        "bars": lambda: charts.bars([charts.Bar(n, v) for n, v in pairs], title="Score"),
        "line": examples.line,
        "heat table, 11 x 1": lambda: charts.heat_table(
            [charts.HeatRow(n, (v,)) for n, v in pairs], ["A"], title="Score", cuts=examples.CUTS
        ),
        "heat table, 11 x 4": examples.heat,
        "dot matrix, 7 x 3": examples.matrix,
        "timeline, 7": examples.timeline,
        "tile map": examples.tiles,
    }
    board = Board()
    for name, draw in kinds.items():
        draw()
        took = []
        for _round in range(ROUNDS):
            start = process_time()
            chart = draw()
            took.append(process_time() - start)
        one, both = (
            len(gzip.compress(svg.encode(), 9)) for svg in (chart.svg, chart.svg + chart.narrow)
        )
        is_eleven_rows = name not in BEYOND
        board.say(f"{name}: time", median(took) * 1000, "ms", most=1 if is_eleven_rows else None)
        board.say(f"{name}: drawing", one, "B gz", most=1_000 if is_eleven_rows else None)
        board.say(f"{name}: with the phone's", both, "B gz")
    board.end()


if __name__ == "__main__":
    main()
