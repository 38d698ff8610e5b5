"""A date and the words beside it agree, or both are named."""

from datetime import date

import pytest

from serai.calc.schedule import Fault, NotUnderstood, Precision, Window, narrow

JUNE_21, JUNE_30 = date(2021, 6, 21), date(2021, 6, 30)
END_OF_JUNE = Window(JUNE_21, JUNE_30, Precision.THIRD, "end of June 2021")


@pytest.mark.parametrize("planned", ["2021-06-30", JUNE_30, "2021-06", "2021", None, ""])
def test_words_hold_when_the_date_lies_inside_or_around_them(planned):
    assert narrow("end of June 2021", planned, None, "en") == END_OF_JUNE


def test_words_that_contradict_the_date_are_refused_with_both_named():
    with pytest.raises(NotUnderstood) as refusal:
        narrow("end of June 2021", "2021-07-15", None, "en")

    found = refusal.value
    assert (found.fault, found.words, found.piece, found.other) == (
        Fault.WORDS_AND_DATE_DIFFER,
        "end of June 2021",
        "2021-06-21..2021-06-30",
        "2021-07-15",
    )


def test_words_that_only_overlap_the_date_are_refused():
    with pytest.raises(NotUnderstood) as refusal:
        narrow("by 30 June 2021", "2021-06-15 to 2021-07-15", None, "en")

    assert (refusal.value.piece, refusal.value.other) == ("..2021-06-30", "2021-07-15")


def test_dates_alone_describe_themselves():
    assert narrow("", date(2021, 3, 15), None, "en") == Window(
        date(2021, 3, 15), date(2021, 3, 15), Precision.DAY, "15 March 2021"
    )
    assert narrow(" ", "2021-07", None, "ru").words == "1\u201331 июля 2021 г."


def test_a_start_and_an_end_make_a_span():
    assert narrow("", "2021-06", "2021-05", "en") == Window(
        date(2021, 6, 1), JUNE_30, Precision.SPAN, "from May 2021 to June 2021",
        date(2021, 5, 1), date(2021, 5, 31),
    )  # fmt: skip


def test_a_start_is_added_to_words_that_name_only_the_end():
    found = narrow("end of June 2021", "2021-06", "2021-05-03", "en")

    assert found == Window(
        JUNE_21, JUNE_30, Precision.SPAN, "end of June 2021", date(2021, 5, 3), date(2021, 5, 3)
    )


def test_an_upper_bound_stays_one_with_a_start():
    found = narrow("by 30 June 2021", "2021-06-30", "2021-05-03", "en")

    assert (found.precision, found.end_earliest, found.start_earliest) == (
        Precision.BY,
        None,
        date(2021, 5, 3),
    )


def test_the_start_of_the_words_must_agree_too():
    with pytest.raises(NotUnderstood) as refusal:
        narrow("May - June 2021", "2021-06", "2021-04", "en")

    assert (refusal.value.piece, refusal.value.other) == (
        "2021-05-01..2021-05-31",
        "2021-04-01..2021-04-30",
    )


def test_an_ongoing_row_is_marked():
    found = narrow(
        "Ongoing Support throughout 2021 & 2022", "2022-12", "2021-01", "en", is_ongoing=True
    )

    assert (found.precision, found.is_ongoing, found.end_latest, found.start_earliest) == (
        Precision.ONGOING,
        True,
        date(2022, 12, 31),
        date(2021, 1, 1),
    )


def test_dates_marked_ongoing_need_no_words():
    found = narrow("", "2022-12", "2021-01", "en", is_ongoing=True)

    assert (found.words, found.precision) == (
        "ongoing, from January 2021 to December 2022",
        Precision.ONGOING,
    )


@pytest.mark.parametrize(
    ("words", "planned", "start", "fault", "piece", "other"),
    [
        ("", None, None, Fault.EMPTY, "", ""),
        ("", None, "2021-05", Fault.NO_END, "2021-05", ""),
        ("summer 2021", "2021-06", None, Fault.NOT_UNDERSTOOD, "summer", ""),
        ("", "2021-05", "2021-06-10", Fault.END_BEFORE_START, "2021-06-10", "2021-05-31"),
    ],
)
def test_rows_that_say_nothing_whole_are_refused(words, planned, start, fault, piece, other):
    with pytest.raises(NotUnderstood) as refusal:
        narrow(words, planned, start, "en")

    found = refusal.value
    assert (found.fault, found.piece, found.other) == (fault, piece, other)
