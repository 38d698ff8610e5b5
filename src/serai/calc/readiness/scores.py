"""Scores of an office: level by criterion, S with its interval, and how much of it is known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from serai.calc.readiness.conditions import Verdict, together
from serai.calc.readiness.facts import Grade, Keys, OfficeFacts, Seen, views
from serai.calc.readiness.framework import LEVELS, Criterion, Framework

ENOUGH_KNOWN = 0.6
_EXACT = 1e-12


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """The level of one criterion.

    Attributes:
        low: level if every missing fact were at its worst, 0 to 3.
        high: level if every missing fact were at its best, 0 to 3.
        is_measured: known, and every fact it rests on is measured.
        room: the room it was seen from; "" without rooms.
    """

    criterion: str
    low: int
    high: int
    is_measured: bool = False
    room: str = ""

    @property
    def level(self) -> int | None:
        """Return the level; None where missing facts leave it open."""
        return self.low if self.low == self.high else None


@dataclass(frozen=True, slots=True)
class Score:
    """A score of 0 to 100.

    Attributes:
        value: S over what is known; None where less than 60 % of the weight is known.
        low: S with missing facts at their worst.
        high: S with missing facts at their best.
        known_share: known weight, 0 to 1.
        measured_share: weight known by measurement, 0 to 1.
    """

    value: float | None
    low: float
    high: float
    known_share: float
    measured_share: float


@dataclass(frozen=True, slots=True)
class OfficeScore:
    """All scores of one office: the whole, by dimension code, by criterion."""

    whole: Score
    dimensions: dict[str, Score]
    criteria: tuple[CriterionScore, ...]


def criterion_score(criterion: Criterion, seen: Seen) -> CriterionScore:
    """Count the thresholds met, from the first up.

    Args:
        criterion: with its three thresholds.
        seen: the office from one of its rooms.
    Returns:
        Least and greatest level that the known facts allow.
    Source: docs/methods/readiness-scores.md, "Levels".
    """
    low = high = 0
    is_open = False
    for held in criterion.levels:
        verdict = together(condition.verdict(seen) for condition in held)
        if verdict is Verdict.FAILS:
            break
        is_open = is_open or verdict is Verdict.UNKNOWN
        high += 1
        if not is_open:
            low += 1
    is_measured = low == high and _rests_on_runs(criterion, seen, low)
    return CriterionScore(criterion.code, low, high, is_measured, seen.room)


def _rests_on_runs(criterion: Criterion, seen: Seen, level: int) -> bool:
    """Tell whether every known fact that led to the level is measured."""
    used = {one.fact for held in criterion.levels[: level + 1] for one in held}
    facts = [seen.facts[key] for key in used if key in seen.ranks]
    return bool(facts) and all(fact.grade is Grade.MEASURED for fact in facts)


def best_of_rooms(scores: Iterable[CriterionScore]) -> CriterionScore:
    """Take the best room's level; a room that is not known leaves room above it.

    Raises:
        ValueError: if there is no score.
    """
    given = list(scores)
    best = max(given, key=lambda one: (one.low, one.is_measured))
    high = max(one.high for one in given)
    return CriterionScore(
        best.criterion, best.low, high, best.is_measured and best.low == high, best.room
    )


def score(weights: Sequence[float], levels: Sequence[CriterionScore]) -> Score:
    """Weigh levels into S = (100/3) * sum(w * level) / sum(w) over the known ones.

    Args:
        weights: one a criterion, above 0, any sum.
        levels: one a criterion, in the same order.
    Returns:
        S, 0 to 100; the interval counts what is missing at its least and its greatest level.
    Raises:
        ValueError: if there is no criterion, or the lengths differ.
    Source: docs/methods/readiness-scores.md, "Scores".
    """
    pairs = list(zip(weights, levels, strict=True))
    total = sum(weights)
    if total <= 0:
        raise ValueError("A score needs a criterion of a weight above 0.")
    known = [(weight, one.low) for weight, one in pairs if one.level is not None]
    known_weight = sum(weight for weight, _ in known)
    measured = sum(weight for weight, one in pairs if one.is_measured)
    value = None
    if known_weight > 0 and known_weight / total >= ENOUGH_KNOWN - _EXACT:
        value = 100 * sum(weight * level for weight, level in known) / (LEVELS * known_weight)
    return Score(
        value,
        100 * sum(weight * one.low for weight, one in pairs) / (LEVELS * total),
        100 * sum(weight * one.high for weight, one in pairs) / (LEVELS * total),
        known_weight / total,
        measured / total,
    )


def score_office(office: OfficeFacts, framework: Framework, keys: Keys) -> OfficeScore:
    """Score one office: each criterion in its best room, each dimension, the whole.

    Returns:
        Scores of 0 to 100, and the criteria's levels in the framework's order.
    """
    seen = views(office, keys)
    levels = tuple(
        best_of_rooms(criterion_score(one, view) for view in seen) for one in framework.criteria
    )
    shares = framework.shares()
    dimensions = {}
    for dimension in framework.dimensions:
        own = [
            (one.weight, level)
            for one, level in zip(framework.criteria, levels, strict=True)
            if one.dimension == dimension.code
        ]
        dimensions[dimension.code] = score([one[0] for one in own], [one[1] for one in own])
    whole = score([shares[one.code] for one in framework.criteria], levels)
    return OfficeScore(whole, dimensions, levels)
