"""Every state has its word."""

import pytest

from serai.calc.readiness.attainment import Status
from serai.calc.readiness.facts import Grade
from serai.calc.readiness.ladder import Role, Sensitivity
from serai.calc.readiness.rules import Topic
from serai.readiness.states import AssessmentState, RecommendationState
from serai.readiness.states import result_words as words


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        (AssessmentState, words.ASSESSMENT),
        (RecommendationState, words.ADVICE),
        (Status, words.STATUS),
        (Grade, words.GRADES),
        (Role, words.ROLES),
        (Topic, words.TOPICS),
        (Sensitivity, words.SENSITIVITIES),
    ],
)
def test_each_has_a_word(kind, table):
    assert set(table) == {one.value for one in kind}


def test_evidence_says_what_weakens_it():
    assert words.evidence("measured", is_thin=True, is_stale=False) == "measured, few tests"
    assert words.evidence("declared", is_thin=False, is_stale=True) == "declared, old"
    assert words.evidence("declared", is_thin=False, is_stale=False) == "declared"
