"""Tile map: one equal square for each member, no boundaries. Places come from the members' data."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from serai.base.charts.drawing import BROAD, NARROW, Chart, Sheet, hatch, shown, step_of
from serai.base.charts.grids import legend, missing_words
from serai.base.tables import Column, Table

SQUARE = {BROAD: 68, NARROW: 52}
GAP = 4


@dataclass(frozen=True)
class Tile:
    """One member's square; column and row count from 1."""

    code: str
    name: str
    column: int
    row: int
    value: float | None = None


def tile_map(
    tiles: Sequence[Tile],
    *,
    title: str,
    cuts: Sequence[float] = (),
    value_title: str = "",
    unit: str = "",
) -> Chart:
    """Draw squares in five steps; without `cuts` only who the members are."""
    summary = _summary(tiles, unit, has_values=bool(cuts))
    drawings = []
    for width, look in ((BROAD, "broad"), (NARROW, "narrow")):
        sheet, height = _draw(tiles, cuts, unit, width)
        drawings.append(sheet.svg(height, title, summary, look))
    columns = [Column("name", _("Member"))]
    if cuts:
        kind = "percent" if unit == "%" else "number"
        columns.append(Column("value", value_title or _("Value"), kind))
    else:
        columns.append(Column("code", _("Code")))
    return Chart(
        svg=drawings[0],
        narrow=drawings[1],
        table=Table(
            title=title,
            columns=tuple(columns),
            rows=tuple((tile.name, tile.value if cuts else tile.code) for tile in tiles),
        ),
        summary=summary,
    )


def _summary(tiles: Sequence[Tile], unit: str, *, has_values: bool) -> str:
    if not has_values:
        return _("Equal squares; where they stand says nothing about borders.")
    known = [tile.value for tile in tiles if tile.value is not None]
    if not known:
        return _("No data yet.")
    text = _("From {low} to {high}.").format(
        low=shown(min(known), unit), high=shown(max(known), unit)
    )
    missing = len(tiles) - len(known)
    return f"{text} {missing_words(missing)}" if missing else text


def _draw(tiles: Sequence[Tile], cuts: Sequence[float], unit: str, width: int) -> tuple[Sheet, int]:
    sheet = Sheet(width)
    first_column = min((t.column for t in tiles), default=1)
    first_row = min((t.row for t in tiles), default=1)
    columns = max((t.column for t in tiles), default=1) - first_column + 1
    side = min(SQUARE[width], (width - GAP * (columns - 1)) // columns)
    boxes: dict[int, list[str]] = {n: [] for n in range(6)}
    words: list[tuple[int, int, str, str]] = []
    for tile in tiles:
        x = (tile.column - first_column) * (side + GAP)
        y = (tile.row - first_row) * (side + GAP)
        step = _step(tile, cuts)
        box = f"M{x} {y}h{side}v{side}h-{side}z"
        boxes[step].append(box + (hatch(x, y, side, side) if step == 0 else ""))
        ink = "c h" if step > 3 else "c k0" if step else "c"
        middle = x + side // 2
        if cuts and tile.value is not None:
            words.append((middle, y + side // 2 - 2, tile.code, ink))
            words.append((middle, y + side // 2 + 16, shown(tile.value, unit), f"{ink} b"))
        else:
            words.append((middle, y + side // 2 + 5, tile.code, ink))
    for step in range(1, 6):
        sheet.path(f"s{step}", boxes[step])
    sheet.path("z", boxes[0])
    for x, y, text, ink in words:
        sheet.text(x, y, text, f"{ink} halo" if ink == "c" else ink)
    foot = (max((t.row for t in tiles), default=0) - first_row + 1) * (side + GAP)
    if not cuts:
        return sheet, foot
    return sheet, legend(sheet, cuts, unit, foot + 8, has_missing=bool(boxes[0]))


def _step(tile: Tile, cuts: Sequence[float]) -> int:
    if not cuts:
        return 2
    return 0 if tile.value is None else step_of(tile.value, cuts)
