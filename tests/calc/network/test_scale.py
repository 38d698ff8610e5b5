"""R in scores, shares and words."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serai.calc.network.maths import SINGLE
from serai.calc.network.scale import (
    NotOnScale,
    Satisfaction,
    good_or_better,
    mos,
    poor_or_worse,
    r_of_mos,
    satisfaction,
)

EVERY_TIME_ALIKE = settings(deadline=None, derandomize=True)


@pytest.mark.parametrize(
    ("r", "word"),
    [
        (100, Satisfaction.VERY_SATISFIED),
        (90, Satisfaction.VERY_SATISFIED),
        (89.999, Satisfaction.SATISFIED),
        (80, Satisfaction.SATISFIED),
        (79.999, Satisfaction.SOME_DISSATISFIED),
        (70, Satisfaction.SOME_DISSATISFIED),
        (69.999, Satisfaction.MANY_DISSATISFIED),
        (60, Satisfaction.MANY_DISSATISFIED),
        (59.999, Satisfaction.NEARLY_ALL_DISSATISFIED),
        (50, Satisfaction.NEARLY_ALL_DISSATISFIED),
        (49.999, Satisfaction.NOT_RECOMMENDED),
        (-20, Satisfaction.NOT_RECOMMENDED),
    ],
)
def test_words_change_at_90_80_70_60_50(r, word):
    assert satisfaction(r) == word


@pytest.mark.parametrize(
    ("r", "score"),
    [
        (-5, 1), (0, 1), (3, 1 + 0.035 * 3 + 3 * -57 * 97 * 7e-6), (60, 3.1),
        (100, 4.5), (120, 4.5),
    ],
)  # fmt: skip
def test_scores(r, score):
    assert mos(r) == pytest.approx(score, abs=1e-12)


def test_the_curve_dips_under_1_and_is_not_clipped():
    assert mos(3) < 1


def test_half_the_users_are_on_each_side_of_60_and_45():
    assert good_or_better(60.0, SINGLE) == 50
    assert poor_or_worse(45.0, SINGLE) == 50
    assert good_or_better(76.0, SINGLE) == pytest.approx(84.134, abs=1e-3)


def test_scores_lead_back_to_their_ends():
    assert r_of_mos(1) == pytest.approx(6.5153, abs=1e-4)
    assert r_of_mos(4.5) == pytest.approx(100)


@EVERY_TIME_ALIKE
@given(st.floats(1, 4.5))
def test_a_score_leads_to_the_r_that_has_it(score):
    assert mos(r_of_mos(score)) == pytest.approx(score, abs=1e-9)


@EVERY_TIME_ALIKE
@given(st.floats(6.5154, 99.999))
def test_an_r_is_found_again_from_its_score(r):
    assert r_of_mos(mos(r)) == pytest.approx(r, abs=1e-5)


@pytest.mark.parametrize(
    ("score", "sentence"),
    [
        (0.99, "MOS 0.99 is outside 1 to 4.5."),
        (4.51, "MOS 4.51 is outside 1 to 4.5."),
        (math.nan, "MOS nan is outside 1 to 4.5."),
    ],
)
def test_scores_that_nobody_gives_are_refused(score, sentence):
    with pytest.raises(NotOnScale) as refusal:
        r_of_mos(score)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("ask", [mos, satisfaction])
def test_what_is_no_number_has_no_place(ask):
    with pytest.raises(NotOnScale) as refusal:
        ask(math.nan)

    assert str(refusal.value) == "R nan is not a number."
