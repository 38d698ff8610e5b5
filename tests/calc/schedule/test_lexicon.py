"""The tables of words are whole and unambiguous."""

import pytest

from serai.calc.schedule.lexicon import ENGLISH, LEXICONS, RUSSIAN, Mark, lexicons


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS)
def test_every_month_has_words(lexicon):
    months = {value for mark, value in lexicon.words.values() if mark is Mark.MONTH}

    assert months == set(range(1, 13))


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS)
def test_words_are_written_as_they_are_compared(lexicon):
    assert [word for word in lexicon.words if word != word.lower() or "ё" in word] == []


@pytest.mark.parametrize(
    ("language", "order"),
    [
        ("en", (ENGLISH, RUSSIAN)),
        ("ru", (RUSSIAN, ENGLISH)),
        ("ru-KZ", (RUSSIAN, ENGLISH)),
        ("EN", (ENGLISH, RUSSIAN)),
        ("ka", (ENGLISH, RUSSIAN)),
    ],
)
def test_the_own_language_is_read_first(language, order):
    assert lexicons(language) == order
