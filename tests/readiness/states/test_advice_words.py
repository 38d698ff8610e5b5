"""Translators see every sentence as the rules have it."""

from serai.calc.readiness.rules import RULES
from serai.readiness.states.advice_words import SENTENCES


def test_every_rule_has_its_sentence():
    assert {rule.id: rule.text for rule in RULES} == SENTENCES
