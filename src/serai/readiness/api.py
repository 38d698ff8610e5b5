"""What readiness answers in the open API, through the queries of its pages; never a security answer.

Each asker gets the offices whose results they read: their own, their country's, an initiative's.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Protocol, TypeVar

from ninja import Query, Router, Schema

from serai.base.access import ServedRequest, signed_in
from serai.base.api import Page, PageAsked, page_of, reads, texts
from serai.readiness import actions
from serai.readiness.queries import codebook, offices, plans
from serai.readiness.queries.forecast_rows import ForecastRow, forecast_rows

if TYPE_CHECKING:
    from serai.readiness.models import ScenarioRun

router = Router()


def _noted(
    request: ServedRequest, page: dict[str, object], numbers: Iterable[int]
) -> dict[str, object]:
    """Note for the agencies who reads these results, and hand the page on."""
    actions.note_readings(numbers=numbers, way="api", by=request.viewer, now=request.now)
    return page


class DimensionShown(Schema):
    """One dimension: a score where enough is known, its interval always, 0 to 100; shares 0 to 1."""

    score: float | None
    low: float
    high: float
    known: float
    measured: float


class OfficeShown(Schema):
    """One office and where it stands; `state` and `as_of` are null before there are results."""

    id: str
    name: str
    organisation: dict[str, str]
    country: str
    state: str | None
    as_of: date | None
    score: float | None
    low: float | None
    high: float | None
    known: float
    measured: float
    attends_up_to: str | None
    hosts_up_to: str | None
    dimensions: dict[str, DimensionShown]
    sample: bool


class OfficesAsked(PageAsked):
    """Offices of one member by its ISO 3166 code, or of all."""

    country: str = ""


@reads(
    router, "/offices", may=signed_in, response=Page[OfficeShown],
    summary="The offices whose results the asker reads, and where each stands",
)  # fmt: skip
def all_offices(request: ServedRequest, asked: Query[OfficesAsked]) -> dict[str, object]:
    """List the offices."""
    rows = offices.offices(request.viewer, country=asked.country)
    rows.sort(key=attrgetter("public_id"))
    page = page_of(request, rows, asked, key=lambda row: row.public_id, item=lambda row: row)
    shown: list[offices.OfficeRow] = page["items"]  # type: ignore[assignment]
    page["items"] = [_office(row) for row in shown]
    return _noted(request, page, [row.assessment_id for row in shown if row.assessment_id])


def _office(row: offices.OfficeRow) -> OfficeShown:
    return OfficeShown(
        id=row.public_id, name=row.name, organisation=texts(row.organisation), country=row.iso3,
        state=row.state or None, as_of=row.as_of, score=row.score, low=row.score_low,
        high=row.score_high, known=row.known_share, measured=row.measured_share,
        attends_up_to=row.headline_attend or None, hosts_up_to=row.headline_host or None,
        dimensions={
            code: DimensionShown(
                score=one.value, low=one.low, high=one.high, known=one.known_share,
                measured=one.measured_share,
            )
            for code, one in row.dimensions.items()
        },
        sample=row.sample,
    )  # fmt: skip


class FactShown(Schema):
    """One fact of one office, with its grade: measured, declared or missing."""

    office: str
    scope: str
    room: str | None
    fact: str
    value: float | str | None
    unit: str
    grade: str
    thin: bool
    stale: bool
    known_on: date | None
    as_of: date
    source: str
    sample: bool


class OfOffice(PageAsked):
    """Rows of one office by its number, or of all."""

    office: str = ""


class Numbered(Protocol):
    """A row of an office, with a number of its own."""

    @property
    def office_id(self) -> str:
        """Return the office's public number."""

    @property
    def assessment_id(self) -> int:
        """Return what it belongs to."""

    @property
    def number(self) -> int:
        """Return the row's own number."""


RowT = TypeVar("RowT", bound=Numbered)


def _of(rows: Iterable[RowT], office: str) -> list[RowT]:
    """Return the rows of one office, or all, by number."""
    return sorted((row for row in rows if office in {"", row.office_id}), key=_by_number)


def _by_number(row: Numbered) -> str:
    return f"{row.number:012d}"


@reads(
    router, "/facts", may=signed_in, response=Page[FactShown],
    summary="What is known of offices; answers on security left out",
)  # fmt: skip
def facts(request: ServedRequest, asked: Query[OfOffice]) -> dict[str, object]:
    """List the facts."""
    rows = _of(codebook.fact_rows(request.viewer), asked.office)
    page = page_of(request, rows, asked, key=_by_number, item=_fact)
    return _noted(request, page, {row.assessment_id for row in rows})


def _fact(row: codebook.FactRow) -> FactShown:
    return FactShown(
        office=row.office_id, scope=row.scope, room=row.room or None, fact=row.fact,
        value=row.value, unit=row.unit, grade=row.grade, thin=bool(row.thin),
        stale=bool(row.stale), known_on=row.known_on, as_of=row.as_of, source=row.source,
        sample=row.sample,
    )  # fmt: skip


class AttainmentShown(Schema):
    """Where one office stands with one event in one role."""

    office: str
    event: str
    role: str
    status: str
    room: str | None
    sample: bool


@reads(
    router, "/attainments", may=signed_in, response=Page[AttainmentShown],
    summary="Which events offices attain, as host and as guest",
)  # fmt: skip
def attainments(request: ServedRequest, asked: Query[OfOffice]) -> dict[str, object]:
    """List the verdicts."""
    rows = _of(codebook.attainment_rows(request.viewer), asked.office)
    page = page_of(request, rows, asked, key=_by_number, item=_attainment)
    return _noted(request, page, {row.assessment_id for row in rows})


def _attainment(row: codebook.StandRow) -> AttainmentShown:
    return AttainmentShown(
        office=row.office_id, event=row.event, role=row.role, status=row.status,
        room=row.room or None, sample=row.sample,
    )  # fmt: skip


class ChanceShown(Schema):
    """The chance of falling short with its 90 % interval, 0 to 1, and the tests it comes from."""

    p: float
    low: float
    high: float
    tests: int
    short: int


class ReachShown(Schema):
    """The share of time in which the line works: alone, and with a second one as good."""

    low: float
    high: float


class ChecksShown(Schema):
    """What stands in the way beside the line; null where it is not asked, or not told."""

    platform: str | None
    room: str | None
    microphone: str | None
    security: str | None
    contingency: str | None


class ForecastShown(Schema):
    """How one event looks for one office, why, and what it can do instead, the first being the plan."""

    event: str
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    kind: str
    platform: str
    sensitivity: str
    office: str
    role: str
    people: int
    state: str
    made_at: datetime | None
    colour: str
    reasons: list[str]
    chance: ChanceShown
    availability: ReachShown | None
    checks: ChecksShown
    plan_b: list[str]
    outcome: str | None
    sample: bool


@reads(
    router, "/forecasts", may=signed_in, response=Page[ForecastShown],
    summary="How events look for the offices whose forecasts the asker reads",
)  # fmt: skip
def all_forecasts(request: ServedRequest, asked: Query[OfOffice]) -> dict[str, object]:
    """List the forecasts."""
    found = forecast_rows(request.viewer)
    rows = [row for row in found if asked.office in {"", row.office_id}]
    page = page_of(request, rows, asked, key=_place_of, item=_forecast)
    return _noted(request, page, {row.assessment_id for row in rows if row.assessment_id})


def _place_of(row: ForecastRow) -> str:
    return f"{row.number:012d}"


def _forecast(row: ForecastRow) -> ForecastShown:
    found = row.forecast
    checks, chance = found.checks, found.chance
    return ForecastShown(
        event=row.event_id, title=texts(row.title), starts_at=row.starts_at, ends_at=row.ends_at,
        kind=row.event, platform=row.platform, sensitivity=row.sensitivity, office=row.office_id,
        role=row.role, people=row.seats, state=row.state, made_at=row.forecast_at,
        colour=found.colour.value, reasons=[one.value for one in found.reasons],
        chance=ChanceShown(
            p=chance.p, low=chance.low, high=chance.high, tests=chance.run_count,
            short=chance.short_count,
        ),
        availability=ReachShown(low=found.reach.low, high=found.reach.high)
        if found.reach
        else None,
        checks=ChecksShown(
            platform=checks.platform or None, room=checks.room or None,
            microphone=checks.microphone or None, security=checks.security or None,
            contingency=checks.contingency or None,
        ),
        plan_b=[one.value for one in row.ways], outcome=row.outcome or None, sample=row.sample,
    )  # fmt: skip


class LineShown(Schema):
    """One package for an office, or with `office` null for all of a country."""

    office: str | None
    country: str
    package: str
    cost: Decimal


class PlanShown(Schema):
    """One solved plan; whoever reads their own lines alone gets neither budget, value nor name."""

    id: str
    name: str | None
    queued_at: datetime
    state: str
    currency: str
    budget: Decimal | None
    value: Decimal | None
    cost: Decimal | None
    lines: list[LineShown]
    events: dict[str, str]
    sample: bool


@reads(
    router, "/plans", may=signed_in, response=Page[PlanShown],
    summary="Plans under a budget: wholly for the secretariat, else the asker's own lines",
)  # fmt: skip
def all_plans(request: ServedRequest, asked: Query[PageAsked]) -> dict[str, object]:
    """List the runs of scenarios."""
    rows = sorted(plans.solved_runs(request.viewer), key=attrgetter("public_id"))
    return page_of(
        request, rows, asked, key=lambda run: run.public_id,
        item=lambda run: _plan(run, plans.plan_page(request.viewer, run)),
    )  # fmt: skip


def _plan(run: "ScenarioRun", page: plans.PlanPage) -> PlanShown:
    lines = [*(line for office in page.offices for line in office.bought), *page.shared]
    return PlanShown(
        id=run.public_id,
        name=run.scenario.name if page.is_whole else None,
        queued_at=run.queued_at,
        state=run.state,
        currency=page.currency,
        budget=page.budget if page.is_whole else None,
        value=run.value if page.is_whole else None,
        cost=run.cost if page.is_whole else None,
        lines=[
            LineShown(
                office=line.office or None, country=line.country, package=line.package,
                cost=line.cost,
            )
            for line in lines
        ],
        events={office.public_id: office.planned for office in page.offices if office.planned},
        sample=run.sample,
    )  # fmt: skip
