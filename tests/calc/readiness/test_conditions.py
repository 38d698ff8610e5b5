"""A fact held against a limit."""

import pytest
from tests.calc.readiness.cases import preset

from serai.calc.readiness.conditions import (
    Condition,
    Operator,
    Verdict,
    condition,
    natural_operator,
    together,
)
from serai.calc.readiness.facts import Seen, UnknownValue

KEYS = preset().keys
PASSES, FAILS, UNKNOWN = Verdict.PASSES, Verdict.FAILS, Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("fact", "operator", "threshold", "rank", "verdict"),
    [
        ("link.down_p5", Operator.AT_LEAST, 6.0, 6.0, PASSES),
        ("link.down_p5", Operator.AT_LEAST, 6.0, 5.9, FAILS),
        ("link.loss_percent", Operator.AT_MOST, 2.0, 2.0, PASSES),
        ("link.loss_percent", Operator.AT_MOST, 2.0, 2.1, FAILS),
        ("kit.microphone", Operator.AT_LEAST, "cardioid", 6.0, PASSES),
        ("kit.microphone", Operator.AT_LEAST, "cardioid", 4.0, FAILS),
        ("link.down_p5", Operator.AT_LEAST, 6.0, None, UNKNOWN),
    ],
)
def test_verdict_passes_at_the_limit_and_never_without_a_fact(
    fact, operator, threshold, rank, verdict
):
    seen = Seen("", {}, {} if rank is None else {fact: rank})

    assert condition(KEYS, fact, operator, threshold).verdict(seen) == verdict


def test_condition_ranks_its_threshold():
    assert condition(KEYS, "kit.cameras", Operator.AT_LEAST, 2.0) == Condition(
        "kit.cameras", Operator.AT_LEAST, 2.0, 2.0
    )


def test_condition_refuses_unknown_keys_and_thresholds():
    with pytest.raises(UnknownValue, match=r"^unknown fact key 'kit\.sofa'$"):
        condition(KEYS, "kit.sofa", Operator.AT_LEAST, 1.0)
    with pytest.raises(UnknownValue, match="'lapel' is not one of"):
        condition(KEYS, "kit.microphone", Operator.AT_LEAST, "lapel")


def test_natural_operator_is_the_side_of_better_values():
    assert natural_operator(KEYS["link.down_p5"]) == Operator.AT_LEAST
    assert natural_operator(KEYS["link.loss_percent"]) == Operator.AT_MOST
    assert natural_operator(KEYS["kit.microphone"]) == Operator.AT_LEAST


@pytest.mark.parametrize(
    ("verdicts", "joined"),
    [
        ([], PASSES),
        ([PASSES, PASSES], PASSES),
        ([PASSES, UNKNOWN], UNKNOWN),
        ([UNKNOWN, FAILS], FAILS),
        ([FAILS, UNKNOWN], FAILS),
    ],
)
def test_together_one_fail_fails_and_one_unknown_leaves_it_open(verdicts, joined):
    assert together(verdicts) == joined
