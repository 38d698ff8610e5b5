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
    edge = high if high is not None else round_up(max([*seen, goal.value if goal else 0], default=1))
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
    return " ".join(parts)


def _draw(
    series: Sequence[Series],
    goal: Goal | None,
    unit: str,
    bounds: tuple[float, float],
    width: int,
) -> Sheet:
    sheet = Sheet(width)
    names = [one.name for one in series]
    side = min(170, max(text_width(n) for n in names) + 70) if width == BROAD and names else 52
    times = [p.at for one in series for p in one.points] + ([goal.at] if goal else [])
    if goal and goal.start:
        times.append(goal.start[0])
    across = Scale(min(times, default=0), max(times, default=1), 44, width - side)
    foot = HEIGHT[width] - FOOT - (LEGEND_LINE * len(names) if width == NARROW else 0)
    up = Scale(bounds[0], bounds[1], foot, HEAD)
    _axes(sheet, across, up, unit, width - side)
    if goal:
        _draw_goal(sheet, goal, across, up, unit)
    for number, one in enumerate(series):
        _draw_series(sheet, one, number, across, up, unit, label=width == BROAD)
        if width == NARROW:
            y = foot + 36 + number * LEGEND_LINE
            _marks(sheet, [(8, y - 4)], number)
            sheet.text(22, y, one.name, "s")
    return sheet


LEGEND_LINE = 18


def _axes(sheet: Sheet, across: Scale, up: Scale, unit: str, edge: float) -> None:
    levels = ticks(up.low, up.high, 5)
    sheet.path("x", (f"M44 {up(level)}H{edge:.0f}" for level in levels))
    for level in levels:
        sheet.text(38, up(level) + 4, shown(level, unit), "m e s")
    for at in ticks(across.low, across.high, 8 if sheet.width == BROAD else 4):
        sheet.text(across(at), up.start + 18, _at_words(at), "m c s")


def _draw_goal(sheet: Sheet, goal: Goal, across: Scale, up: Scale, unit: str) -> None:
    x, y = across(goal.at), up(goal.value)
    if goal.start:
        sheet.path("t", [f"M{across(goal.start[0])} {up(goal.start[1])}L{x} {y}"])
    sheet.path("r", [f"M{x - 7} {y}h14M{x} {y - 7}v14"])
    sheet.text(x + 4, y - 11, f"{goal.words} {shown(goal.value, unit)}", "m e s")


def _draw_series(
    sheet: Sheet, one: Series, number: int, across: Scale, up: Scale, unit: str, *, label: bool
) -> None:
    band = [p for p in one.points if p.low is not None and p.high is not None]
    if len(band) > 1:
        over = [f"{across(p.at)} {up(p.high or 0)}" for p in band]
        under = [f"{across(p.at)} {up(p.low or 0)}" for p in reversed(band)]
        sheet.path("n", [f"M{'L'.join(over + under)}z"])
    steps: list[str] = []
    places: list[tuple[int, int]] = []
    is_broken = True
    for p in one.points:
        if p.value is None:
            is_broken = True
            continue
        x, y = across(p.at), up(p.value)
        steps.append(f"{'M' if is_broken else 'L'}{x} {y}")
        places.append((x, y))
        is_broken = False
    sheet.path(f"l l{number + 1}", steps)
    _marks(sheet, places, number)
    latest = [p for p in one.points if p.value is not None][-1:]
    for p in latest:
        x, y = across(p.at), up(p.value or 0)
        words = shown(p.value or 0, unit)
        sheet.text(x + 11, y + 5, f"{words} {one.name}" if label else words, "b")


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
