"""Frameworks: shares, and the faults that keep one from being used."""

from dataclasses import replace

import pytest
from tests.calc.readiness.cases import preset

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.framework import (
    Criterion,
    Dimension,
    Framework,
    Lever,
    framework_faults,
)

KEYS = preset().keys


def levels(*limits, fact="link.down_p5", operator=Operator.AT_LEAST):
    return tuple((Condition(fact, operator, float(one), float(one)),) for one in limits)


DOWN = Criterion("C1", "C", 2, "link.down_p5", levels(4, 6, 15), Lever.LINK)
UP = Criterion("C2", "C", 1, "link.up_p5", levels(4, 6, 15, fact="link.up_p5"), Lever.LINK)
UPS = Criterion(
    "I1", "I", 1, "continuity.ups_minutes",
    levels(15, 30, 60, fact="continuity.ups_minutes"), Lever.CONTINUITY,
)  # fmt: skip
SOUND = Framework((Dimension("C", 60), Dimension("I", 40)), (DOWN, UP, UPS))


def test_shares_divide_a_dimensions_weight_among_its_criteria():
    assert SOUND.shares() == pytest.approx({"C1": 0.4, "C2": 0.2, "I1": 0.4}, abs=1e-12)


def test_a_sound_framework_has_no_fault():
    assert list(framework_faults(SOUND, KEYS)) == []


def test_the_presets_weights_are_the_programmes():
    framework = preset().framework

    assert [(one.code, one.weight) for one in framework.dimensions] == [
        ("C", 30), ("I", 30), ("D", 15), ("L", 25),
    ]  # fmt: skip
    assert sum(framework.shares().values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        (
            replace(SOUND, dimensions=(Dimension("C", 60), Dimension("I", 30))),
            "dimensions: the weights make 90, not 100.",
        ),
        (
            replace(SOUND, dimensions=(Dimension("C", 100), Dimension("I", 0))),
            "dimension I: the weight must be above 0.",
        ),
        (replace(SOUND, criteria=(DOWN, UP)), "dimension I: has no criterion."),
        (
            replace(SOUND, criteria=(DOWN, DOWN, UPS)),
            "criterion C1: the code is there twice.",
        ),
        (
            replace(SOUND, criteria=(*SOUND.criteria, replace(DOWN, code="X", dimension="Z"))),
            "criterion X: unknown dimension 'Z'.",
        ),
        (
            replace(SOUND, criteria=(replace(DOWN, weight=0), UP, UPS)),
            "criterion C1: the weight must be above 0.",
        ),
        (
            replace(SOUND, criteria=(replace(DOWN, levels=levels(4, 6)), UP, UPS)),
            "criterion C1: needs thresholds for the levels 1, 2 and 3.",
        ),
        (
            replace(SOUND, criteria=(replace(DOWN, levels=levels(4, 15, 6)), UP, UPS)),
            "criterion C1: threshold 6.0 does not ask more than 15.0 before it.",
        ),
        (
            replace(SOUND, criteria=(replace(DOWN, levels=levels(4, 4, 6)), UP, UPS)),
            "criterion C1: threshold 4.0 does not ask more than 4.0 before it.",
        ),
        (
            replace(
                SOUND,
                criteria=(replace(DOWN, levels=levels(4, 6, 8, operator=Operator.AT_MOST)), UP, UPS),
            ),
            "criterion C1: threshold 6.0 does not ask more than 4.0 before it.",
        ),
        (
            replace(SOUND, criteria=(replace(DOWN, fact="link.up_p5"), UP, UPS)),
            "criterion C1: the three thresholds must be for one fact and one direction.",
        ),
        (
            replace(
                SOUND,
                criteria=(
                    replace(DOWN, fact="x.y", levels=levels(4, 6, 15, fact="x.y")), UP, UPS,
                ),
            ),
            "criterion C1: unknown fact key 'x.y'.",
        ),
    ],
)  # fmt: skip
def test_faults_name_their_row(changed, fault):
    assert list(framework_faults(changed, KEYS))[0] == fault


def test_equal_thresholds_may_differ_by_what_is_held_beside():
    beside = Condition("link.priority", Operator.AT_LEAST, "yes", 1.0)
    first, second, third = levels(4, 6, 6)

    one = replace(DOWN, levels=(first, second, (*third, beside)))

    assert list(framework_faults(replace(SOUND, criteria=(one, UP, UPS)), KEYS)) == []
