"""Quantiles of few measured values, with a word where there are too few."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

ENOUGH_VALUES = 20
LOW_SHARE = 0.05


class NotMeasured(ValueError):
    """Values from which nothing can be said; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class LowEnd:
    """The value that 95 of 100 measurements reach.

    Attributes:
        value: in the unit of what was measured.
        count: measurements behind it.
        is_lowest: fewer than 20, so it is the lowest of them: "lowest of n", not a quantile.
    """

    value: float
    count: int
    is_lowest: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Low end, middle and high end of measured values; p95 is by definition 7 at any count."""

    p5: LowEnd
    p50: float
    p95: float


def quantile(values: Sequence[float], share: float) -> float:
    """Return a quantile of values, in any order.

    Args:
        values: n finite numbers, n >= 1.
        share: 0 to 1.
    Returns:
        The quantile, between two values in proportion; in their unit.
    Raises:
        NotMeasured: if there is no value, one is not a finite number, or the share is outside.
    Source: Hyndman and Fan (1996), definition 7.
    """
    if not values:
        raise NotMeasured("Nothing was measured.")
    if not all(map(math.isfinite, values)):
        raise NotMeasured("One of the values is not a finite number.")
    if not 0 <= share <= 1:
        raise NotMeasured(f"The share {share} is outside 0 to 1.")
    return float(np.quantile(values, share, method="linear"))


def low_end(values: Sequence[float]) -> LowEnd:
    """Return p5, or the lowest of fewer than 20 values.

    Args:
        values: n finite numbers, n >= 1.
    Returns:
        The value with its count and whether it is the lowest.
    Raises:
        NotMeasured: as `quantile`.
    Source: Hyndman and Fan (1996), definition 7; below 20 values p5 would lie between the two
        lowest, so the lowest is named.
    """
    is_lowest = len(values) < ENOUGH_VALUES
    return LowEnd(quantile(values, 0 if is_lowest else LOW_SHARE), len(values), is_lowest)


def spread(values: Sequence[float]) -> Spread:
    """Return low end, median and high end.

    Args:
        values: n finite numbers, n >= 1.
    Returns:
        p5 (or the lowest), p50 and p95.
    Raises:
        NotMeasured: as `quantile`.
    Source: Hyndman and Fan (1996), definition 7.
    """
    return Spread(low_end(values), quantile(values, 0.5), quantile(values, 0.95))
