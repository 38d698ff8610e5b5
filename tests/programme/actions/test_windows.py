"""Words of dates: what is not understood is said in a sentence, with what to write."""

from datetime import date

import pytest

from serai.base.text import TranslatedText
from serai.calc.schedule import Precision, on_day
from serai.programme.actions import Due, Refused, read_due, read_words
from serai.programme.actions.windows import columns

WRITE = "Not understood: write a day, month, quarter or 'end of June 2021'."


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("summer 2021", f"{WRITE} “summer” is none of these."),
        ("03/04/2021", f"{WRITE} “03/04/2021” can be read as 3 April 2021 or as 4 March 2021."),
        ("31 June 2021", f"{WRITE} There is no day 31.06."),
        ("31 June", f"{WRITE} There is no day 31.06."),
        ("30 June", f"{WRITE} The year is missing in “30 June”."),
        ("", f"{WRITE} The date is empty."),
        ("   ", f"{WRITE} The date is empty."),
        ("from 1 June 2021", f"{WRITE} “from 1 June 2021” has a beginning but no end."),
        ("30 September 2021 to 2 August 2021",
         "The end, 2 August 2021, is before the start, 30 September 2021."),
    ],
)  # fmt: skip
def test_read_words_refuses_in_a_sentence(given, sentence):
    with pytest.raises(Refused) as refused:
        read_words(given)

    assert str(refused.value) == sentence


def test_read_words_keeps_the_words():
    window, text = read_words(" end of June 2021 ")

    assert (window.end_earliest, window.end_latest) == (date(2021, 6, 21), date(2021, 6, 30))
    assert str(text) == "end of June 2021"


def test_read_words_reads_the_source_language():
    window, text = read_words("конец июня 2021", "ru")

    assert (window.end_earliest, window.end_latest) == (date(2021, 6, 21), date(2021, 6, 30))
    assert text == TranslatedText.of("конец июня 2021", "ru")


def test_read_words_takes_a_window_that_was_read_already():
    given = on_day(date(2021, 7, 30))

    window, text = read_words("at the end of the month", "en", given)

    assert (window, str(text)) == (given, "at the end of the month")


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("end of June 2021", Due(date(2021, 6, 30), TranslatedText.of("end of June 2021"))),
        ("by 30 June 2021", Due(date(2021, 6, 30), TranslatedText.of("by 30 June 2021"))),
        ("30 June 2021", Due(date(2021, 6, 30))),
        ("2021-06-30", Due(date(2021, 6, 30))),
        ("", Due()),
        ("  ", Due()),
    ],
)
def test_read_due_takes_the_last_day_and_keeps_words_that_are_no_day(words, due):
    assert read_due(TranslatedText.of(words)) == due


def test_read_due_refuses_words_that_name_no_day():
    with pytest.raises(Refused, match="Not understood") as caught:
        read_due(TranslatedText.of("soon"))

    assert caught.value.field == "words"


def test_columns_are_those_of_a_plan():
    window, text = read_words("May - June 2021")

    assert columns(window, text) == {
        "start_earliest": date(2021, 5, 1),
        "start_latest": date(2021, 5, 31),
        "end_earliest": date(2021, 6, 1),
        "end_latest": date(2021, 6, 30),
        "precision": Precision.SPAN.value,
        "is_ongoing": False,
        "words": text,
    }
