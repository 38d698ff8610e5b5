"""Charts of cells: heat table and dot matrix."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.charts.drawing import (
    BROAD,
    LINE_HEIGHT,
    NARROW,
    Chart,
    Sheet,
    hatch,
    no_data,
    shown,
    step_of,
    text_width,
    wrapped,
)
from serai.base.shown import SYMBOLS, Mark
from serai.base.tables import Column, Table

CELL_HEIGHT = 32
WIDEST_CELL = 96
SMALL = 12 / 13
KEY_LINE = 18


@dataclass(frozen=True)
class HeatRow:
    """One row of numbers, one for each column; None is missing."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True)
class MarkRow:
    """One row of state marks, one for each column; None: does not apply or is not known."""

    label: str
    marks: tuple[Mark | None, ...]


def heat_table(
    rows: Sequence[HeatRow],
    columns: Sequence[str],
    *,
    title: str,
    cuts: Sequence[float],
    label_title: str = "",
    unit: str = "",
) -> Chart:
    """Draw numbers in cells of five steps; `cuts` are the four values at which a step begins."""
    summary = _heat_summary(rows)
    drawings = []
    for width, look in ((BROAD, "broad"), (NARROW, "narrow")):
        sheet, height = _draw_heat(rows, columns, cuts, unit, width)
        drawings.append(sheet.svg(height, title, summary, look))
    kind = "percent" if unit == "%" else "number"
    return Chart(
        svg=drawings[0],
        narrow=drawings[1],
        table=Table(
            title=title,
            columns=(
                Column("label", label_title or _("Name")),
                *(Column(f"c{n}", words, kind) for n, words in enumerate(columns)),
            ),
            rows=tuple((row.label, *row.values) for row in rows),
        ),
        summary=summary,
    )


def _heat_summary(rows: Sequence[HeatRow]) -> str:
    cells = [value for row in rows for value in row.values]
    missing = sum(value is None for value in cells)
    return _("{known} of {total} figures are known.").format(
        known=len(cells) - missing, total=len(cells)
    )


@dataclass(frozen=True)
class Lattice:
    """Where the cells of a chart stand."""

    labels: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    start: int
    cell_width: int
    head_height: int
    tops: tuple[int, ...]
    heights: tuple[int, ...]
    foot: int
    key: tuple[str, ...] = ()

    def write(self, sheet: Sheet) -> None:
        """Write row labels and column heads."""
        for lines, top, height in zip(self.labels, self.tops, self.heights, strict=True):
            first = top + height // 2 + 5 - (len(lines) - 1) * LINE_HEIGHT // 2
            sheet.lines(0, first, lines)
        for number, lines in enumerate(self.heads):
            x = self.start + number * self.cell_width + self.cell_width // 2
            sheet.lines(x, self.head_height - 8 - (len(lines) - 1) * LINE_HEIGHT, lines, "m c s")


def lattice(labels: Sequence[str], heads: Sequence[str], width: int) -> Lattice:
    """Divide a sheet into labels and equal columns."""
    count = max(1, len(heads))
    share = 0.36 if width == NARROW else 0.4
    room = min(width * share, max((text_width(label) for label in labels), default=0) + 16)
    cell = min(WIDEST_CELL, int((width - room) // count))
    broken_heads = tuple(wrapped(head, cell - 4) for head in heads)
    key: tuple[str, ...] = ()
    if any(text_width(line) * SMALL > cell - 2 for lines in broken_heads for line in lines):
        key = tuple(f"{number}  {head}" for number, head in enumerate(heads, 1))
        is_tight = text_width(str(count)) * SMALL > cell - 4
        # Numbers that would touch stand in two rows by turns.
        broken_heads = tuple(
            (str(number), "") if is_tight and number % 2 == 0 else (str(number),)
            for number in range(1, len(heads) + 1)
        )
    head_height = max((len(lines) for lines in broken_heads), default=1) * LINE_HEIGHT + 10
    broken = tuple(wrapped(label, room - 12) for label in labels)
    tops, heights, y = [], [], head_height
    for lines in broken:
        height = max(CELL_HEIGHT, len(lines) * LINE_HEIGHT + 8)
        tops.append(y)
        heights.append(height)
        y += height
    return Lattice(
        broken, broken_heads, round(room), cell, head_height, tuple(tops), tuple(heights), y, key
    )


def _draw_heat(
    rows: Sequence[HeatRow], columns: Sequence[str], cuts: Sequence[float], unit: str, width: int
) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    place = lattice([row.label for row in rows], columns, width)
    boxes: dict[int, list[str]] = {n: [] for n in range(6)}
    words: list[tuple[int, int, str, str]] = []
    for row, top, height in zip(rows, place.tops, place.heights, strict=True):
        for number, value in enumerate(row.values):
            x = place.start + number * place.cell_width
            box = f"M{x + 1} {top + 1}h{place.cell_width - 2}v{height - 2}h-{place.cell_width - 2}z"
            if value is None:
                boxes[0].append(box + hatch(x + 1, top + 1, place.cell_width - 2, height - 2))
                continue
            step = step_of(value, cuts)
            boxes[step].append(box)
            look = "c h" if step > 3 else "c k0"
            words.append(
                (x + place.cell_width // 2, top + height // 2 + 5, shown(value, unit), look)
            )
    _paint(sheet, boxes)
    for x, y, text, look in words:
        sheet.text(x, y, text, look)
    place.write(sheet)
    top = place.foot + 8 + key_below(sheet, place)
    return sheet, legend(sheet, cuts, unit, top + 4, has_missing=bool(boxes[0]))


def key_below(sheet: Sheet, place: Lattice) -> int:
    """Name the columns below where their heads are too long; return the height it takes."""
    for number, words in enumerate(place.key):
        sheet.text(0, place.foot + 18 + number * KEY_LINE, words, "m s")
    return len(place.key) * KEY_LINE


def _paint(sheet: Sheet, boxes: dict[int, list[str]]) -> None:
    for step in range(1, 6):
        sheet.path(f"s{step}", boxes[step])
    sheet.path("z", boxes[0])


def legend(sheet: Sheet, cuts: Sequence[float], unit: str, top: int, *, has_missing: bool) -> int:
    """Draw the five steps with their bounds, and the look of missing values; return the foot."""
    bounds = [
        _("under {value}").format(value=shown(cuts[0], unit)),
        *(f"{shown(a, unit)}\u2013{shown(b, unit)}" for a, b in pairwise(cuts)),
        _("{value} and more").format(value=shown(cuts[-1], unit)),
    ]
    x, y = 0, top
    for step, words in enumerate(bounds, 1):
        room = 20 + round(text_width(words) * 0.93) + 14
        if x + room > sheet.width:
            x, y = 0, y + 20
        sheet.path(f"s{step}", [f"M{x} {y}h14v14h-14z"])
        sheet.text(x + 20, y + 12, words, "m s")
        x += room
    if has_missing:
        if x + 80 > sheet.width:
            x, y = 0, y + 20
        sheet.path("z", [f"M{x} {y}h14v14h-14z{hatch(x, y, 14, 14, 5)}"])
        sheet.text(x + 20, y + 12, no_data(), "m s")
    return y + 18


def dot_matrix(
    rows: Sequence[MarkRow], columns: Sequence[str], *, title: str, label_title: str = ""
) -> Chart:
    """Draw a state mark in each cell; the meaning of each mark stands below."""
    seen: dict[str, Mark] = {}
    for row in rows:
        for mark in row.marks:
            if mark is not None:
                seen.setdefault(mark.word, mark)
    count = dict.fromkeys(seen, 0)
    for row in rows:
        for mark in row.marks:
            if mark is not None:
                count[mark.word] += 1
    summary = _matrix_summary(count)
    drawings = []
    for width, look in ((BROAD, "broad"), (NARROW, "narrow")):
        sheet, height = _draw_matrix(rows, columns, tuple(seen.values()), width)
        drawings.append(sheet.svg(height, title, summary, look))
    return Chart(
        svg=drawings[0],
        narrow=drawings[1],
        table=Table(
            title=title,
            columns=(
                Column("label", label_title or _("Name")),
                *(Column(f"c{n}", words) for n, words in enumerate(columns)),
            ),
            rows=tuple((row.label, *row.marks) for row in rows),
        ),
        summary=summary,
    )


def _matrix_summary(count: dict[str, int]) -> str:
    if not count:
        return _("No data yet.")
    return "; ".join(f"{word}: {n}" for word, n in count.items()) + "."


def _draw_matrix(
    rows: Sequence[MarkRow], columns: Sequence[str], seen: Sequence[Mark], width: int
) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    place = lattice([row.label for row in rows], columns, width)
    edge = place.start + place.cell_width * len(columns)
    sheet.path("x", (f"M0 {top}H{edge}" for top in (*place.tops, place.foot)))
    for row, top, height in zip(rows, place.tops, place.heights, strict=True):
        for number, mark in enumerate(row.marks):
            x = place.start + number * place.cell_width + place.cell_width // 2
            sign = SYMBOLS[mark.tone] if mark else "\u2013"
            sheet.text(x, top + height // 2 + 6, sign, f"c {look_of(mark)}")
    place.write(sheet)
    x, y = 0, place.foot + 22 + key_below(sheet, place)
    for mark in seen:
        room = 22 + round(text_width(mark.word)) + 12
        if x + room > width:
            x, y = 0, y + 20
        sheet.text(x, y, mark.symbol, look_of(mark))
        sheet.text(x + 20, y, mark.word, "m s")
        x += room
    return sheet, y + 8


def look_of(mark: Mark | None) -> str:
    """Return the colour class of a mark."""
    looks = {"done": "g", "good": "g", "part": "u", "info": "u", "attention": "a", "wrong": "v"}
    return looks.get(mark.tone, "m") if mark else "m"


def missing_words(count: int) -> str:
    """Return how many are without data."""
    return ngettext("{n} without data.", "{n} without data.", count).format(n=count)
