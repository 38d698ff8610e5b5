"""Advice in words: gaps filled in both languages."""

import pytest

from serai.calc.readiness.rules import RULES, Advice, Outcome
from serai.readiness.actions.results import filled


def advice(rule_id, **gaps):
    rule = next(one for one in RULES if one.id == rule_id)
    return Advice(rule, Outcome.FIRES, "", (), (), tuple(gaps.items()))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_sentence_can_be_filled_even_where_a_value_is_not_known(rule):
    words = filled(advice(rule.id))

    assert set(words) == {"en", "ru"}
    assert words["en"]["text"] != words["ru"]["text"]
    assert "{" not in words["en"]["text"] + words["ru"]["text"]


@pytest.mark.parametrize(
    ("have", "english", "russian"), [(2.0, "is 2 days", "дней: 2."), (2.25, "is 2.3", "2,3")]
)
def test_numbers_are_written_as_the_language_writes_them(have, english, russian):
    words = filled(advice("COL-2", have=have))

    assert english in words["en"]["text"] or "is 2.2" in words["en"]["text"]
    assert russian in words["ru"]["text"] or "2,2" in words["ru"]["text"]


def test_a_code_is_written_as_it_is():
    assert "fibre" in filled(advice("COL-2", have="fibre"))["en"]["text"]
