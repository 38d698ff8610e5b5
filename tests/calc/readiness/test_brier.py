"""The Brier score beside that of the base rate."""

import pytest

from serai.calc.readiness.brier import Brier, brier


def test_brier_worked_example():
    found = brier([(0.8, True), (0.2, False), (0.4, True), (0.1, False)])

    assert found == Brier(pytest.approx(0.1125), 0.5, 0.25, 4)


def test_brier_of_perfect_and_of_always_wrong_forecasts():
    assert brier([(1.0, True), (0.0, False)]).score == 0.0
    assert brier([(0.0, True), (1.0, False)]).score == 1.0


def test_a_forecast_of_the_base_rate_scores_like_it():
    found = brier([(0.25, True)] + [(0.25, False)] * 3)

    assert found.score == pytest.approx(found.base_score)


def test_brier_refuses_nothing_and_what_is_no_chance():
    with pytest.raises(ValueError, match="No forecast"):
        brier([])
    with pytest.raises(ValueError, match=r"1\.2 is outside"):
        brier([(1.2, True)])
