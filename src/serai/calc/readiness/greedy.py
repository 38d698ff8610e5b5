"""The plan anybody would draw up: best gain for the money first, blind to shared items."""

from decimal import Decimal

from serai.calc.readiness.problem import (
    Limits,
    OfficeOptions,
    Option,
    Plan,
    PlanStatus,
    Problem,
    allowed,
)
from serai.calc.readiness.recheck import best_events, floor_faults, plan_value, total_cost


class _Purse:
    """What has been chosen so far, office by office, and what is left."""

    def __init__(self, problem: Problem, limits: Limits) -> None:
        self.problem, self.limits = problem, limits
        self.chosen: dict[str, dict[str, Option]] = {one.code: {} for one in problem.offices}
        self.events = best_events(problem, frozenset())
        self.spent = Decimal(0)
        self.by_country: dict[str, Decimal] = {}

    def step(self, office: OfficeOptions, event: str) -> tuple[Decimal, dict[str, Option]] | None:
        """Return the extra cost of an office's reaching an event, and what it buys; None if never.

        What was chosen for a lever before is given up for it: nothing is bought yet.
        """
        extra, buys = Decimal(0), {}
        for lever in office.levers:
            held = self.chosen[office.code].get(lever.lever.value)
            if event in lever.today or (held is not None and event in held.passes):
                continue
            fit = [one for one in lever.options if event in one.passes]
            if not fit:
                return None
            best = min(fit, key=lambda one: (one.cost, one.code))
            extra += best.cost - (held.cost if held is not None else 0)
            buys[lever.lever.value] = best
        return extra, buys

    def affords(self, country: str, extra: Decimal) -> bool:
        """Tell whether budget and cap allow it."""
        cap = self.limits.caps.get(country)
        within = cap is None or self.by_country.get(country, Decimal(0)) + extra <= cap
        return within and self.spent + extra <= self.limits.budget

    def take(self, office: OfficeOptions, extra: Decimal, buys: dict[str, Option]) -> None:
        """Choose."""
        self.chosen[office.code].update(buys)
        self.spent += extra
        spent = self.by_country.get(office.country, Decimal(0))
        self.by_country[office.country] = spent + extra
        codes = frozenset(one.code for one in self.chosen[office.code].values())
        alone = Problem(self.problem.values, (office,))
        self.events[office.code] = best_events(alone, codes)[office.code]

    def bought(self) -> frozenset[str]:
        """Return the codes chosen."""
        return frozenset(one.code for own in self.chosen.values() for one in own.values())


def greedy(problem: Problem, limits: Limits) -> Plan:
    """Take step after step: the affordable one with the most value for its extra cost.

    Floors are not aimed at, shared items not seen. Of equals the cheaper step, then by office.

    Returns:
        A plan; its status is `BEST_FOUND`, or `INFEASIBLE` where the floors are not met.
    Source: docs/methods/budget-plan.md, "Greedy list".
    """
    useful = allowed(problem, limits)
    blind = Problem(useful.values, useful.offices)
    purse = _Purse(blind, limits)
    steps = {office.code: _steps(purse, office) for office in blind.offices}
    offices = {office.code: office for office in blind.offices}
    while True:
        best = min(
            (
                step
                for own in steps.values()
                for step in own
                if purse.affords(offices[step[2]].country, step[1])
            ),
            key=lambda step: step[:4],
            default=None,
        )
        if best is None:
            break
        office = offices[best[2]]
        purse.take(office, best[1], best[4])
        steps[office.code] = _steps(purse, office)
    return _plan(blind, limits, purse)


_Step = tuple[Decimal, Decimal, str, str, dict[str, Option]]


def _steps(purse: _Purse, office: OfficeOptions) -> list[_Step]:
    """List an office's steps up: minus gain by cost, extra cost, office, event, what it buys."""
    values = purse.problem.values
    found: list[_Step] = []
    now = values[purse.events[office.code]]
    for event in purse.problem.events():
        gain = office.weight * (values[event] - now)
        step = purse.step(office, event) if gain > 0 else None
        if step is not None:
            extra, buys = step
            ratio = gain / extra if extra > 0 else Decimal("Infinity")
            found.append((-ratio, extra, office.code, event, buys))
    return found


def _plan(problem: Problem, limits: Limits, purse: _Purse) -> Plan:
    bought = purse.bought()
    events = best_events(problem, bought)
    unmet = list(floor_faults(problem, limits, events))
    value = plan_value(problem, events)
    return Plan(
        PlanStatus.INFEASIBLE if unmet else PlanStatus.BEST_FOUND,
        value,
        total_cost(problem, bought),
        tuple(sorted(bought)),
        events,
    )
