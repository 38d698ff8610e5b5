"""Scenarios and their runs; of a plan others than the secretariat read their own lines alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import override

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.definition import Definition
from serai.members.access import keys_after
from serai.readiness import access
from serai.readiness.models import Framework, Office, Scenario, ScenarioRun
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.plan_inputs import counted_assessments
from serai.readiness.states import RunState

LATEST_OWN = 30


@dataclass(frozen=True)
class ScenarioRow:
    """One scenario with the latest of its runs; `run` is empty before the first."""

    public_id: str
    name: str
    budget: Decimal
    currency: str
    years: int
    run: str
    state: str
    value: Decimal | None
    cost: Decimal | None
    sample: bool


@dataclass(frozen=True)
class RunRow:
    """One run of a scenario; without its name for whoever reads their own lines alone."""

    public_id: str
    name: str
    queued_at: datetime
    state: str
    value: Decimal | None
    cost: Decimal | None
    budget: Decimal
    currency: str
    sample: bool


@dataclass(frozen=True)
class PlaceToPlan:
    """A country of a plan, with the offices in it."""

    iso3: str
    name: TranslatedText
    offices: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PlanChoices:
    """What a scenario's form offers."""

    places: tuple[PlaceToPlan, ...]
    packages: tuple[tuple[str, TranslatedText], ...]
    events: tuple[tuple[str, TranslatedText, Decimal], ...]


@dataclass(frozen=True)
class PlanLine:
    """One package for an office, or for all of a country.

    Attributes:
        chosen_share: of the frontier's budgets with a plan, how many buy this line (0 to 1).
    """

    office: str
    office_name: str
    country: str
    country_name: TranslatedText
    package: str
    package_name: TranslatedText
    cost: Decimal
    chosen_share: float | None


@dataclass(frozen=True)
class OfficeInPlan:
    """One office: the event it hosts today, in the plan and by the greedy list."""

    public_id: str
    name: str
    country: str
    country_name: TranslatedText
    today: str
    planned: str
    by_greedy: str
    bought: tuple[PlanLine, ...]
    bought_by_greedy: tuple[PlanLine, ...]

    @property
    def cost(self) -> Decimal:
        """Return what the plan buys for this office alone."""
        return sum((one.cost for one in self.bought), Decimal(0))


@dataclass(frozen=True)
class PointOfFrontier:
    """What one budget buys; no value where there is no plan."""

    budget: Decimal
    value: Decimal | None
    cost: Decimal | None
    gain: float | None


@dataclass(frozen=True)
class PlanPage:
    """A run as its reader sees it.

    Attributes:
        is_whole: the reader sees all of it; else their own offices' lines alone.
        shared: what is bought once for a country.
        unpriced: codes of packages that could not be offered, for want of a price.
    """

    is_whole: bool
    offices: tuple[OfficeInPlan, ...]
    shared: tuple[PlanLine, ...]
    frontier: tuple[PointOfFrontier, ...]
    chosen: tuple[PlanLine, ...]
    greedy_value: Decimal | None
    greedy_cost: Decimal | None
    greedy_status: str
    unpriced: tuple[str, ...]
    is_changed: bool
    budget: Decimal
    currency: str
    years: int


# ---------------------------------------------------------------- scenarios
def _scenarios(viewer: Viewer) -> QuerySet[Scenario]:
    """Return the scenarios of the initiatives a viewer keeps."""
    found = Scenario.objects.select_related("framework__initiative")
    if not viewer.holds_any(("officer", "coordinator"), ""):
        codes = viewer.scopes("officer") | viewer.scopes("coordinator")
        found = found.filter(framework__initiative__code__in=codes)
    return found


def scenarios(viewer: Viewer) -> list[ScenarioRow]:
    """Return the scenarios a viewer keeps, the latest first; one query."""
    if not access.may_see_agencies(viewer):
        return []
    runs = ScenarioRun.objects.filter(scenario=OuterRef("pk")).order_by("-id")
    found = _scenarios(viewer).annotate(
        state=Subquery(runs.values("state")[:1]),
        value=Subquery(runs.values("value")[:1]),
        cost=Subquery(runs.values("cost")[:1]),
        run=Subquery(runs.values("public_id")[:1]),
    )
    return [
        ScenarioRow(
            one.public_id, one.name, one.budget, one.currency, one.years,
            one.run or "", one.state or "", one.value, one.cost, one.sample,
        )
        for one in found.order_by("-id")
    ]  # fmt: skip


def scenario(viewer: Viewer, public_id: str) -> Scenario:
    """Return one scenario.

    Raises:
        NotFound: if there is none this viewer keeps.
    """
    found = _scenarios(viewer).filter(public_id=public_id).first()
    if found is None or not access.may_plan(viewer, found):
        raise NotFound(public_id)
    return found


def framework_to_plan(viewer: Viewer) -> Framework:
    """Return the framework in use that a viewer may plan by.

    Raises:
        NotFound: if none is in use, or the viewer keeps none.
    """
    found = Framework.objects.filter(state="in_use").select_related("initiative")
    for one in found.order_by("-number"):
        if access.may_plan(viewer, one):
            return one
    raise NotFound("framework")


def plan_choices(framework: Framework) -> PlanChoices:
    """Return countries, offices, packages and events a scenario may name; two queries."""
    places: dict[str, PlaceToPlan] = {}
    for one in counted_assessments(framework):
        member = one.office.organisation.member
        if member is None:
            continue
        held = places.get(member.iso3)
        offices = held.offices if held else ()
        named = (one.office.public_id, one.office.name)
        places[member.iso3] = PlaceToPlan(member.iso3, member.shown_name, (*offices, named))
    definition = definition_of(framework)
    return PlanChoices(
        tuple(places[code] for code in sorted(places)),
        tuple((one.code, in_languages(one.name, one.code)) for one in definition.packages),
        tuple(
            (one.code, in_languages(one.name, one.code), one.value)
            for one in definition.ladder.events
        ),
    )


def in_languages(texts: Mapping[str, str], code: str) -> TranslatedText:
    """Make a text of a framework's words; its code where it has none."""
    return TranslatedText.in_languages(texts) if texts else TranslatedText.of(code)


# ---------------------------------------------------------------- runs
def run_by_pk(number: int) -> ScenarioRun | None:
    """Return a run by its number, for the job that solves it."""
    return _runs().filter(pk=number).first()


def _runs() -> QuerySet[ScenarioRun]:
    return ScenarioRun.objects.select_related("scenario__framework__initiative")


def run_path(run: ScenarioRun) -> str:
    """Return where a run is read, from the language on."""
    with override("en"):
        return reverse("readiness:plan", args=[run.public_id]).removeprefix("/en")


def plan_run(viewer: Viewer, public_id: str) -> ScenarioRun:
    """Return one run that a viewer may read, wholly or their own lines of.

    Raises:
        NotFound: if there is none, or none of its offices is theirs.
    """
    found = _runs().filter(public_id=public_id).first()
    if found is None or not access.may_see_plan(viewer, found):
        raise NotFound(public_id)
    if not access.is_staff(viewer, found) and not _own(viewer, found.basis["offices"]).exists():
        raise NotFound(public_id)
    return found


def _own(viewer: Viewer, numbers: Iterable[str]) -> QuerySet[Office]:
    return offices_seen(viewer).filter(public_id__in=list(numbers))


def runs_of(scenario: Scenario) -> list[RunRow]:
    """Return the runs of a scenario, the latest first."""
    return [_run_row(one) for one in _runs().filter(scenario=scenario).order_by("-id")]


def own_runs(viewer: Viewer) -> list[RunRow]:
    """Return the latest solved runs in which offices of a viewer stand; two queries."""
    # A scenario's name is the secretariat's own: it may tell the budget.
    return [replace(_run_row(one), name="") for one in _own_runs(viewer)]


def _own_runs(viewer: Viewer) -> list[ScenarioRun]:
    own = set(offices_seen(viewer).values_list("public_id", flat=True))
    if not own:
        return []
    found = _runs().filter(state__in=access.PLANNED).order_by("-id")[:LATEST_OWN]
    return [one for one in found if own & set(one.basis["offices"])]


def solved_runs(viewer: Viewer) -> list[ScenarioRun]:
    """Return the solved runs a viewer may open: of the scenarios they keep, else their own."""
    if access.may_see_agencies(viewer):
        kept = _scenarios(viewer).values("pk")
        return list(_runs().filter(scenario__in=kept, state__in=access.PLANNED).order_by("id"))
    return _own_runs(viewer)


def _run_row(one: ScenarioRun) -> RunRow:
    asked = one.basis["asked"]
    return RunRow(
        one.public_id, one.scenario.name, one.queued_at, one.state, one.value, one.cost,
        Decimal(asked["budget"]), asked["currency"], one.sample,
    )  # fmt: skip


def plan_page(viewer: Viewer, run: ScenarioRun) -> PlanPage:
    """Return a run as a viewer may read it; one query."""
    is_whole = access.is_staff(viewer, run)
    asked = run.basis["asked"]
    offices = list(_own(viewer, run.basis["offices"]))
    read = _Reader(definition_of(run.scenario.framework), offices, run, viewer, is_whole)
    simple = run.greedy or {}
    has_greedy = is_whole and "value" in simple
    return PlanPage(
        is_whole=is_whole,
        offices=tuple(read.office(one) for one in offices) if run.plan else (),
        shared=tuple(one for one in read.lines if not one.office),
        frontier=tuple(_point(one) for one in run.frontier) if is_whole else (),
        chosen=tuple(sorted(read.lines, key=lambda one: -(one.chosen_share or 0)))
        if is_whole
        else (),
        greedy_value=Decimal(simple["value"]) if has_greedy else None,
        greedy_cost=Decimal(simple["cost"]) if has_greedy else None,
        greedy_status=simple.get("status", "") if is_whole else "",
        unpriced=tuple(run.basis["unpriced"]) if is_whole else (),
        is_changed=bool(run.plan.get("is_changed")),
        budget=Decimal(asked["budget"]),
        currency=asked["currency"],
        years=asked["years"],
    )


def _point(one: Mapping[str, Any]) -> PointOfFrontier:
    value, cost = one["value"], one["cost"]
    return PointOfFrontier(
        Decimal(one["budget"]),
        Decimal(value) if value is not None else None,
        Decimal(cost) if cost is not None else None,
        one["gain"],
    )


class _Reader:
    """Reads the lines of a run that a viewer may see."""

    def __init__(
        self, definition: Definition, offices: list[Office], run: ScenarioRun, viewer: Viewer,
        is_whole: bool,
    ) -> None:  # fmt: skip
        self.packages = {one.code: one.name for one in definition.packages}
        self.offices = {one.public_id: one for one in offices}
        self.countries = {
            one.organisation.member.iso3: one.organisation.member.shown_name
            for one in offices
            if one.organisation.member
        }
        # What is shared by a country is the country's to read, not one agency's.
        spoken_for = set(self.countries) if is_whole else set(keys_after(viewer, "country"))
        self.shared_of = spoken_for & set(self.countries)
        self.run = run
        self.lines = self._read(run.plan)
        self.by_greedy = self._read(run.greedy) if is_whole else ()

    def _read(self, plan: Mapping[str, Any]) -> tuple[PlanLine, ...]:
        chosen = self.run.plan.get("chosen", {})
        return tuple(
            self._line(one, chosen.get(one["option"]))
            for one in plan.get("lines", [])
            if one["office"] in self.offices
            or (not one["office"] and one["country"] in self.shared_of)
        )

    def _line(self, one: Mapping[str, Any], share: float | None) -> PlanLine:
        office = self.offices.get(one["office"])
        code = one["package"]
        return PlanLine(
            office=one["office"],
            office_name=office.name if office else "",
            country=one["country"],
            country_name=self.countries.get(one["country"], TranslatedText.of(one["country"])),
            package=code,
            package_name=in_languages(self.packages.get(code, {}), code),
            cost=Decimal(one["cost"]),
            chosen_share=share,
        )

    def office(self, office: Office) -> OfficeInPlan:
        """Return one office of the plan."""
        number = office.public_id
        member = office.organisation.member
        return OfficeInPlan(
            public_id=number,
            name=office.name,
            country=member.iso3 if member else "",
            country_name=member.shown_name if member else TranslatedText(),
            today=self.run.plan.get("today", {}).get(number, ""),
            planned=self.run.plan.get("events", {}).get(number, ""),
            by_greedy=self.run.greedy.get("events", {}).get(number, "") if self.by_greedy else "",
            bought=tuple(one for one in self.lines if one.office == number),
            bought_by_greedy=tuple(one for one in self.by_greedy if one.office == number),
        )


def is_ended(run: ScenarioRun) -> bool:
    """Tell whether a run has come to an end."""
    return run.state not in {RunState.QUEUED, RunState.RUNNING}
