"""The latest plan of a budget as an edition of the report tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from serai.base.access import Viewer
from serai.members.access import SECRETARIAT
from serai.readiness import access
from serai.readiness.models import Office, ScenarioRun
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.plans import PointOfFrontier, in_languages
from serai.readiness.queries.released import plans_let_out, released_plan
from serai.readiness.queries.reported import Whose
from serai.readiness.states import Edition


@dataclass(frozen=True)
class LineTold:
    """One package for an office, or shared by a country: `office` then is empty.

    Attributes:
        place: the office's name, else its country's.
    """

    office: str
    iso3: str
    place: str
    package: str
    name: str
    cost: Decimal
    chosen_share: float | None


@dataclass(frozen=True)
class HostTold:
    """Which event an office hosts on the plan's day, and by the plan."""

    place: str
    today: str
    planned: str


@dataclass(frozen=True)
class PlanTold:
    """A plan as these readers see it.

    Attributes:
        budget, value, cost, gap: only where they read all of it; else None.
        hosts: offices of the plan, in the order of the edition.
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
    hosts: tuple[HostTold, ...]
    frontier: tuple[PointOfFrontier, ...]
    unpriced: tuple[str, ...]
    sample: bool


def plan_told(
    viewer: Viewer, day: date, whose: Whose, offices: Mapping[str, Office], *, sample: bool
) -> PlanTold | None:
    """Return the latest plan solved by a day; None for none, or none of these readers' lines.

    Args:
        viewer: with whose rights the report is made.
        day: plans of after it are left out.
        whose: the edition.
        offices: those it shows, by number.
        sample: whether these are sample offices: real plans and sample ones are not mixed.
    """
    if whose.edition is Edition.PUBLIC:  # No plan is ever let out to it.
        return None
    if whose.edition is Edition.RELEASED:
        return _let_out(viewer, day, sample=sample)
    found = (
        ScenarioRun.objects.filter(state__in=access.PLANNED, ended_at__date__lte=day, sample=sample)
        .select_related("scenario__framework")
        .order_by("-ended_at", "-id")
        .first()
    )
    if found is None or not found.plan:
        return None
    is_whole = whose.edition is Edition.SECRETARIAT and SECRETARIAT in viewer.keys
    lines = tuple(_lines(whose, offices, found, is_whole=is_whole))
    if not lines and not is_whole:
        return None
    today, planned = found.plan.get("today", {}), found.plan.get("events", {})
    hosts = tuple(
        HostTold(one.name, today.get(number, ""), planned[number])
        for number, one in offices.items()
        if number in planned
    )
    return _whole(found, lines, hosts) if is_whole else _told(found, lines, hosts)


def _told(found: ScenarioRun, lines: tuple[LineTold, ...], hosts: tuple[HostTold, ...]) -> PlanTold:
    """Tell lines and events, and nothing of what the whole plan costs and reaches."""
    asked = found.basis["asked"]
    return PlanTold(
        public_id=found.public_id, currency=asked["currency"], years=asked["years"], is_whole=False,
        budget=None, value=None, cost=None, gap=None, greedy_value=None, greedy_cost=None,
        lines=lines, hosts=hosts, frontier=(), unpriced=(), sample=found.sample,
    )  # fmt: skip


def _whole(
    found: ScenarioRun, lines: tuple[LineTold, ...], hosts: tuple[HostTold, ...]
) -> PlanTold:
    greedy = found.greedy or {}
    has_greedy = "value" in greedy
    return replace(
        _told(found, lines, hosts),
        is_whole=True, budget=Decimal(found.basis["asked"]["budget"]), value=found.value,
        cost=found.cost, gap=found.gap,
        greedy_value=Decimal(greedy["value"]) if has_greedy else None,
        greedy_cost=Decimal(greedy["cost"]) if has_greedy else None,
        frontier=tuple(map(_point, found.frontier)), unpriced=tuple(found.basis["unpriced"]),
    )  # fmt: skip


def _lines(
    whose: Whose, offices: Mapping[str, Office], found: ScenarioRun, *, is_whole: bool
) -> Iterator[LineTold]:
    """Yield the lines these readers see: own offices', and what their country shares."""
    names = {one.code: one.name for one in definition_of(found.scenario.framework).packages}
    language = get_language() or "en"
    countries = {
        one.organisation.member.iso3: one.organisation.member.shown_name.pick(language)[0]
        for one in offices.values()
        if one.organisation.member
    }
    chosen = found.plan.get("chosen", {})
    for one in found.plan.get("lines", []):
        number, iso3 = one["office"], one["country"]
        is_shared = is_whole or (whose.edition is Edition.COUNTRY and iso3 == whose.iso3)
        if not (number in offices if number else is_shared):
            continue
        place = offices[number].name if number else countries.get(iso3, iso3)
        name = in_languages(names.get(one["package"], {}), one["package"]).pick(language)[0]
        share = chosen.get(one["option"]) if is_whole else None
        yield LineTold(number, iso3, place, one["package"], name, Decimal(one["cost"]), share)


def _let_out(viewer: Viewer, day: date, *, sample: bool) -> PlanTold | None:
    """Tell of the newest plan what countries let out of it, as their released pages do."""
    language = get_language() or "en"
    found = plans_let_out(viewer, day, is_sample=sample)
    lines: list[LineTold] = []
    hosts: list[HostTold] = []
    for one in found:
        told = released_plan(viewer, one)
        country = told.country.pick(language)[0]
        lines += [
            LineTold(
                each.office, one.country.iso3, each.office or country, "",
                each.package.pick(language)[0], each.cost, None,
            )
            for each in told.lines
        ]  # fmt: skip
        hosts += [HostTold(*each) for each in told.offices]
    run = found[-1].run if found else None
    return _told(run, tuple(lines), tuple(hosts)) if run else None


def _point(one: Mapping[str, Any]) -> PointOfFrontier:
    value, cost = one["value"], one["cost"]
    return PointOfFrontier(
        Decimal(one["budget"]),
        None if value is None else Decimal(value),
        None if cost is None else Decimal(cost),
        one["gain"],
    )
