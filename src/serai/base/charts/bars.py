"""Bars: amounts from zero, optionally out of a total."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from serai.base.charts.drawing import (
    BROAD,
    NARROW,
    Chart,
    Scale,
    Sheet,
    no_data,
    round_up,
    rows_of,
    shown,
)
from serai.base.tables import Column, Table

THICKNESS = 12


@dataclass(frozen=True)
class Bar:
    """One bar; `total` draws the whole behind it ("4 of 9")."""

    label: str
    value: float | None
    total: float | None = None


def bars(
    rows: Sequence[Bar],
    *,
    title: str,
    label_title: str = "",
    value_title: str = "",
    total_title: str = "",
    unit: str = "",
    high: float | None = None,
) -> Chart:
    """Draw bars from zero with the figure at their end; no axis is needed then."""
    amounts = [n for row in rows for n in (row.value, row.total) if n is not None]
    edge = high if high is not None else round_up(max(amounts, default=1))
    has_totals = any(row.total is not None for row in rows)
    summary = _summary(rows, unit, has_totals=has_totals)
    kind = "percent" if unit == "%" else "number"
    columns = [
        Column("label", label_title or _("Name")),
        Column("value", value_title or _("Value"), kind),
    ]
    if has_totals:
        columns.append(Column("total", total_title or _("Of"), kind))
    drawings = []
    for width, look in ((BROAD, "broad"), (NARROW, "narrow")):
        sheet, height = _draw(rows, unit, edge, width)
        drawings.append(sheet.svg(height, title, summary, look))
    return Chart(
        svg=drawings[0],
        narrow=drawings[1],
        table=Table(
            title=title,
            columns=tuple(columns),
            rows=tuple(
                (row.label, row.value, row.total) if has_totals else (row.label, row.value)
                for row in rows
            ),
        ),
        summary=summary,
    )


def _summary(rows: Sequence[Bar], unit: str, *, has_totals: bool) -> str:
    known = [row for row in rows if row.value is not None]
    if not known:
        return _("No data yet.")
    if has_totals:
        done = sum(row.value for row in known if row.value is not None)
        whole = sum(row.total for row in known if row.total is not None)
        text = _("{done} of {total} in all.").format(
            done=shown(done, unit), total=shown(whole, unit)
        )
    else:
        values = [row.value for row in known if row.value is not None]
        text = _("From {low} to {high}.").format(
            low=shown(min(values), unit), high=shown(max(values), unit)
        )
    missing = len(rows) - len(known)
    if not missing:
        return text
    return f"{text} " + ngettext("{n} without data.", "{n} without data.", missing).format(
        n=missing
    )


def _draw(rows: Sequence[Bar], unit: str, edge: float, width: int) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    place = rows_of([row.label for row in rows], width=width, head=0, tail=64)
    scale = Scale(0, edge, place.start if width == BROAD else 0, place.end)
    full: list[str] = []
    whole: list[str] = []
    place.write(sheet)
    half = THICKNESS // 2
    for row, y in zip(rows, place.middles, strict=True):
        if row.total is not None:
            whole.append(_box(scale(0), y - half, scale(row.total)))
        if row.value is None:
            sheet.text(scale(0) + 4, y + 5, no_data(), "m s")
            continue
        if row.value:
            full.append(_box(scale(0), y - half, scale(row.value)))
        x = scale(max(row.value, row.total or 0))
        words = shown(row.value, unit)
        if row.total is not None:
            words = _("{done} of {total}").format(done=words, total=shown(row.total, unit))
        sheet.text(x + 8, y + 5, words, "b")
    sheet.path("w", whole)
    sheet.path("f", full)
    sheet.path("y", [f"M{scale(0)} 2V{place.foot - 2}"] if width == BROAD else [])
    return sheet, place.foot + 4


def _box(start: int, top: int, end: int) -> str:
    return f"M{start} {top}H{max(end, start + 1)}v{THICKNESS}H{start}z"
