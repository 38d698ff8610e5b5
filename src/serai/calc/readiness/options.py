"""What each package would let an office do, judged by the same code as its attainments."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from serai.calc.readiness.attainment import attain, headline, passes
from serai.calc.readiness.facts import Keys, OfficeFacts, Seen, see
from serai.calc.readiness.framework import Lever
from serai.calc.readiness.ladder import Ladder, Requirement, Role, Sensitivity
from serai.calc.readiness.packages import Package, with_packages
from serai.calc.readiness.problem import (
    LeverOptions,
    OfficeOptions,
    Option,
    Problem,
    SharedItem,
)

MOST_TOGETHER = 5
CostOf = Callable[[str, str], Decimal | None]


def lever_rows(
    ladder: Ladder, sensitivity: Sensitivity
) -> dict[Lever, dict[str, tuple[Requirement, ...]]]:
    """Sort the hosts' rows by lever and event; an event without rows of a lever passes it."""
    found: dict[Lever, dict[str, tuple[Requirement, ...]]] = {}
    for lever in Lever:
        rows = {
            event.code: tuple(
                row for row in ladder.rows(event, Role.HOST, sensitivity) if row.lever is lever
            )
            for event in ladder.events
        }
        if any(rows.values()):
            found[lever] = rows
    return found


def events_passed(rows: Mapping[str, Sequence[Requirement]], seen: Seen) -> frozenset[str]:
    """Name the events whose rows all pass."""
    return frozenset(event for event, needed in rows.items() if passes(needed, seen))


def planning_room(office: OfficeFacts, ladder: Ladder, keys: Keys) -> str:
    """Choose the room packages go to: where the highest event is attained, else most rows pass.

    Returns:
        A room's key; "" for an office without rooms. Of equals the first by key.
    """
    if not office.rooms:
        return ""
    found = attain(office, ladder, keys, Role.HOST)
    top = headline(found)
    return top.room if top is not None else found[0].room


def office_options(
    office: OfficeFacts,
    ladder: Ladder,
    packages: Iterable[Package],
    keys: Keys,
    cost_of: CostOf,
    *,
    weight: Decimal = Decimal(1),
    sensitivity: Sensitivity = Sensitivity.LOW,
) -> OfficeOptions:
    """List what may be bought for one office, lever by lever.

    Up to five packages of a lever are also offered together. What changes no event is left out.

    Args:
        office: what is known of it.
        ladder: events and their rows.
        packages: those offered; shared ones are passed over.
        keys: all fact keys.
        cost_of: package and country to cost over the scenario's years; None for no price, and
            then the package is not offered.
        weight: how much the office's events count.
        sensitivity: which security rows are asked.
    Source: docs/methods/budget-plan.md, "Options".
    """
    room = planning_room(office, ladder, keys)
    seen = see(office, room, keys)
    priced = [
        (one, price)
        for one in packages
        if not one.is_shared and (price := cost_of(one.code, office.country)) is not None
    ]
    levers = []
    for lever, rows in lever_rows(ladder, sensitivity).items():
        asked = {row.condition.fact for needed in rows.values() for row in needed}
        own = [
            each
            for each in priced
            if each[0].lever is lever and asked & {effect.fact for effect in each[0].effects}
        ]
        today = events_passed(rows, seen)
        levers.append(
            LeverOptions(lever, today, tuple(_offered(office.code, seen, rows, own, keys, today)))
        )
    return OfficeOptions(office.code, office.country, tuple(levers), weight)


def _offered(
    office: str,
    seen: Seen,
    rows: Mapping[str, Sequence[Requirement]],
    priced: Sequence[tuple[Package, Decimal]],
    keys: Keys,
    today: frozenset[str],
) -> Iterable[Option]:
    """Yield single packages and bundles that pass more than today and than their parts."""
    found: dict[tuple[str, ...], frozenset[str]] = {}
    for size in range(1, MOST_TOGETHER + 1):
        for chosen in combinations(priced, size):
            codes = tuple(one.code for one, _ in chosen)
            gives = events_passed(rows, with_packages(seen, (one for one, _ in chosen), keys))
            parts = (found.get(part, today) for part in combinations(codes, size - 1))
            found[codes] = gives
            if gives > today and not any(gives <= part for part in parts):
                lever = chosen[0][0].lever
                total = sum((price for _, price in chosen), Decimal(0))
                yield Option(f"{office}/{lever.value}/{'+'.join(codes)}", codes, total, gives)


def shared_items(
    offices: Sequence[OfficeFacts],
    ladder: Ladder,
    packages: Iterable[Package],
    keys: Keys,
    cost_of: CostOf,
    sensitivity: Sensitivity = Sensitivity.LOW,
) -> tuple[SharedItem, ...]:
    """List what may be bought once a country, and which events each of its offices then passes."""
    rows = lever_rows(ladder, sensitivity)
    found = []
    for package in packages:
        if not package.is_shared or package.lever not in rows:
            continue
        for country in sorted({one.country for one in offices}):
            price = cost_of(package.code, country)
            if price is None:
                continue
            gives = {}
            for office in offices:
                if office.country == country:
                    seen = see(office, planning_room(office, ladder, keys), keys)
                    gives[office.code] = events_passed(
                        rows[package.lever], with_packages(seen, [package], keys)
                    )
            code = f"{country}/{package.lever.value}/{package.code}"
            found.append(SharedItem(code, country, package.lever, price, gives, package.code))
    return tuple(found)


def problem_of(
    offices: Sequence[OfficeFacts],
    ladder: Ladder,
    packages: Sequence[Package],
    keys: Keys,
    cost_of: CostOf,
    *,
    weights: Mapping[str, Decimal] | None = None,
    sensitivity: Sensitivity = Sensitivity.LOW,
) -> Problem:
    """Put together the whole problem of a scenario.

    Args:
        offices: what is known of them.
        ladder: events and their rows.
        packages: those offered.
        keys: all fact keys.
        cost_of: package and country to cost over the scenario's years; None for no price.
        sensitivity: which security rows are asked.
        weights: office code to weight; 1 where none is given.
    """
    values = {"E0": Decimal(0), **{event.code: event.value for event in ladder.events}}
    weighed = weights or {}
    return Problem(
        values,
        tuple(
            office_options(
                one, ladder, packages, keys, cost_of,
                weight=weighed.get(one.code, Decimal(1)), sensitivity=sensitivity,
            )
            for one in offices
        ),
        shared_items(offices, ladder, packages, keys, cost_of, sensitivity),
    )  # fmt: skip
