"""Every phrase of the design parses in English and Russian, and nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serai.calc.schedule import Fault, NotUnderstood, Precision, parse_window


def days(text):
    """Read "start..start end..end", "-" where there is none."""

    def pair(one):
        first, _, last = one.partition("..")
        return tuple(date.fromisoformat(day) if day else None for day in (first, last or first))

    start, end = text.split()
    return (None, None) if start == "-" else pair(start), pair(end)


def read(words, language):
    window = parse_window(words, language)
    start = (window.start_earliest, window.start_latest)
    return (start, (window.end_earliest, window.end_latest)), window.precision, window.is_ongoing


ENGLISH = [
    ("15th March 2021", "- 2021-03-15", "day"),
    ("May 6, 2021", "- 2021-05-06", "day"),
    ("2021-05-06", "- 2021-05-06", "day"),
    ("15-Jun-2021", "- 2021-06-15", "day"),
    ("15/03/2021", "- 2021-03-15", "day"),
    ("03/15/2021", "- 2021-03-15", "day"),
    ("04/04/2021", "- 2021-04-04", "day"),
    ("2021.05.06", "- 2021-05-06", "day"),
    ("29 February 2024", "- 2024-02-29", "day"),
    ("early June 2021", "- 2021-06-01..2021-06-10", "third"),
    ("mid June 2021", "- 2021-06-11..2021-06-20", "third"),
    ("mid-July 2021", "- 2021-07-11..2021-07-20", "third"),
    ("end of June 2021", "- 2021-06-21..2021-06-30", "third"),
    ("END OF JUNE 2021", "- 2021-06-21..2021-06-30", "third"),
    ("late February 2021", "- 2021-02-21..2021-02-28", "third"),
    ("beginning of July 2021", "- 2021-07-01..2021-07-10", "third"),
    ("June 2021", "- 2021-06-01..2021-06-30", "month"),
    ("Sept. 2021", "- 2021-09-01..2021-09-30", "month"),
    ("June-2021", "- 2021-06-01..2021-06-30", "month"),
    ("2021-06", "- 2021-06-01..2021-06-30", "month"),
    ("06/2021", "- 2021-06-01..2021-06-30", "month"),
    ("Q3 2021", "- 2021-07-01..2021-09-30", "quarter"),
    ("2021-Q3", "- 2021-07-01..2021-09-30", "quarter"),
    ("third quarter of 2021", "- 2021-07-01..2021-09-30", "quarter"),
    ("3rd quarter 2021", "- 2021-07-01..2021-09-30", "quarter"),
    ("III quarter 2021", "- 2021-07-01..2021-09-30", "quarter"),
    ("H1 2022", "- 2022-01-01..2022-06-30", "half"),
    ("second half of 2022", "- 2022-07-01..2022-12-31", "half"),
    ("first half of June 2021", "- 2021-06-01..2021-06-15", "half"),
    ("second half of June 2021", "- 2021-06-16..2021-06-30", "half"),
    ("2022", "- 2022-01-01..2022-12-31", "year"),
    ("end of 2021", "- 2021-09-01..2021-12-31", "third"),
    ("mid-2021", "- 2021-05-01..2021-08-31", "third"),
    ("early Q3 2021", "- 2021-07-01..2021-07-31", "third"),
    ("May - June 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("May - June, 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("May\u2013June 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("May and June 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("from May to June 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("02nd August 2021 to 30th September 2021", "2021-08-02 2021-09-30", "span"),
    ("2021-08-02 to 2021-09-30", "2021-08-02 2021-09-30", "span"),
    ("2021-08-02/2021-09-30", "2021-08-02 2021-09-30", "span"),
    ("21\u201330 June 2021", "2021-06-21 2021-06-30", "span"),
    ("May 6-10, 2021", "2021-05-06 2021-05-10", "span"),
    ("June 28 - July 5, 2021", "2021-06-28 2021-07-05", "span"),
    ("Dec 2021 - Jan 2022", "2021-12-01..2021-12-31 2022-01-01..2022-01-31", "span"),
    ("Q3-Q4 2021", "2021-07-01..2021-09-30 2021-10-01..2021-12-31", "span"),
    ("2021-2022", "2021-01-01..2021-12-31 2022-01-01..2022-12-31", "span"),
    ("early to mid June 2021", "2021-06-01..2021-06-10 2021-06-11..2021-06-20", "span"),
    ("end of June - early July 2021", "2021-06-21..2021-06-30 2021-07-01..2021-07-10", "span"),
    ("from 21-30 June 2021 to July 2021", "2021-06-21..2021-06-30 2021-07-01..2021-07-31", "span"),
    ("by 30 June 2021", "- ..2021-06-30", "by"),
    ("by end of June 2021", "- ..2021-06-30", "by"),
    ("no later than 15 July 2021", "- ..2021-07-15", "by"),
    ("until Q3 2021", "- ..2021-09-30", "by"),
    ("from 1 June 2021, by 30 June 2021", "2021-06-01 ..2021-06-30", "by"),
]
RUSSIAN = [
    ("15 марта 2021 г.", "- 2021-03-15", "day"),
    ("15-го марта 2021 года", "- 2021-03-15", "day"),
    ("03.04.2021", "- 2021-04-03", "day"),
    ("6 мая 2021г.", "- 2021-05-06", "day"),
    ("начало июня 2021 г.", "- 2021-06-01..2021-06-10", "third"),
    ("в середине июня 2021", "- 2021-06-11..2021-06-20", "third"),
    ("конец июня 2021 года", "- 2021-06-21..2021-06-30", "third"),
    ("первая декада июня 2021", "- 2021-06-01..2021-06-10", "third"),
    ("третья декада июня 2021", "- 2021-06-21..2021-06-30", "third"),
    ("июнь 2021", "- 2021-06-01..2021-06-30", "month"),
    ("в июне 2021 года", "- 2021-06-01..2021-06-30", "month"),
    ("сент. 2021 г.", "- 2021-09-01..2021-09-30", "month"),
    ("06.2021", "- 2021-06-01..2021-06-30", "month"),
    ("III квартал 2021", "- 2021-07-01..2021-09-30", "quarter"),
    ("3 квартал 2021 г.", "- 2021-07-01..2021-09-30", "quarter"),
    ("3-й квартал 2021 г.", "- 2021-07-01..2021-09-30", "quarter"),
    ("в третьем квартале 2021 года", "- 2021-07-01..2021-09-30", "quarter"),
    ("IV кв. 2021", "- 2021-10-01..2021-12-31", "quarter"),
    ("первое полугодие 2022 года", "- 2022-01-01..2022-06-30", "half"),
    ("II полугодие 2022 г.", "- 2022-07-01..2022-12-31", "half"),
    ("вторая половина июля 2021", "- 2021-07-16..2021-07-31", "half"),
    ("2022 год", "- 2022-01-01..2022-12-31", "year"),
    ("конец 2021 года", "- 2021-09-01..2021-12-31", "third"),
    ("май \u2013 июнь 2021 г.", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("с мая по июнь 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("со 2 августа 2021 г. по 30 сентября 2021 г.", "2021-08-02 2021-09-30", "span"),
    ("с 1 по 5 июня 2021", "2021-06-01 2021-06-05", "span"),
    ("от мая до июня 2021", "2021-05-01..2021-05-31 2021-06-01..2021-06-30", "span"),
    ("I и II кварталы 2021 г.", "2021-01-01..2021-03-31 2021-04-01..2021-06-30", "span"),
    ("с 1 июня 2021, не позднее 30 июня 2021", "2021-06-01 ..2021-06-30", "by"),
    ("до 30 июня 2021 года", "- ..2021-06-30", "by"),
    ("к 30 июня 2021 г.", "- ..2021-06-30", "by"),
    ("к концу июня 2021 г.", "- ..2021-06-30", "by"),
    ("до конца июня 2021", "- ..2021-06-30", "by"),
    ("не позднее 30 июня 2021 г.", "- ..2021-06-30", "by"),
    ("к маю 2021", "- ..2021-05-31", "by"),
]


@pytest.mark.parametrize(("words", "expected", "precision"), ENGLISH)
def test_english_words_are_read(words, expected, precision):
    start, (first, last) = days(expected.replace(" ..", " "))
    if " .." in expected:
        first = None

    assert read(words, "en") == ((start, (first, last)), Precision(precision), False)


@pytest.mark.parametrize(("words", "expected", "precision"), RUSSIAN)
def test_russian_words_are_read(words, expected, precision):
    start, (first, last) = days(expected.replace(" ..", " "))
    if " .." in expected:
        first = None

    assert read(words, "ru") == ((start, (first, last)), Precision(precision), False)


TWO_YEARS = days("2021-01-01..2021-01-31 2022-12-01..2022-12-31")


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("Ongoing Support throughout 2021 & 2022", "en", TWO_YEARS),
        ("ongoing 2021 - 2022", "en", TWO_YEARS),
        ("ongoing, from January 2021 to December 2022", "en", TWO_YEARS),
        ("постоянная поддержка в течение 2021 и 2022 гг.", "ru", TWO_YEARS),
        ("на протяжении 2021\u20132022 годов", "ru", TWO_YEARS),
        ("throughout June 2021", "en", days("2021-06-01..2021-06-30 2021-06-01..2021-06-30")),
        ("весь 2021 год", "ru", days("2021-01-01..2021-01-31 2021-12-01..2021-12-31")),
        ("ongoing until December 2022", "en", days("- 2022-12-01..2022-12-31")),
        ("постоянно, до декабря 2022 г.", "ru", days("- 2022-12-01..2022-12-31")),
    ],
)
def test_ongoing_runs_from_the_first_month_to_the_last(words, language, expected):
    assert read(words, language) == (expected, Precision.ONGOING, True)


@pytest.mark.parametrize(
    ("words", "language", "fault", "piece", "other"),
    [
        ("summer 2021", "en", Fault.NOT_UNDERSTOOD, "summer", ""),
        ("лето 2021", "ru", Fault.NOT_UNDERSTOOD, "лето", ""),
        ("03/04/2021", "en", Fault.AMBIGUOUS, "2021-04-03", "2021-03-04"),
        ("03/04/2021", "ru", Fault.AMBIGUOUS, "2021-04-03", "2021-03-04"),
        ("03.04.2021", "en", Fault.AMBIGUOUS, "2021-04-03", "2021-03-04"),
        ("31 June", "en", Fault.NO_SUCH_DAY, "31.06", ""),
        ("31 June 2021", "en", Fault.NO_SUCH_DAY, "31.06", ""),
        ("31 июня", "ru", Fault.NO_SUCH_DAY, "31.06", ""),
        ("29 February 2021", "en", Fault.NO_SUCH_DAY, "29.02.2021", ""),
        ("2021-06-31", "en", Fault.NO_SUCH_DAY, "31.06.2021", ""),
        ("2021-13-01", "en", Fault.NO_SUCH_DAY, "2021-13-01", ""),
        ("15/13/2021", "en", Fault.NO_SUCH_DAY, "15/13/2021", ""),
        ("30 June", "en", Fault.NO_YEAR, "", ""),
        ("end of June", "en", Fault.NO_YEAR, "", ""),
        ("ongoing", "en", Fault.NO_YEAR, "", ""),
        ("from June 2021", "en", Fault.NO_END, "june 2021", ""),
        ("с июня 2021 г.", "ru", Fault.NO_END, "июня 2021", ""),
        ("30 June 2021 to 1 May 2021", "en", Fault.END_BEFORE_START, "2021-06-30", "2021-05-01"),
        ("June\u20132021", "en", Fault.END_BEFORE_START, "2021-06-01", "2021-12-31"),
        ("5th quarter 2021", "en", Fault.NOT_UNDERSTOOD, "5", ""),
        ("second Q3 2021", "en", Fault.NOT_UNDERSTOOD, "second", ""),
        ("15 June 2021, 30 June 2021", "en", Fault.NOT_UNDERSTOOD, "30", ""),
        ("May to June to July 2021", "en", Fault.NOT_UNDERSTOOD, "to", ""),
        ("first June 2021", "en", Fault.NOT_UNDERSTOOD, "", ""),
        ("to June 2021", "en", Fault.NOT_UNDERSTOOD, "", ""),
        ("mid 15 June 2021", "en", Fault.NOT_UNDERSTOOD, "15", ""),
        ("mid 2021-06-15", "en", Fault.NOT_UNDERSTOOD, "2021-06-15", ""),
        ("15 2021-06", "en", Fault.NOT_UNDERSTOOD, "2021-06", ""),
        ("June Q3 2021", "en", Fault.NOT_UNDERSTOOD, "", ""),
        ("0 June 2021", "en", Fault.NOT_UNDERSTOOD, "0", ""),
        ("the of", "en", Fault.NOT_UNDERSTOOD, "", ""),
        ("15 June 1821", "en", Fault.NOT_UNDERSTOOD, "1821", ""),
        ("   ", "en", Fault.EMPTY, "", ""),
    ],
)
def test_what_cannot_be_read_is_refused(words, language, fault, piece, other):
    with pytest.raises(NotUnderstood) as refusal:
        parse_window(words, language)

    found = refusal.value
    assert (found.fault, found.words, found.piece, found.other) == (fault, words, piece, other)


def test_words_longer_than_a_field_are_refused():
    with pytest.raises(NotUnderstood) as refusal:
        parse_window("June 2021" + " " * 1000 + "x" * 180, "en")

    assert refusal.value.fault == Fault.NOT_UNDERSTOOD


def test_refusal_reads_as_one_line():
    with pytest.raises(NotUnderstood) as refusal:
        parse_window("03/04/2021", "en")

    assert str(refusal.value) == "ambiguous: '03/04/2021' (2021-04-03 / 2021-03-04)"


@pytest.mark.parametrize(
    ("words", "language"), [("15 марта 2021 г.", "en"), ("15 March 2021", "az")]
)
def test_words_of_another_language_are_read(words, language):
    assert parse_window(words, language).end_latest == date(2021, 3, 15)


@pytest.mark.parametrize("words", [row[0] for row in ENGLISH])
def test_every_window_prints_back_its_english_words(words):
    assert parse_window(f"  {words}\n", "en").words == words


@pytest.mark.parametrize("words", [row[0] for row in RUSSIAN])
def test_every_window_prints_back_its_russian_words(words):
    assert parse_window(words, "ru").words == words


def read_or_refused(words, language):
    """Return the window, or the words the refusal keeps; nothing else may come out."""
    try:
        return parse_window(words, language)
    except NotUnderstood as refusal:
        return refusal.words


@given(st.text(max_size=60), st.sampled_from(["en", "ru"]))
def test_any_text_gives_a_window_or_a_refusal_that_keeps_the_words(text, language):
    found = read_or_refused(text, language)

    assert text == found if isinstance(found, str) else found.words == text.strip()


PIECES = st.sampled_from(
    ["by", "from", "to", "-", "and", "early", "end of", "first", "quarter", "Q3", "half", "15",
     "June", "may", "2021", "2022", "2021-05", "ongoing", "03/04/2021", "с", "по", "до", "июня"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=9), st.sampled_from(["en", "ru"]))
def test_any_order_of_date_words_gives_a_window_or_a_refusal(pieces, language):
    words = " ".join(pieces)

    found = read_or_refused(words, language)

    assert found == words if isinstance(found, str) else found.first_day <= found.end_latest
