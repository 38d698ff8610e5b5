"""The latest plan of a budget as an edition of the report tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.members.access import SECRETARIAT
from serai.readiness import access
from serai.readiness.models import ScenarioRun
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plans import PointOfFrontier
from serai.readiness.queries.report_released import released_lines
from serai.readiness.queries.reported import Whose
from serai.readiness.states import Edition


@dataclass(frozen=True)
class LineTold:
    """One package for an office, or shared by a country; `office` is empty for what is shared."""

    office: str
    iso3: str
    package: str
    name: str
    cost: Decimal
    chosen_share: float | None


@dataclass(frozen=True)
class PlanTold:
    """A plan as these readers see it.

    Attributes:
        budget, value, cost, gap: only where they read all of it; else None.
        events: by office, the event it hosts by the plan.
        frontier: empty where they do not read all of it.
    """

    public_id: str
    currency: str
    years: int
    is_whole: bool
    budget: Decimal | None
    value: Decimal | None
    cost: Decimal | None
    gap: float | None
    greedy_value: Decimal | None
    greedy_cost: Decimal | None
    lines: tuple[LineTold, ...]
    today: Mapping[str, str]
    events: Mapping[str, str]
    frontier: tuple[PointOfFrontier, ...]
    unpriced: tuple[str, ...]
    sample: bool


def plan_told(
    viewer: Viewer, day: date, whose: Whose, offices: Mapping[str, str], *, sample: bool
) -> PlanTold | None:
    """Return the latest plan solved by a day; None for none, or none of these readers' lines.

    Args:
        viewer: with whose rights the report is made.
        day: plans of after it are left out.
        whose: the edition.
        offices: those it shows, by number, with the code of their country.
        sample: whether these are sample offices: real plans and sample ones are not mixed.
    """
    found = (
        ScenarioRun.objects.filter(state__in=access.PLANNED, ended_at__date__lte=day, sample=sample)
        .select_related("scenario__framework")
        .order_by("-ended_at", "-id")
        .first()
    )
    if found is None or not found.plan:
        return None
    is_whole = whose.edition is Edition.SECRETARIAT and SECRETARIAT in viewer.keys
    lines = tuple(_lines(viewer, day, whose, offices, found, is_whole=is_whole))
    if not lines and not is_whole:
        return None
    asked, greedy = found.basis["asked"], found.greedy or {}
    has_greedy = is_whole and "value" in greedy
    return PlanTold(
        public_id=found.public_id, currency=asked["currency"], years=asked["years"],
        is_whole=is_whole, budget=Decimal(asked["budget"]) if is_whole else None,
        value=found.value if is_whole else None, cost=found.cost if is_whole else None,
        gap=found.gap if is_whole else None,
        greedy_value=Decimal(greedy["value"]) if has_greedy else None,
        greedy_cost=Decimal(greedy["cost"]) if has_greedy else None,
        lines=lines, today=_of(found.plan.get("today", {}), offices),
        events=_of(found.plan.get("events", {}), offices),
        frontier=tuple(map(_point, found.frontier)) if is_whole else (),
        unpriced=tuple(found.basis["unpriced"]) if is_whole else (), sample=found.sample,
    )  # fmt: skip


def _of(told: Mapping[str, str], offices: Mapping[str, str]) -> dict[str, str]:
    return {number: event for number, event in told.items() if number in offices}


def _lines(
    viewer: Viewer, day: date, whose: Whose, offices: Mapping[str, str], found: ScenarioRun,
    *, is_whole: bool,
) -> Iterator[LineTold]:  # fmt: skip
    """Yield the lines these readers see: own offices', and what their country shares."""
    countries: frozenset[str] | None = None
    shared = frozenset({whose.iso3}) if whose.edition is Edition.COUNTRY else frozenset()
    if whose.edition is Edition.RELEASED:
        countries = shared = released_lines(viewer, found.pk, day)
    names = {one.code: one.name for one in definition_of(found.scenario.framework).packages}
    language = get_language() or "en"
    chosen = found.plan.get("chosen", {})
    for one in found.plan.get("lines", []):
        office, iso3 = one["office"], one["country"]
        is_theirs = office in offices if office else is_whole or iso3 in shared
        if not is_theirs or (countries is not None and iso3 not in countries):
            continue
        texts = names.get(one["package"], {})
        name = texts.get(language) or texts.get("en") or one["package"]
        share = chosen.get(one["option"]) if is_whole else None
        yield LineTold(office, iso3, one["package"], name, Decimal(one["cost"]), share)


def _point(one: Mapping[str, Any]) -> PointOfFrontier:
    value, cost = one["value"], one["cost"]
    return PointOfFrontier(
        Decimal(one["budget"]),
        None if value is None else Decimal(value),
        None if cost is None else Decimal(cost),
        one["gain"],
    )
