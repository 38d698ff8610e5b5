"""What all charts share: the chart itself, a sheet to draw on, scales, ticks, wrapped labels."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from serai.base.numbers import plain_number
from serai.base.tables import Table

WIDE, BROAD, NARROW = 1104, 704, 340
SIGN_WIDTH, WIDE_SIGN_WIDTH = 7.4, 13.5
LINE_HEIGHT = 17


@dataclass(frozen=True)
class Chart:
    """One chart, with the same figures as a table.

    Attributes:
        svg: a drawing for pages of 40 rem and wider, and for files; colours by class only.
        narrow: the same for phones.
        wide: the same for pages of 60 rem and wider, of charts that gain by it.
        table: every figure that is drawn.
        summary: what the drawing shows, in a sentence.
    """

    svg: str
    table: Table
    summary: str
    narrow: str = ""
    wide: str = ""


@dataclass(frozen=True)
class Scale:
    """Turns a value into a place between two edges."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> int:
        span = self.high - self.low or 1
        return round(self.start + (value - self.low) / span * (self.end - self.start))


class Sheet:
    """Collects the marks of one drawing; every colour, weight and anchor is a class."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.parts: list[str] = []

    def text(self, x: float, y: float, words: str, kind: str = "") -> None:
        """Write words; kinds: m muted, b bold, e ends here, c centred here, s small, h on dark."""
        look = f' class="{kind}"' if kind else ""
        self.parts.append(
            f'<text{look} x="{x:.0f}" y="{y:.0f}">{escape(words, quote=False)}</text>'
        )

    def lines(self, x: float, y: float, words: Sequence[str], kind: str = "") -> None:
        """Write several lines, the first at `y`; an empty one takes its place alone."""
        for number, line in enumerate(words):
            if line:
                self.text(x, y + number * LINE_HEIGHT, line, kind)

    def path(self, kind: str, steps: Iterable[str]) -> None:
        """Draw all marks of one kind as one path; nothing for no marks."""
        drawn = "".join(steps)
        if drawn:
            self.parts.append(f'<path class="{kind}" d="{drawn}"/>')

    def svg(self, height: float, title: str, summary: str, look: str) -> str:
        """Close the drawing."""
        return (
            f'<svg class="{look}" viewBox="0 0 {self.width} {height:.0f}" role="img" direction="ltr">'
            f"<title>{escape(title, quote=False)}</title><desc>{escape(summary, quote=False)}</desc>"
            f"{''.join(self.parts)}</svg>"
        )


@lru_cache(maxsize=2048)
def text_width(words: str) -> float:
    """Guess the width of 13 px text, rather too wide than too narrow."""
    if words.isascii():
        return len(words) * SIGN_WIDTH
    wide = sum(east_asian_width(sign) in "WF" for sign in words)
    return wide * WIDE_SIGN_WIDTH + (len(words) - wide) * SIGN_WIDTH


@lru_cache(maxsize=2048)
def wrapped(words: str, width: float) -> tuple[str, ...]:
    """Break words into lines that fit; a single long word stays whole."""
    if text_width(words) <= width:
        return (words,)
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return tuple(lines) or ("",)


@dataclass(frozen=True)
class Rows:
    """Where each row of a chart with labels stands.

    Attributes:
        start, end: edges of the plot.
        tops: upper edge of each row's label; middles: the middle of each row's mark.
    """

    labels: tuple[tuple[str, ...], ...]
    start: int
    end: int
    tops: tuple[int, ...]
    middles: tuple[int, ...]
    foot: int

    def write(self, sheet: Sheet) -> None:
        """Write the labels, last, so that no line crosses them."""
        look = "halo" if sheet.width == NARROW else ""
        for lines, top in zip(self.labels, self.tops, strict=True):
            sheet.lines(0, top + 13, lines, look)


def rows_of(labels: Sequence[str], *, width: int, head: int, tail: int = 48) -> Rows:
    """Lay rows out: labels before the plot on a broad sheet, above it on a narrow one."""
    if width == NARROW:
        return _rows_under_labels(labels, width, head, tail)
    column = min(240, max((text_width(label) for label in labels), default=0))
    broken = tuple(wrapped(label, column) for label in labels)
    tops, middles, y = [], [], head
    for lines in broken:
        block = len(lines) * LINE_HEIGHT
        tops.append(y + 5)
        middles.append(y + 5 + block // 2)
        y += block + 9
    return Rows(broken, round(column) + 20, width - tail, tuple(tops), tuple(middles), y)


def _rows_under_labels(labels: Sequence[str], width: int, head: int, tail: int) -> Rows:
    broken = tuple(wrapped(label, width) for label in labels)
    tops, middles, y = [], [], head
    for lines in broken:
        block = len(lines) * LINE_HEIGHT
        tops.append(y + 2)
        middles.append(y + block + 12)
        y += block + 26
    return Rows(broken, 8, width - tail, tuple(tops), tuple(middles), y)


def ticks(low: float, high: float, most: int = 6) -> list[float]:
    """Return round values from low to high: steps of 1, 2 or 5 times a power of ten."""
    span = high - low
    if span <= 0:
        return [low]
    rough = span / most
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999)
    first, latest = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(number * step, 10) for number in range(first, latest + 1)]


def round_up(value: float) -> float:
    """Return the end of an axis: the next round value."""
    if value <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(value))
    return next(
        power * n for n in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if power * n >= value * 0.999
    )


def grid(sheet: Sheet, scale: Scale, top: int, foot: int, marks: Sequence[float]) -> None:
    """Draw upright hairlines with their values below."""
    sheet.path("x", (f"M{scale(mark)} {top}V{foot}" for mark in marks))
    for mark in marks:
        sheet.text(scale(mark), foot + 16, shown(mark), "m c s")


def shown(value: float, unit: str = "") -> str:
    """Return a value in the reader's notation with its unit."""
    whole = int(value) if float(value).is_integer() else value
    text = plain_number(whole)
    return f"{text} {unit}" if unit == "%" else text


def no_data() -> str:
    """Return the words for a missing value."""
    return _("no data")


def step_of(value: float, cuts: Sequence[float]) -> int:
    """Return 1-5: how many cut points the value has reached, and one."""
    return 1 + sum(value >= cut for cut in cuts)


def hatch(x: int, y: int, width: int, height: int, gap: int = 8) -> str:
    """Return diagonal strokes inside a box: the look of "no data", in black and white too."""
    strokes = []
    for shift in range(gap, width + height, gap):
        x0, y0 = (x, y + shift) if shift <= height else (x + shift - height, y + height)
        x1, y1 = (x + shift, y) if shift <= width else (x + width, y + shift - width)
        strokes.append(f"M{x0} {y0}L{x1} {y1}")
    return "".join(strokes)


def dot(x: int, y: int) -> str:
    """Return a round mark (a stroke without length and with round ends)."""
    return f"M{x} {y}h0"


def diamond(x: int, y: int, r: int = 6) -> str:
    """Return a mark that differs from a dot by its shape."""
    return f"M{x - r} {y}l{r}-{r} {r} {r}-{r} {r}z"
