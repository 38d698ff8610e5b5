"""Levels, S with its interval, shares known and measured, the 60 % rule."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.calc.readiness.cases import READY, office, preset

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.facts import Fact, Grade, Kind, OfficeFacts, Seen
from serai.calc.readiness.framework import Criterion, Lever
from serai.calc.readiness.scores import (
    CriterionScore,
    Score,
    best_of_rooms,
    criterion_score,
    score,
    score_office,
)

KEYS = preset().keys
DOWN = next(one for one in preset().framework.criteria if one.code == "C1")


def seen(**ranks):
    """Facts by rank alone, declared."""
    given = {name.replace("__", "."): rank for name, rank in ranks.items()}
    facts = {name: Fact(name, rank, Grade.DECLARED) for name, rank in given.items()}
    return Seen("", facts, given)


MISSING = CriterionScore("X", 0, 3)


def level(number, *, is_measured=False):
    return CriterionScore("X", number, number, is_measured)


def test_score_worked_example():
    found = score([2, 1, 1], [level(3, is_measured=True), level(1), MISSING])

    assert found == Score(
        pytest.approx(77.7778, abs=1e-4), pytest.approx(58.3333, abs=1e-4),
        pytest.approx(83.3333, abs=1e-4), 0.75, 0.5,
    )  # fmt: skip


def test_below_sixty_percent_known_there_is_only_the_interval():
    exactly = score([3, 2], [level(3), MISSING])
    below = score([59, 41], [level(3), MISSING])

    assert (exactly.value, exactly.known_share) == (100.0, 0.6)
    assert (below.value, below.low, below.high) == (None, 59.0, 100.0)


def test_all_missing_and_all_known():
    assert score([1, 1], [MISSING, MISSING]) == Score(None, 0.0, 100.0, 0.0, 0.0)
    assert score([1], [level(2)]) == Score(
        pytest.approx(200 / 3), pytest.approx(200 / 3), pytest.approx(200 / 3), 1.0, 0.0
    )


def test_score_refuses_nothing_and_unequal_lengths():
    with pytest.raises(ValueError, match="needs a criterion"):
        score([], [])
    with pytest.raises(ValueError, match="shorter|longer"):
        score([1, 2], [MISSING])


@pytest.mark.parametrize(
    ("down", "expected"), [(3.9, 0), (4.0, 1), (6.0, 2), (14.9, 2), (15.0, 3), (99.0, 3)]
)
def test_criterion_score_counts_thresholds_met(down, expected):
    found = criterion_score(DOWN, seen(link__down_p5=down))

    assert (found.low, found.high, found.level) == (expected, expected, expected)


def test_criterion_score_without_its_fact_is_open():
    found = criterion_score(DOWN, Seen("", {}, {}))

    assert (found.low, found.high, found.level) == (0, 3, None)


def test_what_is_held_beside_narrows_the_level():
    ports = next(one for one in preset().framework.criteria if one.code == "C5")

    opened = criterion_score(ports, seen(link__udp_policy=2.0))
    refused = criterion_score(ports, seen(link__udp_policy=2.0, link__priority=0.0))

    assert (opened.low, opened.high, opened.level) == (2, 3, None)
    assert refused.level == 2


def test_a_level_takes_the_ones_below_with_it():
    rows = tuple((Condition(f"f{n}", Operator.AT_LEAST, 1.0, 1.0),) for n in range(3))
    stairs = Criterion("X", "C", 1, "f0", rows, Lever.KIT)

    found = criterion_score(stairs, seen(f0=1.0, f1=0.0, f2=1.0))

    assert found.level == 1


def test_measured_needs_every_fact_measured():
    said = seen(link__down_p5=9.0)
    run = replace(said, facts={"link.down_p5": Fact("link.down_p5", 9.0, Grade.MEASURED)})

    assert criterion_score(DOWN, run).is_measured
    assert not criterion_score(DOWN, said).is_measured


def test_best_of_rooms_takes_the_best_known_and_stays_open_above():
    small, hall = CriterionScore("X", 1, 1, False, "small"), CriterionScore("X", 2, 2, True, "hall")
    unknown = CriterionScore("X", 0, 3, False, "attic")

    assert best_of_rooms([small, hall]) == hall
    assert best_of_rooms([hall, unknown]) == CriterionScore("X", 2, 3, False, "hall")


def test_an_office_that_is_ready_scores_a_hundred():
    found = score_office(office(), preset().framework, KEYS)

    assert found.whole.value == pytest.approx(100)
    assert {code: one.value for code, one in found.dimensions.items()} == {
        "C": 100.0, "I": 100.0, "D": 100.0, "L": 100.0,
    }  # fmt: skip
    assert [one.level for one in found.criteria] == [3] * 21


def test_an_office_of_which_nothing_is_known_has_only_an_interval():
    found = score_office(OfficeFacts("O", "AAA", {}), preset().framework, KEYS)

    assert found.whole == Score(None, 0.0, pytest.approx(100), 0.0, 0.0)


@st.composite
def filled_in(draw):
    """An office with missing facts, and the same with one more fact."""
    names = sorted(READY)
    missing = draw(st.lists(st.sampled_from(names), min_size=1, max_size=12, unique=True))
    name = draw(st.sampled_from(missing))
    key = KEYS[name]
    value = draw(st.sampled_from(key.choices) if key.kind is Kind.CHOICE else st.floats(0, 100))
    before = dict.fromkeys(missing)
    return office(before), office({**before, name: value})


@settings(max_examples=60, deadline=None)
@given(filled_in())
def test_a_filled_in_fact_keeps_every_score_in_its_interval(pair):
    framework = preset().framework
    before, after = (score_office(one, framework, KEYS) for one in pair)

    pairs = [(before.whole, after.whole)] + [
        (before.dimensions[code], after.dimensions[code]) for code in before.dimensions
    ]
    for old, new in pairs:
        assert old.low - 1e-9 <= new.low <= new.high <= old.high + 1e-9
        if new.value is not None:
            assert old.low - 1e-9 <= new.value <= old.high + 1e-9
