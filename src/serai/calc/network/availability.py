"""How much of the time an office is reached, from its parts in a row and its ways side by side."""

import math
from collections.abc import Sequence

MONTH_MINUTES = 43_200.0


class NotAvailability(ValueError):
    """A share or an outage that cannot be; the message is a sentence."""


def part_availability(outages: float, minutes: float) -> float:
    """Turn outages into the share of time in which a part works.

    Args:
        outages: a month, from 0 up; may be a mean.
        minutes: of one outage, from 0 up.
    Returns:
        1 - outages x minutes / 43,200, the minutes of 30 days; 0 to 1.
    Raises:
        NotAvailability: if a number is negative, not finite, or all outages are over a month.
    Source: docs/methods/line-sizing.md, "Availability".
    """
    for name, value in (("outages", outages), ("minutes", minutes)):
        if not math.isfinite(value) or value < 0:
            raise NotAvailability(f"{value} {name} is not a number from 0 up.")
    if outages * minutes > MONTH_MINUTES:
        raise NotAvailability(
            f"{outages:g} outages of {minutes:g} minutes are longer than a month. "
            "Give the outages of one month and the minutes of one outage."
        )
    return 1 - outages * minutes / MONTH_MINUTES


def path_availability(parts: Sequence[float]) -> float:
    """Multiply parts that must all work: power, last mile, provider.

    Args:
        parts: share of time of each, 0 to 1; at least one.
    Returns:
        Their product, 0 to 1.
    Raises:
        NotAvailability: if there is no part, or a share is outside.
    Source: docs/methods/line-sizing.md, "Availability".
    """
    if not parts:
        raise NotAvailability("A path needs at least one part.")
    return _product(parts)


def availability(paths: Sequence[float], common: Sequence[float] = ()) -> float:
    """Join paths of which one suffices with what all of them need.

    Args:
        paths: share of time of each, 0 to 1; none means that the office is never reached.
        common: share of time of each part that every path needs, such as the platform.
    Returns:
        Common parts x (1 - product of what the paths lack), 0 to 1.
    Raises:
        NotAvailability: if a share is outside 0 to 1.
    Source: docs/methods/line-sizing.md, "Availability"; parts and paths fail independently.
    """
    _product(paths)
    lacking = math.prod(1 - path for path in paths)
    return _product(common) * (1 - lacking)


def _product(shares: Sequence[float]) -> float:
    for share in shares:
        if not 0 <= share <= 1:
            raise NotAvailability(f"The share {share} is outside 0 to 1.")
    return math.prod(shares)
