"""Strip: one mark a row on a common scale, measured from a target."""

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
    diamond,
    dot,
    grid,
    no_data,
    round_up,
    rows_of,
    shown,
    ticks,
)
from serai.base.tables import Column, Table


@dataclass(frozen=True)
class Row:
    """One row: a label and its value; None is missing, never zero."""

    label: str
    value: float | None


@dataclass(frozen=True)
class Target:
    """What the values are held against."""

    value: float
    words: str


def strip(
    rows: Sequence[Row],
    *,
    title: str,
    label_title: str = "",
    value_title: str = "",
    unit: str = "",
    target: Target | None = None,
    low: float = 0,
    high: float | None = None,
) -> Chart:
    """Draw values as marks: a dot where the target is reached, a diamond where it is not."""
    values = [row.value for row in rows if row.value is not None]
    edge = max([*values, *([target.value] if target else [])], default=1)
    top = high if high is not None else round_up(edge)
    summary = _summary(rows, target, unit)
    drawn = [_draw(rows, target, unit, low, top, width) for width in (BROAD, NARROW)]
    return Chart(
        svg=drawn[0][0].svg(drawn[0][1], title, summary, "broad"),
        narrow=drawn[1][0].svg(drawn[1][1], title, summary, "narrow"),
        table=Table(
            title=title,
            columns=(
                Column("label", label_title or _("Name")),
                Column("value", value_title or _("Value"), "percent" if unit == "%" else "number"),
            ),
            rows=tuple((row.label, row.value) for row in rows),
        ),
        summary=summary,
    )


def _summary(rows: Sequence[Row], target: Target | None, unit: str) -> str:
    known = [row.value for row in rows if row.value is not None]
    parts = []
    if not known:
        return _("No data yet.")
    if target:
        parts.append(
            _("{n} of {known} reach {target}.").format(
                n=sum(value >= target.value for value in known),
                known=len(known),
                target=shown(target.value, unit),
            )
        )
    else:
        parts.append(
            _("From {low} to {high}.").format(
                low=shown(min(known), unit), high=shown(max(known), unit)
            )
        )
    missing = len(rows) - len(known)
    if missing:
        parts.append(ngettext("{n} without data.", "{n} without data.", missing).format(n=missing))
    return " ".join(parts)


def _draw(
    rows: Sequence[Row], target: Target | None, unit: str, low: float, high: float, width: int
) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    head = 24 if target else 4
    place = rows_of([row.label for row in rows], width=width, head=head, tail=16)
    scale = Scale(low, high, place.start + 8, place.end - 20)
    grid(sheet, scale, head, place.foot, ticks(low, high, 5 if width == BROAD else 4))
    origin = scale(target.value if target else low)
    reached: list[str] = []
    short: list[str] = []
    stems: list[str] = []
    for row, y in zip(rows, place.middles, strict=True):
        if row.value is None:
            sheet.text(place.start + 8, y + 4, no_data(), "m s")
            continue
        x = scale(row.value)
        is_short = target is not None and row.value < target.value
        (short if is_short else reached).append(diamond(x, y) if is_short else dot(x, y))
        stems.append(f"M{origin} {y}H{x}")
        sheet.text(
            x - 11 if is_short else x + 11,
            y + 5,
            shown(row.value, unit),
            "b e" if is_short else "b",
        )
    sheet.path("k", stems)
    sheet.path("o", reached)
    sheet.path("d", short)
    if target:
        sheet.path("t", [f"M{origin} {head - 4}V{place.foot}"])
        sheet.text(origin, 13, f"{target.words} {shown(target.value, unit)}", "m c s")
    place.write(sheet)
    return sheet, place.foot + 24
