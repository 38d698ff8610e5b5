"""A window keeps its days in order."""

from datetime import date

import pytest

from serai.calc.schedule import Precision, Window, by_day, on_day

JUNE, JULY = date(2021, 6, 30), date(2021, 7, 15)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ((JULY, JUNE, Precision.DAY), "Window ends 2021-07-15 at the earliest, after its latest."),
        ((JUNE, JUNE, Precision.SPAN, "", None, JUNE),
         "Window has a latest start without an earliest one."),
        ((JUNE, JUNE, Precision.SPAN, "", JUNE, None),
         "Window starts 2021-06-30, after its latest start."),
        ((JULY, JULY, Precision.SPAN, "", JULY, JUNE),
         "Window starts 2021-07-15, after its latest start."),
        ((JUNE, JUNE, Precision.SPAN, "", JULY, JULY),
         "Window starts 2021-07-15, after its latest end."),
    ],
)  # fmt: skip
def test_days_out_of_order_are_refused(days, sentence):
    with pytest.raises(ValueError) as refusal:
        Window(*days)

    assert str(refusal.value) == sentence


def test_a_day_and_an_upper_bound_are_made_without_words():
    assert on_day(JUNE) == Window(JUNE, JUNE, Precision.DAY, "2021-06-30")
    assert by_day(JUNE) == Window(None, JUNE, Precision.BY, "by 2021-06-30")
    assert (on_day(JUNE).is_day, by_day(JUNE).is_day) == (True, False)


def test_the_first_day_is_the_start_else_the_earliest_end_else_the_latest():
    span = Window(JULY, JULY, Precision.SPAN, "", JUNE, JUNE)

    assert (span.first_day, on_day(JULY).first_day, by_day(JULY).first_day) == (JUNE, JULY, JULY)
    assert (span.lasts, on_day(JULY).lasts) == (True, False)


def test_the_same_days_are_said_in_other_words():
    assert on_day(JUNE).said("30 июня 2021 г.").words == "30 июня 2021 г."
