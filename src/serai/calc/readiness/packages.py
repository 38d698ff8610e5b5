"""Packages that may be bought, what they guarantee, and what they cost over the years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from serai.calc.readiness.facts import Fact, Grade, Keys, Scope, Seen, UnknownValue, Value
from serai.calc.readiness.framework import Lever, Texts


@dataclass(frozen=True, slots=True)
class Effect:
    """A fact that a package guarantees once it is installed."""

    fact: str
    value: Value


@dataclass(frozen=True, slots=True)
class Package:
    """Something to buy for one lever.

    Attributes:
        is_shared: bought once for a country's offices, such as a kit on loan.
        lead_weeks: weeks until it is installed.
        life_years: years it lasts; 0 where nothing wears out.
    """

    code: str
    lever: Lever
    effects: tuple[Effect, ...]
    is_shared: bool = False
    lead_weeks: int = 0
    life_years: int = 0
    name: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Price:
    """What a package costs, in the scenario's currency."""

    package: str
    capex: Decimal
    opex_per_year: Decimal


def cost(price: Price, country_factor: Decimal, years: int) -> Decimal:
    """Return capex * country factor + opex * years, in the price's currency.

    Raises:
        ValueError: if the years or an amount are below 0, or the factor not above 0.
    Source: docs/methods/budget-plan.md, "Cost".
    """
    if years < 0 or price.capex < 0 or price.opex_per_year < 0 or country_factor <= 0:
        raise ValueError(f"{price.package}: amounts, years and factors are not below 0.")
    return price.capex * country_factor + price.opex_per_year * years


def package_faults(packages: Iterable[Package], keys: Keys) -> Iterator[str]:
    """Yield what is wrong with packages, each fault with its code."""
    seen: set[str] = set()
    for package in packages:
        if package.code in seen:
            yield f"package {package.code}: the code is there twice."
        seen.add(package.code)
        for effect in package.effects:
            if effect.fact not in keys:
                yield f"package {package.code}: unknown fact key '{effect.fact}'."
                continue
            try:
                keys[effect.fact].rank(effect.value)
            except UnknownValue as error:
                yield f"package {package.code}: {error}"


def with_packages(seen: Seen, packages: Iterable[Package], keys: Keys) -> Seen:
    """See the office as it will be once packages are installed.

    A guaranteed fact replaces a missing or a worse one; a better one stays. It counts as
    declared until a test shows it.
    """
    facts, ranks = dict(seen.facts), dict(seen.ranks)
    for package in packages:
        for effect in package.effects:
            known = facts.get(effect.fact)
            if known is not None and known.is_known and not _improves(effect, known, keys):
                continue
            facts[effect.fact] = _promised(package, effect, seen.room, keys)
            ranks[effect.fact] = keys[effect.fact].rank(effect.value)
    return replace(seen, facts=facts, ranks=ranks)


def _improves(effect: Effect, known: Fact, keys: Keys) -> bool:
    return known.value is None or keys[effect.fact].is_better(effect.value, known.value)


def _promised(package: Package, effect: Effect, room: str, keys: Keys) -> Fact:
    key = keys[effect.fact]
    return Fact(
        effect.fact,
        effect.value,
        Grade.DECLARED,
        key.scope,
        room if key.scope is Scope.ROOM else "",
        key.unit,
        source=package.code,
    )
