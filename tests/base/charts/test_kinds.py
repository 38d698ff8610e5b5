"""Each kind's own promises."""

import re
from datetime import date

import pytest

from serai.base import charts
from serai.base.charts.drawing import text_width
from serai.base.shown import Mark
from serai.base.views import examples
from serai.calc import schedule

DONE = Mark("done", "done")


def paths(svg: str, kind: str) -> list[str]:
    return re.findall(rf'<path class="{kind}" d="([^"]*)"', svg)


def test_strip_tells_reached_from_short_by_shape():
    chart = charts.strip(
        [charts.Row("A", 70), charts.Row("B", 60), charts.Row("C", 59)],
        title="t",
        target=charts.Target(60, "minimum"),
    )

    assert paths(chart.svg, "o")[0].count("h0") == 2
    assert paths(chart.svg, "d")[0].count("z") == 1
    assert chart.summary == "2 of 3 reach 60."


def test_strip_counts_the_missing_apart():
    chart = examples.strip()

    assert chart.summary == "4 of 10 reach 60. 1 without data."


def test_bars_of_wholes_say_both_numbers():
    chart = charts.bars([charts.Bar("A", 4, 9)], title="t")

    assert "4 of 9" in chart.svg
    assert [tuple(row) for row in chart.table.rows] == [("A", 4, 9)]


def test_bars_draw_nothing_for_zero():
    assert paths(charts.bars([charts.Bar("A", 0)], title="t").svg, "f") == []


def test_line_breaks_where_a_value_is_missing():
    points = tuple(charts.Point(2014 + n, v) for n, v in enumerate((1, 2, None, 4, 5)))
    chart = charts.line([charts.Series("A", points)], title="t")

    assert paths(chart.svg, "l l1")[0].count("M") == 2


def test_line_draws_no_interval_over_a_gap():
    points = tuple(
        charts.Point(2014 + n, v, v and v - 1, v and v + 1)
        for n, v in enumerate((3, 4, None, 4, 5))
    )
    chart = charts.line([charts.Series("A", points)], title="t")

    assert paths(chart.svg, "n")[0].count("z") == 2


def test_line_refuses_a_fifth_series():
    series = [charts.Series(str(n), ()) for n in range(5)]

    with pytest.raises(ValueError, match="at most 4"):
        charts.line(series, title="t")


def test_line_gives_each_series_its_own_shape():
    series = [charts.Series(str(n), (charts.Point(2020, n),)) for n in range(4)]
    svg = charts.line(series, title="t").svg

    assert [len(paths(svg, kind)) for kind in "odqi"] == [1, 1, 1, 1]


def test_line_table_names_the_interval_and_the_goal():
    chart = examples.line()

    assert [column.title for column in chart.table.columns] == [
        "Year", "Member E", "Member E: interval", "Member I", "target",
    ]  # fmt: skip
    assert chart.table.rows[0] == ("2014", 30, "26\u201334", 22, "")
    assert chart.table.rows[-1] == ("2030", None, None, None, 80)


def test_heat_table_hatches_what_is_missing():
    chart = charts.heat_table(
        [charts.HeatRow("A", (10, None, 95))], ["a", "b", "c"], title="t", cuts=examples.CUTS
    )

    assert [len(paths(chart.svg, kind)) for kind in ("s1", "s5", "z")] == [2, 2, 2]


def test_heat_table_numbers_heads_that_do_not_fit():
    heads = ["Telecommunication", "Infrastructure", "Professionalism", "Cybersecurity"]
    chart = charts.heat_table(
        [charts.HeatRow("A", (1, 2, 3, 4))], heads, title="t", cuts=examples.CUTS
    )

    assert ">3  Professionalism<" in chart.narrow
    assert ">Professionalism<" not in chart.narrow


@pytest.mark.parametrize(("count", "rows"), [(9, 1), (14, 2)])
def test_numbers_over_narrow_columns_do_not_touch(count, rows):
    heads = [f"A long name of section {n}" for n in range(count)]
    chart = charts.heat_table(
        [charts.HeatRow("GEO Ministry of roads", tuple(range(count)))], heads, title="t",
        cuts=examples.CUTS,
    )  # fmt: skip

    places = re.findall(r'<text class="m c s" x="\d+" y="(\d+)">\d+<', chart.narrow)

    assert (len(places), len(set(places))) == (count, rows)
    assert len(set(places[::2])) == len(set(places[1::2])) == 1


def test_tile_places_come_with_the_tiles():
    chart = charts.tile_map(
        [charts.Tile("AAA", "A", 1, 2), charts.Tile("BBB", "B", 3, 2)], title="t"
    )

    assert paths(chart.svg, "s2")[0] == "M0 0h68v68h-68zM144 0h68v68h-68z"


def test_timeline_draws_a_day_as_a_diamond_and_a_window_with_soft_ends():
    def row(a: date, b: date) -> charts.TimelineRow:
        return charts.TimelineRow("A", "words", charts.Window(a, b), DONE)

    day, as_of = date(2021, 3, 15), date(2021, 6, 30)
    exact = charts.timeline([row(day, day)], title="t", as_of=as_of)
    fuzzy = charts.timeline([row(date(2021, 4, 1), date(2021, 6, 30))], title="t", as_of=as_of)

    assert (len(paths(exact.svg, "fg")), len(paths(exact.svg, "fg p"))) == (1, 0)
    assert (len(paths(fuzzy.svg, "fg")), len(paths(fuzzy.svg, "fg p"))) == (0, 1)


def drawn_in(chart, look: str) -> list[str]:
    """The steps of a look's path, one for each mark."""
    return [step for path in paths(chart.svg, look) for step in re.findall(r"M[^M]*", path)]


def test_timeline_draws_a_soft_date_as_no_day_however_long_the_axis():
    far = charts.TimelineRow(
        "Far", "1 June 2031", charts.Window(date(2031, 6, 1), date(2031, 6, 1)), DONE
    )
    month = charts.TimelineRow(
        "Month", "June 2021", charts.Window(date(2021, 6, 1), date(2021, 6, 30)), DONE
    )

    chart = charts.timeline([month, far], title="t", as_of=date(2021, 6, 30))

    assert [len(drawn_in(chart, "fg")), len(drawn_in(chart, "fg p"))] == [1, 1]
    assert re.fullmatch(r"M\d+ \d+l6-6H\d+l6 6-6 6H\d+z", drawn_in(chart, "fg p")[0])


def test_timeline_draws_a_bound_as_a_wedge_open_to_earlier_days():
    bound = charts.TimelineRow(
        "A", "22 June 2021", charts.end_of(schedule.by_day(date(2021, 6, 30))), DONE,
        reached="by 30 June 2021", baseline=charts.end_of(schedule.by_day(date(2021, 6, 22))),
    )  # fmt: skip

    chart = charts.timeline([bound], title="t", as_of=date(2021, 6, 30))

    wall, wedge = drawn_in(chart, "fg")[0], drawn_in(chart, "fg p")[0]
    day = int(re.match(r"M(\d+)", wall)[1]) + 2
    tip, foot = (int(n) for n in re.match(r"M(\d+) \d+L(\d+)", wedge).groups())
    assert (foot, tip) == (day, day - 18)
    assert chart.table.rows[0][3:] == ("by 30 June 2021", "by 22 June 2021")


def test_timeline_keeps_the_first_mark_within_its_axis():
    days = (date(2021, 1, 1), date(2041, 1, 1))
    rows = [charts.TimelineRow(f"{d}", f"{d}", charts.Window(d, d), DONE) for d in days]

    chart = charts.timeline(rows, title="t", as_of=date(2021, 6, 30))

    lines = [int(x) for x in re.findall(r"M(\d+) 26V", " ".join(paths(chart.svg, "x")))]
    marks = [int(re.match(r"M(\d+)", step)[1]) for step in drawn_in(chart, "fg")]
    assert 268 <= min(lines) < min(marks) + 7


def test_timeline_s_months_leave_room_for_their_names():
    two_years = charts.TimelineRow(
        "A", "throughout 2021 & 2022", charts.Window(date(2021, 1, 1), date(2022, 12, 31)), DONE
    )

    chart = charts.timeline([two_years], title="t", as_of=date(2021, 6, 30))

    lines = [int(x) for x in re.findall(r"M(\d+) 26V", paths(chart.svg, "x")[0])]
    assert min(b - a for a, b in zip(lines, lines[1:], strict=False)) >= text_width("2022") + 6


def test_timeline_table_keeps_the_original_words():
    chart = examples.timeline()

    assert chart.table.rows[1][1] == "end of April 2021"
    assert chart.table.rows[2][4] == "1 June 2021 to 8 June 2021"


def test_timeline_of_many_years_names_few_dates():
    far = charts.Window(date(2050, 1, 1), date(2050, 1, 1))
    chart = charts.timeline(
        [charts.TimelineRow("A", "2050", far, DONE)], title="t", as_of=date(2021, 1, 1)
    )

    assert chart.svg.count("<text") < 25


def test_timeline_writes_no_month_past_its_edge():
    row = charts.TimelineRow(
        "A", "2021 and 2022", charts.Window(date(2022, 12, 1), date(2022, 12, 31)), DONE,
        start=charts.Window(date(2021, 1, 1), date(2021, 1, 31)), is_ongoing=True,
    )  # fmt: skip
    chart = charts.timeline([row], title="t", as_of=date(2021, 6, 30))

    for drawn in (chart.svg, chart.narrow):
        edge = int(re.search(r'viewBox="0 0 (\d+)', drawn)[1])
        found = re.findall(r'<text class="m s" x="([\d.]+)"[^>]*>([^<]+)', drawn)
        assert len(found) > 2
        assert [words for x, words in found if float(x) + 7 * len(words) > edge] == []


def test_matrix_counts_each_mark():
    rows = [charts.MarkRow("A", (DONE, None)), charts.MarkRow("B", (DONE, Mark("open", "open")))]
    chart = charts.dot_matrix(rows, ["1", "2"], title="t")

    assert chart.summary == "done: 2; open: 1."
    assert chart.table.rows[0] == ("A", DONE, None)
