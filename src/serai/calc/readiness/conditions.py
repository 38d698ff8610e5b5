"""One fact held against one limit: passes, fails, or is not known."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from serai.calc.readiness.facts import FactKey, Keys, Kind, Seen, UnknownValue, Value


class Operator(StrEnum):
    """On which side of its limit a fact passes."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Verdict(StrEnum):
    """What holding a fact against a limit gives; a missing fact never passes."""

    PASSES = "pass"
    FAILS = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact key with its limit.

    Attributes:
        threshold: the limit as written: a number in the key's unit, or a choice's code.
        limit: its place on the key's scale.
    """

    fact: str
    operator: Operator
    threshold: Value
    limit: float

    def verdict(self, seen: Seen) -> Verdict:
        """Hold the office's fact against the limit."""
        rank = seen.ranks.get(self.fact)
        if rank is None:
            return Verdict.UNKNOWN
        holds = rank >= self.limit if self.operator is Operator.AT_LEAST else rank <= self.limit
        return Verdict.PASSES if holds else Verdict.FAILS


def condition(keys: Keys, fact: str, operator: Operator, threshold: Value) -> Condition:
    """Make a condition.

    Raises:
        UnknownValue: if the key is not known, or the limit is not on its scale.
    """
    if fact not in keys:
        raise UnknownValue(f"unknown fact key '{fact}'")
    return Condition(fact, operator, threshold, keys[fact].rank(threshold))


def natural_operator(key: FactKey) -> Operator:
    """Return the side on which a key's better values lie."""
    less = key.kind is Kind.NUMBER and key.less_is_better
    return Operator.AT_MOST if less else Operator.AT_LEAST


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """Join verdicts that must all pass: one fail fails, else one unknown leaves it unknown."""
    found = Verdict.PASSES
    for verdict in verdicts:
        if verdict is Verdict.FAILS:
            return Verdict.FAILS
        if verdict is Verdict.UNKNOWN:
            found = Verdict.UNKNOWN
    return found
