"""What a plan is counted from: the facts of assessments, packages and prices, frozen by number."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from serai.calc.readiness import packages as calc
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.facts import Fact as OneFact
from serai.calc.readiness.facts import Grade, OfficeFacts, Scope, UnknownValue
from serai.calc.readiness.problem import Floor, Limits
from serai.readiness.models import Assessment, Fact, Framework, Price, Scenario, ScenarioRun
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.gates import gates_of, with_gate
from serai.readiness.states import AssessmentState

COUNTED = (AssessmentState.UNDER_REVIEW, AssessmentState.SCORED)
"""States in which an assessment is counted with where its office has no confirmed one."""


@dataclass(frozen=True, slots=True)
class Basis:
    """What a run is counted with, by number.

    Attributes:
        offices: public numbers, in the assessments' order.
        digest: of the facts as they were; facts of an open assessment may change later.
        unpriced: codes of packages without a price in the scenario's currency.
        asked: the scenario as it was.
    """

    assessments: tuple[int, ...]
    offices: tuple[str, ...]
    prices: tuple[int, ...]
    digest: str
    unpriced: tuple[str, ...]
    asked: Mapping[str, object]

    def to_json(self) -> dict[str, object]:
        """Write it as a run keeps it."""
        return {
            "assessments": list(self.assessments), "offices": list(self.offices),
            "prices": list(self.prices), "digest": self.digest,
            "unpriced": list(self.unpriced), "asked": dict(self.asked),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """What calc is given.

    Attributes:
        prices: by package and country; "" for everywhere.
        is_changed: the facts are not those of the run's basis any more.
    """

    definition: Definition
    offices: tuple[OfficeFacts, ...]
    prices: Mapping[tuple[str, str], calc.Price]
    factors: Mapping[str, Decimal]
    years: int
    limits: Limits
    excluded_offices: frozenset[str]
    values: Mapping[str, Decimal]
    is_changed: bool

    def cost_of(self, package: str, country: str) -> Decimal | None:
        """Return what a package costs in a country over the years; None without a price."""
        price = self.prices.get((package, country)) or self.prices.get((package, ""))
        if price is None:
            return None
        return calc.cost(price, self.factors.get(country, Decimal(1)), self.years)


def counted_assessments(framework: Framework) -> list[Assessment]:
    """Return for each open office its confirmed assessment, else the one scored."""
    found = (
        Assessment.objects.filter(
            office__is_closed=False,
            office__initiative=framework.initiative_id,
            state__in=[AssessmentState.CONFIRMED, *COUNTED],
        )
        .select_related("office__organisation__member")
        .order_by("office_id", "id")
    )
    return list(best_of(found).values())


def best_of(found: Iterable[Assessment]) -> dict[int, Assessment]:
    """Return by office its confirmed assessment, else the latest given; they come in order."""
    best: dict[int, Assessment] = {}
    for one in found:
        held = best.get(one.office_id)
        if held is None or held.state != AssessmentState.CONFIRMED:
            best[one.office_id] = one
    return best


def _prices(currency: str, day: date) -> list[Price]:
    """Return the price that holds on a day, for each package and country."""
    found = Price.objects.filter(currency=currency, priced_on__lte=day).select_related("country")
    latest = {(one.package, one.country_id): one for one in found.order_by("priced_on", "id")}
    return sorted(latest.values(), key=lambda one: one.pk)


def basis_of(scenario: Scenario, day: date) -> Basis:
    """Choose what a scenario is counted with on a day."""
    chosen = counted_assessments(scenario.framework)
    prices = _prices(scenario.currency, day)
    priced = {one.package for one in prices}
    packages = definition_of(scenario.framework).packages
    return Basis(
        tuple(one.pk for one in chosen),
        tuple(one.office.public_id for one in chosen),
        tuple(one.pk for one in prices),
        digest(chosen),
        tuple(one.code for one in packages if one.code not in priced),
        asked_of(scenario),
    )


def asked_of(scenario: Scenario) -> dict[str, object]:
    """Write a scenario's wishes plainly: what a run keeps of it."""
    return {
        "budget": str(scenario.budget), "currency": scenario.currency, "years": scenario.years,
        "factors": scenario.factors, "floors": scenario.floors, "caps": scenario.caps,
        "exclusions": scenario.exclusions, "values": scenario.values,
    }  # fmt: skip


def digest(assessments: Sequence[Assessment]) -> str:
    """Return a short print of all facts of assessments, the same as long as none changes."""
    rows = (
        Fact.objects.filter(assessment__in=assessments)
        .order_by("assessment_id", "room_id", "key")
        .values_list("assessment_id", "room_id", "key", "value", "grade")
    )
    written = json.dumps([list(row) for row in rows], sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def plan_inputs(run: ScenarioRun) -> PlanInputs:
    """Read what a run's basis names."""
    definition = definition_of(run.scenario.framework)
    basis = run.basis
    asked = basis["asked"]
    assessments = list(
        Assessment.objects.filter(pk__in=basis["assessments"])
        .select_related("office__organisation__member")
        .order_by("office_id")
    )
    prices = Price.objects.filter(pk__in=basis["prices"]).select_related("country")
    left_out = set(asked["exclusions"])
    gates = gates_of([one.pk for one in assessments])
    offices = tuple(
        with_gate(facts, gates[one.pk], definition)
        for one, facts in zip(assessments, facts_of(assessments, definition), strict=True)
    )
    codes = {one.code for one in offices}
    ladder = {one.code: one.value for one in definition.ladder.events}
    return PlanInputs(
        definition=definition,
        offices=offices,
        prices={
            (one.package, one.country.iso3 if one.country else ""): calc.Price(
                one.package, one.capex, one.opex_per_year
            )
            for one in prices
        },
        factors=_decimals(asked["factors"]),
        years=asked["years"],
        limits=Limits(
            Decimal(asked["budget"]),
            tuple(
                Floor(country, one["event"], one["offices"])
                for country, one in sorted(asked["floors"].items())
            ),
            _decimals(asked["caps"]),
            frozenset(left_out - codes),
        ),
        excluded_offices=frozenset(left_out & codes),
        values=ladder | _decimals(asked["values"]),
        is_changed=digest(assessments) != basis["digest"],
    )


def _decimals(found: Mapping[str, object]) -> dict[str, Decimal]:
    return {code: Decimal(str(value)) for code, value in found.items()}


def facts_of(assessments: Iterable[Assessment], definition: Definition) -> tuple[OfficeFacts, ...]:
    """Return what assessments say of their offices; two queries at most.

    What a framework does not know, or says otherwise by now, is left out: it counts as missing.
    """
    listed = list(assessments)
    held: dict[int, dict[str, dict[str, OneFact]]] = {one.pk: {} for one in listed}
    rows = Fact.objects.filter(assessment__in=held).select_related("room").order_by("id")
    for row in rows:
        if not _is_known(row, definition):
            continue
        room = row.room.key if row.room else ""
        held[row.assessment_id].setdefault(room, {})[row.key] = OneFact(
            row.key, row.value, Grade(row.grade), Scope(row.scope), room, row.unit,
            row.known_on, row.is_thin, row.is_stale, row.source,
        )  # fmt: skip
    return tuple(
        OfficeFacts(
            one.office.public_id,
            one.office.organisation.member.iso3 if one.office.organisation.member else "",
            held[one.pk].get("", {}),
            {room: facts for room, facts in held[one.pk].items() if room},
        )
        for one in listed
    )


def _is_known(row: Fact, definition: Definition) -> bool:
    if row.key not in definition.keys:
        return False
    try:
        if row.value is not None:
            definition.keys[row.key].rank(row.value)
    except UnknownValue:
        return False
    return True
