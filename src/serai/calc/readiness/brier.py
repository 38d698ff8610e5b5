"""How good past forecasts were: the Brier score beside that of the base rate."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Brier:
    """Score of forecasts: 0 is perfect, 1 always wrong.

    Attributes:
        score: mean of (p - outcome) squared.
        base_rate: share of events that fell short.
        base_score: score of a forecast that always says the base rate.
    """

    score: float
    base_rate: float
    base_score: float
    count: int


def brier(forecasts: Sequence[tuple[float, bool]]) -> Brier:
    """Score forecasts against what came.

    Args:
        forecasts: the chance of falling short, 0 to 1, and whether it fell short.
    Raises:
        ValueError: if there is no forecast, or a chance outside 0 to 1.
    Source: Brier (1950), Verification of forecasts expressed in terms of probability;
        docs/methods/event-forecast.md, "How good".
    """
    if not forecasts:
        raise ValueError("No forecast has an outcome yet.")
    for p, _ in forecasts:
        if not 0 <= p <= 1:
            raise ValueError(f"A chance of {p} is outside 0 to 1.")
    count = len(forecasts)
    rate = sum(outcome for _, outcome in forecasts) / count
    score = sum((p - outcome) ** 2 for p, outcome in forecasts) / count
    return Brier(score, rate, rate * (1 - rate), count)
