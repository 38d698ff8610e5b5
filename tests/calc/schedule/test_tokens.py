"""Written dates are cut into marked pieces."""

import pytest

from serai.calc.schedule.lexicon import ENGLISH, RUSSIAN
from serai.calc.schedule.tokens import tokens


@pytest.mark.parametrize(
    ("words", "lexicon", "pieces"),
    [
        ("15th March, 2021", ENGLISH,
         [("number", 15, "15th"), ("month", 3, "march"), ("year", 2021, "2021")]),
        ("May\u2013June", ENGLISH, [("month", 5, "may"), ("to", 0, "-"), ("month", 6, "june")]),
        ("may-june", ENGLISH, [("month", 5, "may"), ("to", 0, "-"), ("month", 6, "june")]),
        ("mid-July", ENGLISH, [("part", 2, "mid"), ("month", 7, "july")]),
        ("2021-05-06", ENGLISH, [("iso", 0, "2021-05-06")]),
        ("03.04.2021", RUSSIAN, [("figures", 1, "03.04.2021")]),
        ("2021 - 2022 гг.", RUSSIAN,
         [("year", 2021, "2021"), ("to", 0, "-"), ("year", 2022, "2022")]),
        ("3-й квартал", RUSSIAN, [("number", 3, "3-й"), ("quarter", 0, "квартал")]),
        ("не позднее", RUSSIAN, [("by", 0, "к")]),
        ("32 @", ENGLISH, [("unknown", 32, "32"), ("unknown", 0, "@")]),
        ("", ENGLISH, []),
    ],
)  # fmt: skip
def test_words_are_cut(words, lexicon, pieces):
    assert [(str(one.mark), one.value, one.text) for one in tokens(words, lexicon)] == pieces
