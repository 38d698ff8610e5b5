"""How long to wait before the next attempt (docs/methods/jobs.md): pure."""

import hashlib
from datetime import timedelta

FIRST_SECONDS, LONGEST_SECONDS = 15, 3600
SPREAD = 0.2


def base_seconds(attempt: int) -> int:
    """Return min(3600, 15·2^(n−1)) for the n-th failed attempt, n from 1."""
    return min(LONGEST_SECONDS, FIRST_SECONDS << min(attempt - 1, 16))


def share(job: str, attempt: int) -> float:
    """Draw a number in [0, 1) from (job, n): the same wherever and whenever it is drawn."""
    digest = hashlib.sha256(f"{job}:{attempt}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def pause(job: str, attempt: int) -> timedelta:
    """Return the pause after the n-th failed attempt, ± 20 %, so that a crowd does not return."""
    factor = 1 - SPREAD + 2 * SPREAD * share(job, attempt)
    return timedelta(seconds=base_seconds(attempt) * factor)
