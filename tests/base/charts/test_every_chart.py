"""What holds for every chart: equal figures, little weight, no colour but by class, no markup."""

import gzip
import re
from xml.etree import ElementTree

import pytest

from serai.base import charts
from serai.base.charts import Chart
from serai.base.shown import Mark
from serai.base.views import examples

HOSTILE = '<script>alert("x")</script> & \u202e'
CHARTS = {
    "strip": examples.strip,
    "bars": examples.bars,
    "line": examples.line,
    "heat": examples.heat,
    "timeline": examples.timeline,
    "matrix": examples.matrix,
    "tiles": examples.tiles,
    "members": examples.members,
}
EMPTY = {
    "strip": lambda: charts.strip([], title="Nothing"),
    "bars": lambda: charts.bars([], title="Nothing"),
    "line": lambda: charts.line([], title="Nothing"),
    "heat": lambda: charts.heat_table([], ["A"], title="Nothing", cuts=examples.CUTS),
    "matrix": lambda: charts.dot_matrix([], ["A"], title="Nothing"),
    "tiles": lambda: charts.tile_map([], title="Nothing", cuts=examples.CUTS),
    "timeline": lambda: charts.timeline([], title="Nothing", as_of=examples.CLOSES_AT.date()),
}
NO_VALUE = {
    "strip": lambda: charts.strip([charts.Row("A", None)], title="t"),
    "bars": lambda: charts.bars([charts.Bar("A", None)], title="t"),
    "heat": lambda: charts.heat_table(
        [charts.HeatRow("A", (None,))], ["A"], title="t", cuts=examples.CUTS
    ),
    "tiles": lambda: charts.tile_map([charts.Tile("A", "A", 1, 1)], title="t", cuts=examples.CUTS),
}


def drawings(chart: Chart) -> list[str]:
    """The broad drawing, the narrow one, and the wide one of charts that have it."""
    return [svg for svg in (chart.svg, chart.narrow, chart.wide) if svg]


def words(svg: str) -> list[str]:
    return [node.text or "" for node in ElementTree.fromstring(svg).iter() if node.tag == "text"]


@pytest.fixture(params=CHARTS)
def chart(request) -> Chart:
    return CHARTS[request.param]()


def test_all_drawings_are_well_formed_and_named(chart: Chart):
    for svg in drawings(chart):
        root = ElementTree.fromstring(svg)

        assert [root[0].tag, root[1].tag] == ["title", "desc"]
        assert root[1].text == chart.summary
        assert (root.get("role"), root.get("direction")) == ("img", "ltr")


def test_drawings_hold_classes_only(chart: Chart):
    names = set(re.findall(r' ([a-z-]+)="', "".join(drawings(chart))))

    assert names <= {"class", "viewBox", "role", "direction", "x", "y", "d"}


def test_drawings_weigh_little(chart: Chart):
    assert len(chart.svg.encode()) <= 15_000
    assert len(chart.narrow.encode()) <= 15_000
    assert len(chart.wide.encode()) <= 15_000


def test_every_figure_of_the_table_stands_in_all_drawings(chart: Chart):
    for svg in drawings(chart):
        drawn = " ".join(words(svg))
        for row in chart.table.rows:
            for value in row:
                if isinstance(value, int | float):
                    assert re.search(rf"\b{value}\b", drawn) or _is_point(chart, value)


def _is_point(chart: Chart, value: float) -> bool:
    """Tell whether a value is a point of a line, which stands in the table and as a mark."""
    return chart.table.title == "Index of online services"


def test_every_cell_fits_its_column(chart: Chart):
    assert {len(row) for row in chart.table.rows} == {len(chart.table.columns)}


def test_words_stay_inside_the_drawing(chart: Chart):
    for svg in drawings(chart):
        width = int(ElementTree.fromstring(svg).get("viewBox", "").split()[2])
        for node in ElementTree.fromstring(svg).iter("text"):
            kinds = (node.get("class") or "").split()
            room = len(node.text or "") * 6.4
            x = float(node.get("x") or 0)
            start = x - room if "e" in kinds else x - room / 2 if "c" in kinds else x

            assert start >= -8
            assert start + room <= width + 24


@pytest.mark.parametrize("draw", EMPTY.values(), ids=EMPTY)
def test_nothing_to_draw_is_said(draw):
    chart = draw()

    assert ElementTree.fromstring(chart.svg)[1].text == chart.summary
    assert list(chart.table.rows) == []


@pytest.mark.parametrize("draw", NO_VALUE.values(), ids=NO_VALUE)
def test_missing_is_never_zero(draw):
    chart = draw()

    assert chart.table.rows[0][1] is None
    assert "no data" in words(chart.svg)


def hostile_charts() -> list[Chart]:
    mark = Mark("done", HOSTILE)
    day = examples.CLOSES_AT.date()
    window = charts.Window(day, day)
    return [
        charts.strip(
            [charts.Row(HOSTILE, 1)], title=HOSTILE, target=charts.Target(1, HOSTILE), unit=HOSTILE
        ),
        charts.bars([charts.Bar(HOSTILE, 1, 2)], title=HOSTILE),
        charts.line(
            [charts.Series(HOSTILE, (charts.Point(2020, 1),))],
            title=HOSTILE,
            goal=charts.Goal(2030, 2, HOSTILE),
        ),
        charts.heat_table(
            [charts.HeatRow(HOSTILE, (1,))], [HOSTILE], title=HOSTILE, cuts=examples.CUTS
        ),
        charts.dot_matrix([charts.MarkRow(HOSTILE, (mark,))], [HOSTILE], title=HOSTILE),
        charts.tile_map(
            [charts.Tile(HOSTILE, HOSTILE, 1, 1, 1)], title=HOSTILE, cuts=examples.CUTS
        ),
        charts.timeline(
            [charts.TimelineRow(HOSTILE, HOSTILE, window, mark)], title=HOSTILE, as_of=day
        ),
    ]


@pytest.mark.parametrize("number", range(7))
def test_hostile_words_stay_words(number: int):
    chart = hostile_charts()[number]

    for svg in drawings(chart):
        ElementTree.fromstring(svg)
        assert "<script" not in svg


ELEVEN = {
    "strip": examples.strip,
    "bars": lambda: charts.bars(
        [charts.Bar(n, v) for n, v in zip(examples.NAMES, examples.VALUES, strict=True)],
        title="Score",
    ),
    "heat": lambda: charts.heat_table(
        [charts.HeatRow(n, (v,)) for n, v in zip(examples.NAMES, examples.VALUES, strict=True)],
        ["Score"],
        title="Score",
        cuts=examples.CUTS,
    ),
    "tiles": examples.tiles,
    "line": examples.line,
    "timeline": examples.timeline,
}


@pytest.mark.parametrize("draw", ELEVEN.values(), ids=ELEVEN)
def test_eleven_rows_weigh_a_kilobyte(draw):
    chart = draw()

    assert len(gzip.compress(chart.svg.encode(), 9)) <= 1_000


@pytest.mark.parametrize("draw", ELEVEN.values(), ids=ELEVEN)
def test_the_phone_costs_little_more(draw):
    chart = draw()

    assert len(gzip.compress((chart.svg + chart.narrow).encode(), 9)) <= 1_500
