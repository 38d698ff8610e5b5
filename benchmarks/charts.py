"""How quick and how light the charts are: 11 rows, both drawings and the table.

    .venv/bin/python benchmarks/charts.py
"""

import gzip
import os
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "serai.config.settings_test")

ROUNDS = 200


def main() -> None:
    """Print one line a chart."""
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
    for name, draw in kinds.items():
        draw()
        took = []
        for _round in range(ROUNDS):
            start = perf_counter()
            chart = draw()
            took.append(perf_counter() - start)
        one, both = (
            len(gzip.compress(svg.encode(), 9)) for svg in (chart.svg, chart.svg + chart.narrow)
        )
        print(f"{name:20} {median(took) * 1000:5.2f} ms  {one:5} B gz  {both:5} B gz with phone's")


if __name__ == "__main__":
    main()
