"""What an office is scored by: dimensions, criteria with three thresholds, levers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from serai.calc.readiness.conditions import Condition, Operator
from serai.calc.readiness.facts import Keys

LEVELS = 3
WHOLE = 100.0
Texts = Mapping[str, str]


class Lever(StrEnum):
    """By what an office is made better."""

    LINK = "link"
    CONTINUITY = "continuity"
    KIT = "kit"
    SPACE = "space"
    PEOPLE = "people"
    SECURITY = "security"


@dataclass(frozen=True, slots=True)
class Dimension:
    """One side of readiness; the weights of all make 100."""

    code: str
    weight: float
    name: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Criterion:
    """One thing that is scored 0 to 3.

    Attributes:
        weight: against the other criteria of its dimension.
        fact: the fact key its thresholds are for.
        levels: what must hold for level 1, 2 and 3; the first condition of each is the
            threshold on `fact`, others are held beside it. A level takes the ones below with it.
        words: what levels 1, 2, 3 mean, by language.
    """

    code: str
    dimension: str
    weight: float
    fact: str
    levels: tuple[tuple[Condition, ...], ...]
    lever: Lever
    source: str = ""
    name: Texts = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Framework:
    """Dimensions and criteria of one version."""

    dimensions: tuple[Dimension, ...]
    criteria: tuple[Criterion, ...]

    def shares(self) -> dict[str, float]:
        """Return each criterion's share of the whole; they add up to 1.

        A dimension's weight is divided among its criteria by theirs.
        """
        sums: dict[str, float] = {}
        for one in self.criteria:
            sums[one.dimension] = sums.get(one.dimension, 0.0) + one.weight
        weights = {one.code: one.weight for one in self.dimensions}
        whole = sum(weights[code] for code in sums)
        return {
            one.code: weights[one.dimension] * one.weight / sums[one.dimension] / whole
            for one in self.criteria
        }


def framework_faults(framework: Framework, keys: Keys) -> Iterator[str]:
    """Yield what is wrong with a framework, each fault with its row.

    Thresholds must be ordered, keys known, weights positive, and the dimensions' sum 100.
    """
    known = {one.code for one in framework.dimensions}
    total = sum(one.weight for one in framework.dimensions)
    if abs(total - WHOLE) > 1e-9:
        yield f"dimensions: the weights make {total:g}, not 100."
    for dimension in framework.dimensions:
        if dimension.weight <= 0:
            yield f"dimension {dimension.code}: the weight must be above 0."
        if not any(one.dimension == dimension.code for one in framework.criteria):
            yield f"dimension {dimension.code}: has no criterion."
    seen: set[str] = set()
    for one in framework.criteria:
        if one.code in seen:
            yield f"criterion {one.code}: the code is there twice."
        seen.add(one.code)
        if one.dimension not in known:
            yield f"criterion {one.code}: unknown dimension '{one.dimension}'."
        yield from _criterion_faults(one, keys)


def _criterion_faults(one: Criterion, keys: Keys) -> Iterator[str]:
    where = f"criterion {one.code}"
    if one.weight <= 0:
        yield f"{where}: the weight must be above 0."
    if len(one.levels) != LEVELS or not all(one.levels):
        yield f"{where}: needs thresholds for the levels 1, 2 and 3."
        return
    for held in one.levels:
        for condition in held:
            if condition.fact not in keys:
                yield f"{where}: unknown fact key '{condition.fact}'."
    firsts = [held[0] for held in one.levels]
    if any(first.fact != one.fact or first.operator != firsts[0].operator for first in firsts):
        yield f"{where}: the three thresholds must be for one fact and one direction."
        return
    sign = 1 if firsts[0].operator is Operator.AT_LEAST else -1
    for below, above in zip(one.levels, one.levels[1:], strict=False):
        step = sign * (above[0].limit - below[0].limit)
        if step < 0 or (step == 0 and set(above) == set(below)):
            yield (
                f"{where}: threshold {above[0].threshold} does not ask more than "
                f"{below[0].threshold} before it."
            )
