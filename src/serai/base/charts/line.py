"""Line: values over time, with a target, the path towards it, and an interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from serai.base.charts.drawing import (
    BROAD,
    NARROW,
    Chart,
    Scale,
    Sheet,
    diamond,
    dot,
    round_up,
    shown,
    text_width,
    ticks,
)
from serai.base.tables import Column, Table

HEIGHT = {BROAD: 300, NARROW: 240}
HEAD, FOOT = 22, 30
MOST_SERIES = 4


@dataclass(frozen=True)
class Point:
    """One value at one place in time (a year, or any number), with its interval."""

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Series:
    """One line; at most four in a chart."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Goal:
    """A target at a time; `start` draws the straight path towards it."""

    at: float
    value: float
    words: str
    start: tuple[float, float] | None = None


def line(
    series: Sequence[Series],
    *,
    title: str,
    time_title: str = "",
    unit: str = "",
    goal: Goal | None = None,
    low: float = 0,
    high: float | None = None,
) -> Chart:
    """Draw lines over time; a missing point breaks its line.

    Raises:
        ValueError: more than four series, which nobody can tell apart.
    """
    if len(series) > MOST_SERIES:
        raise ValueError(f"{title}: {len(series)} lines; draw at most {MOST_SERIES} in one chart.")
    summary = _summary(series, goal, unit)
    seen = [n for s in series for p in s.points for n in (p.value, p.high) if n is not None]
    edge = (
        high if high is not None else round_up(max([*seen, goal.value if goal else 0], default=1))
    )
    drawings = []
    for width, look in ((BROAD, "broad"), (NARROW, "narrow")):
        sheet = _draw(series, goal, unit, (low, edge), width)
        drawings.append(sheet.svg(HEIGHT[width], title, summary, look))
    return Chart(
        svg=drawings[0],
        narrow=drawings[1],
        table=_table(series, goal, title, time_title, unit),
        summary=summary,
    )


def _table(
    series: Sequence[Series], goal: Goal | None, title: str, time_title: str, unit: str
) -> Table:
    kind = "percent" if unit == "%" else "number"
    columns = [Column("at", time_title or _("Year"))]
    for number, one in enumerate(series):
        columns.append(Column(f"value{number}", one.name, kind))
        if _has_interval(one):
            columns.append(Column(f"interval{number}", _("{name}: interval").format(name=one.name)))
    times = sorted({p.at for one in series for p in one.points} | ({goal.at} if goal else set()))
    if goal:
        columns.append(Column("goal", goal.words, kind))
    rows: list[tuple[object, ...]] = []
    for at in times:
        row: list[object] = [_at_words(at)]
        for one in series:
            point = next((p for p in one.points if p.at == at), None)
            row.append(point.value if point else None)
            if _has_interval(one):
                row.append(_interval_words(point, unit))
        if goal:
            row.append(goal.value if goal.at == at else "")
        rows.append(tuple(row))
    return Table(title=title, columns=tuple(columns), rows=tuple(rows))


def _has_interval(one: Series) -> bool:
    return any(p.low is not None and p.high is not None for p in one.points)


def _interval_words(point: Point | None, unit: str) -> str | None:
    if point is None or point.low is None or point.high is None:
        return None
    return f"{shown(point.low, unit)}\u2013{shown(point.high, unit)}"


def _at_words(at: float) -> str:
    return str(int(at)) if float(at).is_integer() else str(at)


def _summary(series: Sequence[Series], goal: Goal | None, unit: str) -> str:
    parts = []
    for one in series:
        known = [(p.at, p.value) for p in one.points if p.value is not None]
        if not known:
            parts.append(_("{name}: no data yet.").format(name=one.name))
            continue
        (first_at, first), (latest_at, latest) = known[0], known[-1]
        parts.append(
            _("{name}: {first} in {first_at}, {latest} in {latest_at}.").format(
                name=one.name,
                first=shown(first, unit),
                first_at=_at_words(first_at),
                latest=shown(latest, unit),
                latest_at=_at_words(latest_at),
            )
        )
    if goal:
        parts.append(
            _("{words}: {value} in {at}.").format(
                words=goal.words, value=shown(goal.value, unit), at=_at_words(goal.at)
            )
        )
    return " ".join(parts) or _("No data yet.")


@dataclass(frozen=True)
class Plot:
    """The sheet of a line chart with its two scales."""

    sheet: Sheet
    across: Scale
    up: Scale
    unit: str

    def place(self, at: float, value: float) -> tuple[int, int]:
        """Return where a value stands."""
        return self.across(at), self.up(value)


def _draw(
    series: Sequence[Series],
    goal: Goal | None,
    unit: str,
    bounds: tuple[float, float],
    width: int,
) -> Sheet:
    sheet = Sheet(width)
    times = [p.at for one in series for p in one.points] + ([goal.at] if goal else [])
    if goal and goal.start:
        times.append(goal.start[0])
    first, latest = min(times, default=0), max(times, default=1)
    across = Scale(first, latest, 44, width - _side(series, first, latest, width))
    foot = HEIGHT[width] - FOOT - (LEGEND_LINE * len(series) if width == NARROW else 0)
    plot = Plot(sheet, across, Scale(bounds[0], bounds[1], foot, HEAD), unit)
    _axes(plot)
    if goal:
        _draw_goal(plot, goal)
    for number, one in enumerate(series):
        _draw_series(plot, one, number)
        if width == NARROW:
            y = foot + 36 + number * LEGEND_LINE
            _marks(sheet, [(8, y - 4)], number)
            sheet.text(22, y, one.name, "s")
    _label(plot, series)
    return sheet


def _side(series: Sequence[Series], first: float, latest: float, width: int) -> float:
    """Return the room that names need behind their line's end."""
    side = 44.0
    for one in series if width == BROAD else ():
        known = [p.at for p in one.points if p.value is not None]
        share = (latest - known[-1]) / ((latest - first) or 1) if known else 1
        need = text_width(one.name) + 70
        side = max(side, need - share * (width - 44 - need))
    return min(side, width / 3)


LEGEND_LINE = 18
LABEL_GAP = 17


def _label(plot: Plot, series: Sequence[Series]) -> None:
    """Write each line's latest value and name at its end, none over another."""
    ends: list[tuple[int, int, str]] = []
    for one in series:
        known = [(p.at, p.value) for p in one.points if p.value is not None]
        if known:
            x, y = plot.place(*known[-1])
            words = shown(known[-1][1], plot.unit)
            ends.append((y, x, f"{words} {one.name}" if plot.sheet.width == BROAD else words))
    floor = 0
    for y, x, words in sorted(ends):
        floor = max(y, floor + LABEL_GAP)
        plot.sheet.text(x + 11, floor + 5, words, "b halo")


def _axes(plot: Plot) -> None:
    sheet, across, up = plot.sheet, plot.across, plot.up
    levels = ticks(up.low, up.high, 5)
    sheet.path("x", (f"M44 {up(level)}H{across.end:.0f}" for level in levels))
    for level in levels:
        sheet.text(38, up(level) + 4, shown(level, plot.unit), "m e s")
    for at in ticks(across.low, across.high, 8 if sheet.width == BROAD else 4):
        sheet.text(across(at), up.start + 18, _at_words(at), "m c s")


def _draw_goal(plot: Plot, goal: Goal) -> None:
    x, y = plot.place(goal.at, goal.value)
    if goal.start:
        x0, y0 = plot.place(*goal.start)
        plot.sheet.path("t", [f"M{x0} {y0}L{x} {y}"])
    plot.sheet.path("r", [f"M{x - 7} {y}h14M{x} {y - 7}v14"])
    plot.sheet.text(x + 8, y - 11, f"{goal.words} {shown(goal.value, plot.unit)}", "m e s")


def _draw_series(plot: Plot, one: Series, number: int) -> None:
    plot.sheet.path("n", (_band(plot, run) for run in _runs(one.points)))
    steps: list[str] = []
    places: list[tuple[int, int]] = []
    for run in _runs(one.points):
        here = [plot.place(p.at, p.value) for p in run if p.value is not None]
        steps.append("M" + "L".join(f"{x} {y}" for x, y in here))
        places += here
    plot.sheet.path(f"l l{number + 1}", steps)
    _marks(plot.sheet, places, number)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Cut a line where values are missing."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _band(plot: Plot, run: Sequence[Point]) -> str:
    known = [(p.at, p.low, p.high) for p in run if p.low is not None and p.high is not None]
    if len(known) < 2:
        return ""
    over = ["{} {}".format(*plot.place(at, high)) for at, _low, high in known]
    under = ["{} {}".format(*plot.place(at, low)) for at, low, _high in reversed(known)]
    return f"M{'L'.join(over + under)}z"


def _marks(sheet: Sheet, places: Sequence[tuple[int, int]], number: int) -> None:
    """Draw a series' marks: dot, diamond, square, triangle, so that print in grey tells them apart."""
    shapes = (
        ("o", dot),
        ("d", diamond),
        ("q", lambda x, y: f"M{x - 5} {y - 5}h10v10h-10z"),
        ("i", lambda x, y: f"M{x} {y - 6}l6 11h-12z"),
    )
    look, shape = shapes[number]
    sheet.path(look, (shape(x, y) for x, y in places))
