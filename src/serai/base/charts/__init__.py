"""Light charts as SVG with their table: strip, bars, line, heat table, timeline, dot matrix, tiles."""

from serai.base.charts.bars import Bar, bars
from serai.base.charts.drawing import Chart
from serai.base.charts.grids import HeatRow, MarkRow, dot_matrix, heat_table
from serai.base.charts.ink import with_attributes
from serai.base.charts.line import Goal, Point, Series, line
from serai.base.charts.strip import Row, Target, strip
from serai.base.charts.tiles import Tile, tile_map
from serai.base.charts.timeline import Row as TimelineRow
from serai.base.charts.timeline import Window, end_of, start_of, timeline

__all__ = [
    "Bar",
    "Chart",
    "Goal",
    "HeatRow",
    "MarkRow",
    "Point",
    "Row",
    "Series",
    "Target",
    "Tile",
    "TimelineRow",
    "Window",
    "bars",
    "dot_matrix",
    "end_of",
    "heat_table",
    "line",
    "start_of",
    "strip",
    "tile_map",
    "timeline",
    "with_attributes",
]
