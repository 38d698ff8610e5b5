"""What others read of an office or a plan that was let out: the same for all of one audience.

The officer's and the country's preview is made by the same functions, so it shows exactly that.
Members read scores, events and what is asked and not met; the public reads events alone. Nobody
reads facts, rooms, advice or anything of security here.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.ladder import Role
from serai.members.access import visible
from serai.members.states import Audience
from serai.readiness import access
from serai.readiness.models import Assessment, Office, Release
from serai.readiness.queries.definitions import definition_of
from serai.readiness.queries.evaluation import GATE, is_secret
from serai.readiness.queries.offices import DimensionScore
from serai.readiness.queries.plans import in_languages
from serai.readiness.queries.releases import whole_releases
from serai.readiness.queries.results import Labels, Rung, dimensions_of, ladder_of, target_of
from serai.readiness.states import FindingKind, ReleaseState


@dataclass(frozen=True)
class NotMet:
    """A condition of the next event that is not met, or of which nothing is known."""

    event: str
    is_host: bool
    fact: str
    label: str
    need: object
    need_words: str
    unit: str
    is_missing: bool


@dataclass(frozen=True)
class ReleasedResults:
    """An office's results as one audience reads them; of the public no more than events.

    Attributes:
        score, low, high: 0 to 100; no score where too little is known; all none for the public.
        dimensions: name and score of each.
    """

    office: str
    city: str
    organisation: TranslatedText
    country: TranslatedText
    as_of: date
    edition: int
    audience: str
    rungs: tuple[Rung, ...]
    score: float | None = None
    low: float | None = None
    high: float | None = None
    known_share: float = 0
    measured_share: float = 0
    dimensions: tuple[tuple[str, DimensionScore], ...] = ()
    not_met: tuple[NotMet, ...] = ()
    sample: bool = False

    @property
    def has_scores(self) -> bool:
        """Tell whether this audience reads scores."""
        return self.audience == Audience.MEMBERS


@dataclass(frozen=True)
class ReleasedLine:
    """What a plan buys for an office of a country, or for all of them; office "" then."""

    office: str
    package: TranslatedText
    cost: Decimal


@dataclass(frozen=True)
class ReleasedPlan:
    """A country's lines of a plan, with the event each office hosts today and then."""

    country: TranslatedText
    made_on: date
    currency: str
    years: int
    offices: tuple[tuple[str, str, str], ...]
    lines: tuple[ReleasedLine, ...]
    sample: bool


@dataclass(frozen=True)
class ReleasedRow:
    """One thing that was let out, in a list; office "" for a plan."""

    public_id: str
    office: str
    organisation: TranslatedText
    country: TranslatedText
    as_of: date
    audience: str
    attends: str
    hosts: str
    sample: bool


# ---------------------------------------------------------------- lists
def released(viewer: Viewer) -> list[ReleasedRow]:
    """Return what was let out and the viewer reads, by country and office; one query.

    An office stands once: for whoever reads what members read, not also as the public does.
    """
    order = ("country__order", "assessment__office__name", "audience", "id")
    found = whole_releases().filter(_reads(viewer), state=ReleaseState.RELEASED).order_by(*order)
    rows: dict[object, ReleasedRow] = {}
    for one in found:
        if access.may_read_released(viewer, one):
            rows.setdefault(one.assessment_id or one.public_id, _row(one))
    return list(rows.values())


def _reads(viewer: Viewer) -> Q:
    """Return the filter of `access.may_read_released`."""
    of_results = visible(
        viewer,
        organisation="assessment__office__organisation_id",
        initiative="assessment__office__initiative__code",
    )
    of_plans = visible(
        viewer, organisation=None, initiative="run__scenario__framework__initiative__code"
    )
    return (Q(run=None) & of_results) | (Q(assessment=None) & of_plans)


def _row(one: Release) -> ReleasedRow:
    found = one.assessment
    return ReleasedRow(
        public_id=one.public_id,
        office=found.office.name if found else "",
        organisation=found.office.organisation.names if found else TranslatedText(),
        country=one.country.shown_name,
        as_of=found.as_of if found else one.asked_at.date(),
        audience=one.audience,
        attends=found.headline_attend if found else "",
        hosts=found.headline_host if found else "",
        sample=one.sample,
    )


def released_one(viewer: Viewer, public_id: str) -> Release:
    """Return one thing that was let out and that the viewer reads.

    Raises:
        NotFound: there is none, it was withdrawn, or it is not for the viewer.
    """
    found = whole_releases().filter(public_id=public_id).first()
    if found is None or not access.may_read_released(viewer, found):
        raise NotFound(public_id)
    return found


def let_out(viewer: Viewer, day: date) -> list[Release]:
    """Return what an edition of a report for a viewer may tell, one release an office; one query.

    Of an office the newest results count. Samples are among them: whoever makes an edition marks it.

    Args:
        viewer: the edition's readers.
        day: what was let out after it is left out; what was withdrawn always is.
    """
    rows = whole_releases().filter(_reads(viewer), _stands(day), run=None)
    found: dict[int, Release] = {}
    for one in rows.order_by("assessment__confirmed_at", "assessment_id", "-audience", "id"):
        if one.assessment is not None:
            found[one.assessment.office_id] = one
    return list(found.values())


def plans_let_out(viewer: Viewer, day: date, *, is_sample: bool) -> list[Release]:
    """Return the countries' lines of the newest plan of which some were let out; one query."""
    rows = whole_releases().filter(_reads(viewer), _stands(day), assessment=None, sample=is_sample)
    found = list(rows.order_by("run__ended_at", "run_id", "country__order", "id"))
    return [one for one in found if one.run_id == found[-1].run_id]


def _stands(day: date) -> Q:
    return Q(state=ReleaseState.RELEASED, released_at__date__lte=day)


# ---------------------------------------------------------------- one office
def released_results(viewer: Viewer, found: Assessment, audience: str) -> ReleasedResults:
    """Return an office's results as an audience reads them; at most eight queries.

    Args:
        viewer: who looks: its readers, or whoever decides on the release.
        found: the assessment.
        audience: `members` or `public`.
    """
    rungs = tuple(ladder_of(viewer, found))
    place = found.office.organisation
    is_public = audience == Audience.PUBLIC
    shown = ReleasedResults(
        office=found.office.name, city=found.office.city, organisation=place.names,
        country=place.member.shown_name if place.member else TranslatedText(), as_of=found.as_of,
        edition=found.framework.number, audience=audience, rungs=rungs, sample=found.sample,
    )  # fmt: skip
    return shown if is_public else _with_scores(viewer, found, shown)


def _with_scores(viewer: Viewer, found: Assessment, shown: ReleasedResults) -> ReleasedResults:
    scored = [(one.name, one.score) for one in dimensions_of(viewer, found)]
    return ReleasedResults(
        **{
            **shown.__dict__,
            "score": found.score, "low": found.score_low, "high": found.score_high,
            "known_share": found.known_share, "measured_share": found.measured_share,
            "dimensions": tuple((name, score) for name, score in scored if score is not None),
            "not_met": _not_met(found, shown.rungs),
        }
    )  # fmt: skip


def _not_met(found: Assessment, rungs: tuple[Rung, ...]) -> tuple[NotMet, ...]:
    """Return what the next event asks and is not met, as guest and as host, security left out."""
    if not rungs:
        return ()
    wanted = Q()
    for headline, is_host in ((found.headline_attend, False), (found.headline_host, True)):
        event = target_of(rungs, headline)
        guest = next(one.attend_role for one in rungs if one.event == event)
        wanted |= Q(event=event, role=Role.HOST if is_host else guest)
    rows = found.findings.filter(wanted, kind=FindingKind.GAP).exclude(fact=GATE)
    definition = definition_of(found.framework)
    labels = Labels(found, definition)
    told: dict[tuple[str, bool, str], NotMet] = {}
    for one in rows.order_by("event", "-role", "is_missing", "id"):
        if is_secret(one.fact):
            continue
        is_host = one.role == Role.HOST
        unit = definition.keys[one.fact].unit if one.fact in definition.keys else ""
        told.setdefault(
            (one.event, is_host, one.fact),
            NotMet(
                one.event, is_host, one.fact, labels.of(one.fact), one.need,
                labels.words(one.fact, one.need), unit, one.is_missing,
            ),
        )  # fmt: skip
    return tuple(told.values())


# ---------------------------------------------------------------- one country's plan
def released_plan(viewer: Viewer, found: Release) -> ReleasedPlan:  # noqa: ARG001  for all the same
    """Return the lines of a plan that stand for a country; one query.

    Raises:
        NotFound: the release is not of a plan.
    """
    run = found.run
    if run is None:
        raise NotFound(found.public_id)
    iso3 = found.country.iso3
    own = Office.objects.filter(
        public_id__in=run.basis["offices"], organisation__member=found.country
    )
    offices = {one.public_id: one.name for one in own.order_by("name", "id")}
    packages = {one.code: one.name for one in definition_of(run.scenario.framework).packages}
    lines = [
        one
        for one in run.plan.get("lines", [])
        if one["office"] in offices or (not one["office"] and one["country"] == iso3)
    ]
    today, planned = run.plan.get("today", {}), run.plan.get("events", {})
    return ReleasedPlan(
        country=found.country.shown_name,
        made_on=run.queued_at.date(),
        currency=run.basis["asked"]["currency"],
        years=run.basis["asked"]["years"],
        offices=tuple(
            (name, today.get(number, ""), planned.get(number, ""))
            for number, name in offices.items()
        ),
        lines=tuple(
            ReleasedLine(
                offices.get(one["office"], ""),
                in_languages(packages.get(one["package"], {}), one["package"]),
                Decimal(one["cost"]),
            )
            for one in lines
        ),
        sample=found.sample,
    )
