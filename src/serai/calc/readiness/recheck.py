"""A plan counted again, exactly: no figure of a solver is stored without it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from serai.calc.readiness.problem import (
    NO_EVENT,
    Limits,
    OfficeOptions,
    Option,
    Problem,
    SharedItem,
)


class PlanDoesNotHold(ValueError):
    """A plan that breaks one of its own conditions."""


def total_cost(problem: Problem, bought: Iterable[str]) -> Decimal:
    """Add up what is bought, exactly."""
    codes = set(bought)
    return sum((price for code, _, price in _lines(problem) if code in codes), Decimal(0))


def _lines(problem: Problem) -> Iterator[tuple[str, str, Decimal]]:
    """Yield code, country and cost of everything that may be bought."""
    for office in problem.offices:
        for lever in office.levers:
            for one in lever.options:
                yield one.code, office.country, one.cost
    for item in problem.shared:
        yield item.code, item.country, item.cost


def passed(
    office: OfficeOptions, bought: frozenset[str], shared: Iterable[SharedItem]
) -> dict[str, frozenset[str]]:
    """Return the events each lever passes in an office, with what is bought.

    Returns:
        By lever: what passes today, by the options and by the country's shared items together.
    """
    found = {}
    items = [one for one in shared if one.code in bought and one.country == office.country]
    for lever in office.levers:
        events = lever.today
        for option in lever.options:
            if option.code in bought:
                events |= option.passes
        for item in items:
            if item.lever is lever.lever:
                events |= item.passes.get(office.code, frozenset())
        found[lever.lever.value] = events
    return found


def best_events(problem: Problem, bought: frozenset[str]) -> dict[str, str]:
    """Return the most valuable event of each office with what is bought; `E0` where none."""
    found = {}
    for office in problem.offices:
        levers = passed(office, bought, problem.shared).values()
        best = NO_EVENT
        for event in problem.events():
            if all(event in one for one in levers) and (
                problem.values[event] >= problem.values[best]
            ):
                best = event
        found[office.code] = best
    return found


def plan_value(problem: Problem, events: Mapping[str, str]) -> Decimal:
    """Return the sum of weight * value over the offices, exactly."""
    return sum(
        (office.weight * problem.values[events[office.code]] for office in problem.offices),
        Decimal(0),
    )


def faults(problem: Problem, limits: Limits, bought: Iterable[str]) -> tuple[str, ...]:
    """Name every condition that a choice breaks, counted in decimals.

    Conditions: one option an office and lever; cost within the budget; caps; floors; nothing
    excluded; nothing unknown.
    """
    codes = frozenset(bought)
    lines = {code: (country, price) for code, country, price in _lines(problem)}
    found = [f"{code}: not on offer." for code in sorted(codes - set(lines))]
    found += [f"{code}: excluded." for code in sorted(_excluded(problem, limits) & codes)]
    for office in problem.offices:
        for lever in office.levers:
            if sum(one.code in codes for one in lever.options) > 1:
                found.append(f"{office.code}: two options for {lever.lever.value}.")
    total = total_cost(problem, codes)
    if total > limits.budget:
        found.append(f"costs {total}, the budget is {limits.budget}.")
    spent: dict[str, Decimal] = {}
    for code in codes & set(lines):
        country, price = lines[code]
        spent[country] = spent.get(country, Decimal(0)) + price
    for country, cap in limits.caps.items():
        if spent.get(country, Decimal(0)) > cap:
            found.append(f"{country}: {spent[country]} is above its cap of {cap}.")
    found += floor_faults(problem, limits, best_events(problem, codes))
    return tuple(found)


def floor_faults(problem: Problem, limits: Limits, events: Mapping[str, str]) -> Iterator[str]:
    """Yield the floors that are not met."""
    order = list(problem.values)
    countries = {office.code: office.country for office in problem.offices}
    for floor in limits.floors:
        least = order.index(floor.event)
        count = sum(
            countries[office] == floor.country and order.index(event) >= least
            for office, event in events.items()
        )
        if count < floor.minimum:
            yield f"{floor.country}: {count} offices host {floor.event}, the floor is {floor.minimum}."


def _excluded(problem: Problem, limits: Limits) -> set[str]:
    def is_out(one: Option) -> bool:
        return bool({one.code, *one.packages} & limits.excluded)

    options = {
        one.code
        for office in problem.offices
        for lever in office.levers
        for one in lever.options
        if is_out(one)
    }
    return options | {
        one.code for one in problem.shared if {one.code, one.package} & limits.excluded
    }


def check(problem: Problem, limits: Limits, bought: Iterable[str]) -> None:
    """Refuse a choice that breaks a condition.

    Raises:
        PlanDoesNotHold: naming every condition it breaks.
    """
    found = faults(problem, limits, bought)
    if found:
        raise PlanDoesNotHold("; ".join(found))
