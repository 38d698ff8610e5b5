"""The score of a risk, its band, and the grid of probability and impact."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

HIGHEST = 5
MEDIUM_FROM = 8
HIGH_FROM = 15


class RiskBand(StrEnum):
    """How much attention a risk needs."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


def risk_score(probability: int, impact: int) -> int:
    """Multiply probability by impact.

    Args:
        probability: 1 (rare) to 5 (almost certain).
        impact: 1 (slight) to 5 (severe).
    Returns:
        1 to 25.
    Raises:
        ValueError: if either is outside 1 to 5.
    Source: docs/methods/schedule.md, "Risk score".
    """
    for name, mark in (("probability", probability), ("impact", impact)):
        if not 1 <= mark <= HIGHEST:
            raise ValueError(f"{name} {mark} is outside 1 to {HIGHEST}.")
    return probability * impact


def risk_band(score: int) -> RiskBand:
    """Return the band of a score: 15 and more high, 8 to 14 medium, below low."""
    if score >= HIGH_FROM:
        return RiskBand.HIGH
    return RiskBand.MEDIUM if score >= MEDIUM_FROM else RiskBand.LOW


def risk_grid(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """Count risks per cell.

    Args:
        marks: probability and impact of each risk, 1 to 5.
    Returns:
        5 rows by probability 1 to 5, each 5 counts by impact 1 to 5.
    Raises:
        ValueError: if a mark is outside 1 to 5.
    """
    counts = [[0] * HIGHEST for _ in range(HIGHEST)]
    for probability, impact in marks:
        risk_score(probability, impact)
        counts[probability - 1][impact - 1] += 1
    return tuple(tuple(row) for row in counts)


def is_review_overdue(review_on: date | None, day: date) -> bool:
    """Tell whether a review's day has passed; without a day there is nothing to be late for."""
    return review_on is not None and day > review_on
