"""Whether an office shows what a package promised."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from serai.calc.readiness.conditions import Verdict, together
from serai.calc.readiness.facts import Fact, Grade, Keys, Seen, Value
from serai.calc.readiness.packages import Effect, Package


@dataclass(frozen=True, slots=True)
class EffectSeen:
    """One promise and what is seen of it.

    Attributes:
        have: the value seen; None where nothing is known.
        verdict: unknown also where the fact is older than the installation, or a link fact is
            not measured or thin.
    """

    fact: str
    need: Value
    have: Value | None
    verdict: Verdict


def effects_seen(
    package: Package, seen: Seen, keys: Keys, installed_on: date
) -> tuple[EffectSeen, ...]:
    """Hold what is known of an office after an installation against each promise.

    Args:
        package: what was installed.
        seen: the office, from the room it was installed in.
        keys: all fact keys.
        installed_on: facts known before this day say nothing.
    Source: docs/readiness/deliveries.md, "Verified".
    """
    return tuple(
        _effect(one, seen.facts.get(one.fact), keys, installed_on) for one in package.effects
    )


def is_shown(effects: Iterable[EffectSeen]) -> Verdict:
    """Join promises: one that fails fails, else one unknown leaves it unknown; none is unknown."""
    found = [one.verdict for one in effects]
    return together(found) if found else Verdict.UNKNOWN


def _effect(effect: Effect, fact: Fact | None, keys: Keys, installed_on: date) -> EffectSeen:
    key = keys[effect.fact]
    if fact is None or not fact.is_known or fact.value is None:
        return EffectSeen(effect.fact, effect.value, None, Verdict.UNKNOWN)
    is_older = fact.known_on is None or fact.known_on < installed_on
    is_unsure = key.is_link and (fact.grade is not Grade.MEASURED or fact.is_thin)
    if is_older or is_unsure:
        verdict = Verdict.UNKNOWN
    else:
        verdict = Verdict.FAILS if key.is_better(effect.value, fact.value) else Verdict.PASSES
    return EffectSeen(effect.fact, effect.value, fact.value, verdict)
