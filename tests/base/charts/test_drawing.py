import pytest

from serai.base.charts.drawing import (
    Scale,
    hatch,
    round_up,
    shown,
    step_of,
    text_width,
    ticks,
    wrapped,
)


@pytest.mark.parametrize(
    ("low", "high", "most", "found"),
    [
        (0, 100, 5, [0, 20, 40, 60, 80, 100]),
        (0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (2014, 2030, 4, [2015, 2020, 2025, 2030]),
        (5, 5, 4, [5]),
    ],
)
def test_ticks_are_round(low, high, most, found):
    assert ticks(low, high, most) == found


@pytest.mark.parametrize(("value", "edge"), [(88, 100), (0, 1), (7, 8), (120, 150), (0.4, 0.4)])
def test_round_up(value, edge):
    assert round_up(value) == pytest.approx(edge)


@pytest.mark.parametrize(
    ("value", "step"), [(0, 1), (19.9, 1), (20, 2), (79, 4), (80, 5), (100, 5)]
)
def test_step_of_begins_at_its_cut(value, step):
    assert step_of(value, (20, 40, 60, 80)) == step


def test_scale_of_one_value_stays_on_the_sheet():
    assert Scale(5, 5, 0, 100)(5) == 0


def test_wrapped_keeps_every_word():
    assert wrapped("First draft report with comments", 100) == (
        "First draft", "report with", "comments",
    )  # fmt: skip


def test_wrapped_leaves_a_long_word_whole():
    assert wrapped("Telekommunikationsministerium", 20) == ("Telekommunikationsministerium",)


def test_wide_signs_are_wide():
    assert text_width("数字战略") > text_width("abcd")


def test_shown_writes_percent():
    assert [shown(66.5, "%"), shown(3.0), shown(3, "Mbit/s")] == ["66.5 %", "3", "3"]


def test_hatch_stays_inside_its_box():
    numbers = [int(n) for n in hatch(10, 20, 30, 14).replace("M", " ").replace("L", " ").split()]

    assert (min(numbers[::2]), max(numbers[::2])) >= (10, 20)
    assert (max(numbers[::2]), max(numbers[1::2])) <= (40, 34)
