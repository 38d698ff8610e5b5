"""What R means: opinion score, shares of users, words; and R from an opinion score."""

import math
from enum import StrEnum

from serai.calc.network.maths import SINGLE, Maths, N

LOWEST_MOS, HIGHEST_MOS = 1.0, 4.5


class Satisfaction(StrEnum):
    """How users take a connection, from its R."""

    VERY_SATISFIED = "very_satisfied"
    SATISFIED = "satisfied"
    SOME_DISSATISFIED = "some_dissatisfied"
    MANY_DISSATISFIED = "many_dissatisfied"
    NEARLY_ALL_DISSATISFIED = "nearly_all_dissatisfied"
    NOT_RECOMMENDED = "not_recommended"


# Each word holds from its R upwards.
SCALE = (
    (90, Satisfaction.VERY_SATISFIED),
    (80, Satisfaction.SATISFIED),
    (70, Satisfaction.SOME_DISSATISFIED),
    (60, Satisfaction.MANY_DISSATISFIED),
    (50, Satisfaction.NEARLY_ALL_DISSATISFIED),
)


class NotOnScale(ValueError):
    """A value that no opinion score or R can have; the message is a sentence."""


def satisfaction(r: float) -> Satisfaction:
    """Say how users take a connection.

    Args:
        r: transmission rating, as computed; neither rounded nor clipped.
    Returns:
        The word of the highest step of 90, 80, 70, 60, 50 that R reaches; below 50 such a
        connection is not recommended.
    Raises:
        NotOnScale: if R is not a number.
    Source: ITU-T G.109; G.107 (06/2015), annex B.
    """
    if not math.isfinite(r):
        raise NotOnScale(f"R {r} is not a number.")
    return next((word for least, word in SCALE if r >= least), Satisfaction.NOT_RECOMMENDED)


def opinion(r: N, maths: Maths[N]) -> N:
    """Estimate the mean opinion score, of one R or of a column.

    Args:
        r: transmission rating.
        maths: the functions that fit: SINGLE or ROWS.
    Returns:
        Conversational MOS: 1 for R <= 0, 4.5 for R >= 100; between them the curve as it is, which
        dips a little under 1 for R below 6.5.
    Source: ITU-T G.107 (06/2015), annex B.
    """
    curve = 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6
    top = maths.below(r, 100, curve, HIGHEST_MOS)
    return maths.below(-r, 0, top, LOWEST_MOS)


def good_or_better(r: N, maths: Maths[N]) -> N:
    """Return the percentage of users who would call it good or better, of one R or a column.

    Source: ITU-T G.107 (06/2015), annex B.
    """
    return 100 * maths.normal((r - 60) / 16)


def poor_or_worse(r: N, maths: Maths[N]) -> N:
    """Return the percentage of users who would call it poor or worse, of one R or a column.

    Source: ITU-T G.107 (06/2015), annex B.
    """
    return 100 * maths.normal((45 - r) / 16)


def mos(r: float) -> float:
    """Estimate the mean opinion score of one R.

    Args:
        r: transmission rating.
    Returns:
        MOS, at most 4.5.
    Raises:
        NotOnScale: if R is not a number.
    Source: ITU-T G.107 (06/2015), annex B.
    """
    if not math.isfinite(r):
        raise NotOnScale(f"R {r} is not a number.")
    return opinion(r, SINGLE)


def r_of_mos(score: float) -> float:
    """Find the R that has an opinion score.

    Args:
        score: MOS, 1 to 4.5.
    Returns:
        R, 6.5153 to 100; the curve's lower branch, below 6.5, is left out.
    Raises:
        NotOnScale: if the score is outside 1 to 4.5 or not a number.
    Source: ITU-T G.107 (06/2015), annex B.
    """
    if not LOWEST_MOS <= score <= HIGHEST_MOS:
        raise NotOnScale(f"MOS {score} is outside {LOWEST_MOS:g} to {HIGHEST_MOS}.")
    inside = -903522 + 1113960 * score - 202500 * score * score
    h = math.atan2(15 * math.sqrt(inside), 18566 - 6750 * score) / 3
    return 20 / 3 * (8 - math.sqrt(226) * math.cos(h + math.pi / 3))
