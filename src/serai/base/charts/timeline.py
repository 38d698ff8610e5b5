"""Timeline: windows with soft ends, baselines as thin lines, and the line of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.charts.drawing import (
    BROAD,
    LINE_HEIGHT,
    NARROW,
    WIDE,
    Chart,
    Scale,
    Sheet,
    text_width,
    wrapped,
)
from serai.base.charts.grids import look_of
from serai.base.days import plain_day
from serai.base.shown import SYMBOLS, Mark
from serai.base.tables import Column, Table
from serai.calc import schedule

LABEL_WIDTHS = {WIDE: 400, BROAD: 268}
WIDE_TEXT = 14 / 13  # what the style sheet writes on a wide drawing, beside a broad one
HEAD = 34
HALF = 6
NARROWEST = 20  # of what is no exact day, so that it does not look like one
OPEN = 18  # how far a bound reaches back
MARGIN_DAYS = 10
MONTHS = {WIDE: 18, BROAD: 11, NARROW: 8}  # at most so many names of months fit beside each other


@dataclass(frozen=True)
class Window:
    """From the earliest to the latest day on which something may happen.

    Attributes:
        is_bound: only the latest day is known ("by 30 June"); drawn open to earlier days.
    """

    earliest: date
    latest: date
    is_bound: bool = False

    @property
    def is_day(self) -> bool:
        """Tell whether it is one known day."""
        return self.earliest == self.latest and not self.is_bound


def end_of(window: schedule.Window | None) -> Window | None:
    """Return when something ends, as it is drawn."""
    if window is None:
        return None
    earliest = window.end_earliest
    return Window(earliest or window.end_latest, window.end_latest, is_bound=earliest is None)


def start_of(window: schedule.Window | None) -> Window | None:
    """Return when something begins, as it is drawn; None for what does not last."""
    if window is None or window.start_earliest is None or window.start_latest is None:
        return None
    return Window(window.start_earliest, window.start_latest)


@dataclass(frozen=True)
class Row:
    """One milestone.

    Attributes:
        words: the planned dates as people wrote them.
        reached: when it was reached, as people wrote it.
        end: when it ends, or the day itself; None when no date is set.
        start: when it begins, for spans and ongoing work.
        baseline: the end window it was first planned for.
        mark: its status.
        is_ongoing: no end is meant; the bar stays open.
    """

    label: str
    words: str
    end: Window | None
    mark: Mark
    start: Window | None = None
    baseline: Window | None = None
    is_ongoing: bool = False
    reached: str = ""


def timeline(
    rows: Sequence[Row], *, title: str, as_of: date, label_title: str = "", as_of_words: str = ""
) -> Chart:
    """Draw milestones by time; the table below says the same in the original words."""
    summary = _summary(rows)
    drawings = {}
    for width, look in ((WIDE, "wide"), (BROAD, "broad"), (NARROW, "narrow")):
        sheet, height = _draw(rows, as_of, as_of_words, width)
        drawings[look] = sheet.svg(height, title, summary, look)
    return Chart(
        svg=drawings["broad"],
        narrow=drawings["narrow"],
        wide=drawings["wide"],
        table=Table(
            title=title,
            columns=(
                Column("label", label_title or _("Milestone")),
                Column("words", _("Planned")),
                Column("status", _("Status")),
                Column("reached", _("Reached")),
                Column("baseline", _("First planned")),
            ),
            rows=tuple(
                (row.label, row.words, row.mark, row.reached, _window_words(row.baseline))
                for row in rows
            ),
        ),
        summary=summary,
    )


def _day(day: date) -> str:
    return _day_in(day, get_language() or "en")


@lru_cache(maxsize=4096)
def _day_in(day: date, language: str) -> str:
    """Return a day in words; the language is the cache's key and the active one."""
    return plain_day(day)


@lru_cache(maxsize=4096)
def _month(day: date, every: int, language: str) -> str:
    """Return a month's short name, the year in January."""
    return date_format(day, "Y" if every >= 12 or day.month == 1 else "M")


def _window_words(window: Window | None) -> str:
    if window is None:
        return ""
    if window.is_bound:
        return _("by {day}").format(day=_day(window.latest))
    if window.is_day:
        return _day(window.latest)
    return _("{first} to {latest}").format(first=_day(window.earliest), latest=_day(window.latest))


def _summary(rows: Sequence[Row]) -> str:
    count: dict[str, int] = {}
    for row in rows:
        count[row.mark.word] = count.get(row.mark.word, 0) + 1
    if not count:
        return _("No dates are set.")
    return "; ".join(f"{word}: {n}" for word, n in count.items()) + "."


def _bounds(rows: Sequence[Row], as_of: date) -> tuple[date, date]:
    days = [as_of]
    for row in rows:
        for window in (row.start, row.end, row.baseline):
            if window is not None:
                days += [window.earliest, window.latest]
    pad = timedelta(days=MARGIN_DAYS)
    return min(days) - pad, max(days) + pad


def _draw(rows: Sequence[Row], as_of: date, words: str, width: int) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    is_broad = width != NARROW
    first, latest = _bounds(rows, as_of)
    every, lines_on = _ticks(first, latest, MONTHS[width])
    start = LABEL_WIDTHS.get(width, 8)
    # A mark on the first or latest day stays on the drawing whole, however long the axis is.
    scale = Scale(
        lines_on[0].toordinal(), latest.toordinal(), start + OPEN, width - 8 - NARROWEST // 2
    )
    room = start - 34 if is_broad else width - 24
    labels = [wrapped(row.label, room / (WIDE_TEXT if width == WIDE else 1)) for row in rows]
    middles: list[int] = []
    y = HEAD
    for lines in labels:
        block = len(lines) * LINE_HEIGHT
        middles.append(y + 5 + block // 2 if is_broad else y + block + 12)
        y += block + (11 if is_broad else 26)
    _months(sheet, scale, every, lines_on, y)
    _windows(sheet, rows, middles, scale, start)
    _day_line(sheet, scale(as_of.toordinal()), y, words or _day(as_of))
    for row, lines, middle in zip(rows, labels, middles, strict=True):
        block = len(lines) * LINE_HEIGHT
        top = middle - (block // 2 if is_broad else 12 + block)
        sheet.text(0, top + 13, SYMBOLS[row.mark.tone], look_of(row.mark))
        sheet.lines(20, top + 13, lines, "" if is_broad else "halo")
    return sheet, y + 20


def _day_line(sheet: Sheet, x: int, foot: int, words: str) -> None:
    sheet.path("t", [f"M{x} {HEAD - 12}V{foot}"])
    is_inside = 40 < x < sheet.width - 40
    sheet.text(x, HEAD - 18, words, "s c b" if is_inside else "s e b" if x > 40 else "s b")


def _windows(
    sheet: Sheet, rows: Sequence[Row], middles: Sequence[int], scale: Scale, start: int
) -> None:
    shapes: dict[str, list[str]] = {}
    soft: dict[str, list[str]] = {}
    thin: list[str] = []
    for row, y in zip(rows, middles, strict=True):
        if row.baseline is not None:
            a, b = scale(row.baseline.earliest.toordinal()), scale(row.baseline.latest.toordinal())
            thin.append(f"M{a} {y + 11}H{max(b, a + 10)}")
        if row.end is None:
            sheet.text(start + 4, y + 5, _("no date"), "m s")
            continue
        look = _look(row.mark)
        solid, faded = _shape(row, y, scale)
        shapes.setdefault(look, []).append(solid)
        soft.setdefault(f"{look} p", []).append(faded)
    for look, steps in soft.items():
        sheet.path(look, steps)
    for look, steps in shapes.items():
        sheet.path(look, steps)
    sheet.path("y", thin)


def _shape(row: Row, y: int, scale: Scale) -> tuple[str, str]:
    """Return the firm part and the soft one: a diamond is a day, a wedge a bound, open to earlier."""
    end = row.end
    if end is None:
        return "", ""
    begin = row.start or end
    a, d = scale(begin.earliest.toordinal()), scale(end.latest.toordinal())
    if row.start is None and end.is_day:
        return f"M{d - HALF - 1} {y}l7-7 7 7-7 7z", ""
    if row.start is None and end.is_bound:
        return (
            f"M{d - 2} {y - HALF}h3v{2 * HALF}h-3z",
            f"M{d - OPEN} {y}L{d} {y - HALF}v{2 * HALF}z",
        )
    if d - a < NARROWEST:
        a = (a + d - NARROWEST) // 2
        d = a + NARROWEST
    if row.start is None:
        return "", f"M{a} {y}l{HALF}-{HALF}H{d - HALF}l{HALF} {HALF}-{HALF} {HALF}H{a + HALF}z"
    b, c = scale(begin.latest.toordinal()), scale(end.earliest.toordinal())
    if c <= b:
        b = c = (b + c) // 2
    faded = ""
    if b - a > 1:
        faded += f"M{a} {y}L{b} {y - HALF}v{2 * HALF}z"
    if d - c > 1:
        faded += f"M{d} {y}L{c} {y - HALF}v{2 * HALF}z"
    if row.is_ongoing:
        faded += f"M{d + 2} {y - HALF}l{HALF} {HALF}-{HALF} {HALF}"
    return f"M{b} {y - HALF}H{max(c, b + 2)}v{2 * HALF}H{b}z", faded


def _look(mark: Mark) -> str:
    return {
        "done": "fg",
        "good": "fg",
        "attention": "fa",
        "wrong": "fv",
        "part": "fu",
        "info": "fu",
    }.get(mark.tone, "fo")


def _ticks(first: date, latest: date, most: int) -> tuple[int, list[date]]:
    """Return how many months lie between two lines, and the lines; one stands before all marks."""
    months = (latest.year - first.year) * 12 + latest.month - first.month + 1
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60) if months / n <= most), 120)
    begin, end = (day.year * 12 + day.month - 1 for day in (first, latest))
    found = range(begin - begin % every, end + 1, every)
    return every, [date(month // 12, month % 12 + 1, 1) for month in found]


def _months(sheet: Sheet, scale: Scale, every: int, starts: Sequence[date], foot: int) -> None:
    sheet.path("x", (f"M{scale(day.toordinal())} {HEAD - 8}V{foot}" for day in starts))
    for day in starts:
        words, place = _month(day, every, get_language() or "en"), scale(day.toordinal()) + 3
        if place + text_width(words) <= sheet.width:
            sheet.text(place, foot + 15, words, "m s")
