"""What was understood is said in words that can be read back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import Precision, Window, describe_window, parse_window


@pytest.mark.parametrize(
    ("words", "language", "said"),
    [
        ("15th March 2021", "en", "15 March 2021"),
        ("end of June 2021", "en", "21\u201330 June 2021"),
        ("June 2021", "en", "1\u201330 June 2021"),
        ("Q3 2021", "en", "1 July \u2013 30 September 2021"),
        ("by end of June 2021", "en", "by 30 June 2021"),
        ("May - June 2021", "en", "from May 2021 to June 2021"),
        ("Q3-Q4 2021", "en", "from Q3 2021 to Q4 2021"),
        ("2021-2022", "en", "from 2021 to 2022"),
        ("end of June - early July 2021", "en", "from 21\u201330 June 2021 to 1\u201310 July 2021"),
        ("02nd August 2021 to 30th September 2021", "en",
         "from 2 August 2021 to 30 September 2021"),
        ("from 1 June 2021, by 30 June 2021", "en", "from 1 June 2021, by 30 June 2021"),
        ("Ongoing Support throughout 2021 & 2022", "en",
         "ongoing, from January 2021 to December 2022"),
        ("ongoing until December 2022", "en", "ongoing, until December 2022"),
        ("15 марта 2021", "ru", "15 марта 2021 г."),
        ("конец июня 2021", "ru", "21\u201330 июня 2021 г."),
        ("до 30 июня 2021", "ru", "не позднее 30 июня 2021 г."),
        ("май - июнь 2021", "ru", "с мая 2021 г. по июнь 2021 г."),
        ("I и II кварталы 2021", "ru", "с I квартала 2021 г. по II квартал 2021 г."),
        ("2 августа - 30 сентября 2021", "ru", "со 2 августа 2021 г. по 30 сентября 2021 г."),
        ("21 августа - 30 сентября 2021", "ru", "с 21 августа 2021 г. по 30 сентября 2021 г."),
        ("в течение 2021 и 2022 гг.", "ru", "постоянно, с января 2021 г. по декабрь 2022 г."),
        ("15 March 2021", "ka", "2021-03-15"),
        ("June 2021", "ka", "2021-06-01 \u2013 2021-06-30"),
        ("by 30 June 2021", "ka", "\u2264 2021-06-30"),
    ],
)  # fmt: skip
def test_days_are_said(words, language, said):
    assert describe_window(parse_window(words, language), language) == said


def test_days_over_two_years_name_both():
    window = Window(date(2021, 12, 20), date(2022, 1, 10), Precision.SPAN)

    assert describe_window(window, "en") == "20 December 2021 \u2013 10 January 2022"


@st.composite
def windows(draw):
    day = st.dates(date(1950, 1, 1), date(2150, 1, 1))
    first = draw(day)
    widths = st.integers(0, 500).map(lambda days: timedelta(days=days))
    start_latest = first + draw(widths)
    end_first = start_latest + draw(widths)
    end_last = end_first + draw(widths)
    lasts, is_ongoing, is_by = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    if is_by:
        return Window(None, end_last, Precision.BY, "", *((first, start_latest) if lasts else ()))
    precision = Precision.ONGOING if is_ongoing else Precision.SPAN
    start = (first, start_latest) if lasts else (None, None)
    return Window(end_first, end_last, precision, "", *start, is_ongoing=is_ongoing)


@given(windows(), st.sampled_from(["en", "ru"]))
def test_what_is_said_is_read_back_to_the_same_days(window, language):
    read = parse_window(describe_window(window, language), language)

    assert (read.first_day, read.end_latest) == (window.first_day, window.end_latest)


@given(windows(), st.sampled_from(["en", "ru"]))
def test_saying_what_was_read_changes_nothing(window, language):
    read = parse_window(describe_window(window, language), language)

    again = parse_window(describe_window(read, language), language)

    assert (again.first_day, again.end_latest, again.is_ongoing) == (
        read.first_day,
        read.end_latest,
        read.is_ongoing,
    )
