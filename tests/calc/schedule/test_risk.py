"""Scores, bands and the grid of risks."""

from datetime import date

import pytest

from serai.calc.schedule import RiskBand, is_review_overdue, risk_band, risk_grid, risk_score


@pytest.mark.parametrize(
    ("probability", "impact", "score", "band"),
    [
        (1, 1, 1, RiskBand.LOW),
        (2, 3, 6, RiskBand.LOW),
        (2, 4, 8, RiskBand.MEDIUM),
        (3, 4, 12, RiskBand.MEDIUM),
        (3, 5, 15, RiskBand.HIGH),
        (5, 5, 25, RiskBand.HIGH),
    ],
)
def test_score_and_band(probability, impact, score, band):
    assert risk_score(probability, impact) == score
    assert risk_band(score) == band


def test_bands_change_at_8_and_15():
    assert [risk_band(score) for score in (7, 8, 14, 15)] == [
        RiskBand.LOW,
        RiskBand.MEDIUM,
        RiskBand.MEDIUM,
        RiskBand.HIGH,
    ]


@pytest.mark.parametrize(
    ("probability", "impact", "sentence"),
    [(0, 3, "probability 0 is outside 1 to 5."), (3, 6, "impact 6 is outside 1 to 5.")],
)
def test_marks_outside_the_scale_are_refused(probability, impact, sentence):
    with pytest.raises(ValueError) as refusal:
        risk_score(probability, impact)

    assert str(refusal.value) == sentence


def test_the_grid_counts_each_cell():
    grid = risk_grid([(1, 1), (5, 2), (5, 2)])

    assert grid == (
        (1, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 2, 0, 0, 0),
    )


def test_the_grid_refuses_a_mark_outside_the_scale():
    with pytest.raises(ValueError):
        risk_grid([(0, 1)])


@pytest.mark.parametrize(
    ("review_on", "is_overdue"),
    [(date(2021, 6, 29), True), (date(2021, 6, 30), False), (None, False)],
)
def test_a_review_is_overdue_after_its_day(review_on, is_overdue):
    assert is_review_overdue(review_on, date(2021, 6, 30)) == is_overdue
