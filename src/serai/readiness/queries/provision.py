"""Deliveries: the board, one delivery, what it may go on to, whether its promise shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.conditions import Verdict
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.effects import EffectSeen, effects_seen, is_shown
from serai.calc.readiness.facts import see
from serai.calc.readiness.packages import Package
from serai.members.access import keys_after
from serai.members.queries import people_with_role
from serai.readiness import access
from serai.readiness.models import (
    Assessment,
    Duty,
    Office,
    Provision,
    Recommendation,
    ScenarioRun,
)
from serai.readiness.queries.definitions import definition_of, framework_in_use
from serai.readiness.queries.own_offices import offices_seen
from serai.readiness.queries.plan_inputs import facts_of
from serai.readiness.queries.plans import in_languages
from serai.readiness.states import (
    ALLOWED,
    AssessmentState,
    DutyKind,
    ProvisionState,
    RecommendationState,
)

OPEN = tuple(
    state
    for state in ProvisionState
    if state not in {ProvisionState.CLOSED, ProvisionState.CANCELLED}
)


@dataclass(frozen=True)
class ProvisionRow:
    """One delivery on the board; no office for what a country shares."""

    public_id: str
    package: str
    package_name: TranslatedText
    office: str
    country: TranslatedText
    state: ProvisionState
    due_on: date | None
    sample: bool


@dataclass(frozen=True)
class StepRow:
    """One move of a delivery."""

    state: ProvisionState
    note: str
    at: datetime
    by: str


@dataclass(frozen=True)
class ProvisionPage:
    """One delivery as its reader sees it.

    Attributes:
        moves: states the viewer may bring it to, besides verified.
        may_check: whether the viewer may have the promise held against a later assessment.
        promises: what its package guarantees, with what is seen of it since the installation.
        units: of the facts promised, by fact.
    """

    row: ProvisionRow
    steps: tuple[StepRow, ...]
    moves: tuple[ProvisionState, ...]
    may_check: bool
    may_keep: bool
    supplier: str
    serials: str
    promises: tuple[EffectSeen, ...]
    units: Mapping[str, str]


@dataclass(frozen=True)
class LineToProvide:
    """A line of a plan that may become a delivery."""

    number: int
    package: str
    package_name: TranslatedText
    place: str


# ---------------------------------------------------------------- reading
def _provisions(viewer: Viewer) -> QuerySet[Provision]:
    """Return the deliveries a viewer sees, as `access.may_see_provision` says of one."""
    found = Provision.objects.select_related(
        "office__organisation__member", "office__initiative", "country", "room", "supplier",
        "run__scenario__framework__initiative", "before", "recommendation",
    )  # fmt: skip
    allowed = Q(office__in=offices_seen(viewer))
    if viewer.person_id is not None:
        allowed |= Q(supplier_id=viewer.person_id)
    if access.is_technician(viewer):
        allowed |= of_desk()
    shared = Q(office__isnull=True)
    if "secretariat" in viewer.keys:
        allowed |= shared
    allowed |= shared & Q(country__iso3__in=keys_after(viewer, "country"))
    if codes := keys_after(viewer, "secretariat"):
        allowed |= shared & Q(run__scenario__framework__initiative__code__in=codes)
    return found.filter(allowed)


def of_desk() -> Q:
    """Return the filter for deliveries that a technician knows of."""
    known = access.offices_at_desk()
    return Q(office__in=known) | Q(
        office__isnull=True, country__in=known.values("organisation__member")
    )


def provisions(viewer: Viewer, office: Office | None = None) -> list[ProvisionRow]:
    """Return the deliveries a viewer sees, of one office or all, the earliest due first."""
    names = _names()
    found = _provisions(viewer).order_by("due_on", "id")
    if office is not None:
        found = found.filter(office=office)
    return [_row(one, names) for one in found]


def office_provisions(viewer: Viewer, office: Office) -> list[Provision]:
    """Return what is provided to an office, the newest first; two queries."""
    found = _provisions(viewer).filter(office=office)
    return list(found.order_by("-id"))


def rows_of(found: Iterable[Provision]) -> list[ProvisionRow]:
    """Return deliveries as lists show them; one query."""
    names = _names()
    return [_row(one, names) for one in found]


def advice_on_its_way(advice: Iterable[Recommendation]) -> set[int]:
    """Return which of some advice something is delivered for already, by number; one query."""
    found = Provision.objects.filter(recommendation__in=[one.pk for one in advice])
    return set(
        found.exclude(state=ProvisionState.CANCELLED).values_list("recommendation_id", flat=True)
    )


def _names() -> dict[str, TranslatedText]:
    framework = framework_in_use()
    packages = definition_of(framework).packages if framework else ()
    return {one.code: in_languages(one.name, one.code) for one in packages}


def _row(one: Provision, names: dict[str, TranslatedText]) -> ProvisionRow:
    country = one.country or (one.office.organisation.member if one.office else None)
    return ProvisionRow(
        one.public_id,
        one.package,
        names.get(one.package, TranslatedText.of(one.package)),
        one.office.name if one.office else "",
        country.shown_name if country else TranslatedText(),
        ProvisionState(one.state),
        one.due_on,
        one.sample,
    )


def provision(viewer: Viewer, public_id: str) -> Provision:
    """Return one delivery.

    Raises:
        NotFound: if there is none this viewer may see.
    """
    found = _provisions(viewer).filter(public_id=public_id).first()
    if found is None:
        raise NotFound(public_id)
    return found


def provision_page(viewer: Viewer, found: Provision) -> ProvisionPage:
    """Return a delivery with its moves and promise.

    What facts show is told to whoever sees the office: a supplier reads the order alone.
    """
    current = ProvisionState(found.state)
    may_keep = access.may_keep_provision(viewer, found)
    sees_office = found.office is None or access.may_see_office(viewer, found.office)
    promises = proof(found).effects if sees_office else ()
    return ProvisionPage(
        row=_row(found, _names()),
        steps=tuple(
            StepRow(ProvisionState(one.state), one.note, one.at, one.by.full_name if one.by else "")
            for one in found.steps.select_related("by").order_by("-id")
        ),
        moves=tuple(
            state
            for state in ProvisionState
            if state in ALLOWED[ProvisionState][current] and access.may_bring(viewer, found, state)
        ),
        may_check=current is ProvisionState.INSTALLED and may_keep,
        may_keep=may_keep,
        supplier=found.supplier.full_name if found.supplier else "",
        serials=found.serials,
        promises=promises,
        units=_units([one.fact for one in promises]),
    )


def _units(facts: Iterable[str]) -> dict[str, str]:
    framework = framework_in_use()
    keys = definition_of(framework).keys if framework else {}
    return {fact: keys[fact].unit for fact in facts if fact in keys}


# ---------------------------------------------------------------- proving
@dataclass(frozen=True)
class Proof:
    """What a later assessment says of a delivery's promise.

    Attributes:
        assessment: the one that shows or refutes it; None where none is later.
    """

    verdict: Verdict
    assessment: Assessment | None
    effects: tuple[EffectSeen, ...]


def installed_on(found: Provision) -> date | None:
    """Return the day a delivery was latest said to be installed."""
    step = found.steps.filter(state=ProvisionState.INSTALLED).order_by("-id").first()
    return step.at.date() if step else None


def proof(found: Provision) -> Proof:
    """Hold a delivery's promise against what was assessed since it was installed.

    Of a thing shared by a country one office that shows it is enough.
    """
    framework = framework_in_use()
    day = installed_on(found)
    definition = definition_of(framework) if framework else None
    package = _package(definition, found.package)
    if definition is None or package is None:
        return Proof(Verdict.UNKNOWN, None, ())
    best = Proof(Verdict.UNKNOWN, None, _promised(package))
    if day is None:
        return best
    for one in _later(found, day):
        (office,) = facts_of([one], definition)
        room = found.room.key if found.room else ""
        rooms = [room] if room or not office.rooms else sorted(office.rooms)
        for each in rooms:
            effects = effects_seen(
                package, see(office, each, definition.keys), definition.keys, day
            )
            verdict = is_shown(effects)
            if verdict is Verdict.PASSES:
                return Proof(verdict, one, effects)
            if best.assessment is None or (best.verdict, verdict) == (
                Verdict.UNKNOWN, Verdict.FAILS,
            ):  # fmt: skip
                best = Proof(verdict, one, effects)
    return best


def _promised(package: Package) -> tuple[EffectSeen, ...]:
    return tuple(EffectSeen(one.fact, one.value, None, Verdict.UNKNOWN) for one in package.effects)


def _package(definition: Definition | None, code: str) -> Package | None:
    packages = definition.packages if definition else ()
    return next((one for one in packages if one.code == code), None)


def _later(found: Provision, day: date) -> QuerySet[Assessment]:
    """Return assessments of after the installation, of its office or its country's."""
    where = (
        Q(office=found.office)
        if found.office_id
        else Q(office__organisation__member=found.country_id)
    )
    states = [
        AssessmentState.SCORED, AssessmentState.UNDER_REVIEW, AssessmentState.CONFIRMED,
    ]  # fmt: skip
    return (
        Assessment.objects.filter(where, state__in=states, as_of__gte=day)
        .exclude(pk=found.before_id or 0)
        .select_related("office__organisation__member")
        .order_by("-as_of", "-id")
    )


# ---------------------------------------------------------------- making
def accepted_advice(viewer: Viewer, public_id: str) -> Recommendation:
    """Return accepted advice that may become a delivery.

    Raises:
        NotFound: if there is none in this viewer's keeping, or it buys nothing.
    """
    found = (
        Recommendation.objects.filter(public_id=public_id, state=RecommendationState.ACCEPTED)
        .exclude(package="")
        .select_related(
            "assessment__office__organisation__member", "assessment__office__initiative"
        )
        .first()
    )
    if found is None or not access.may_propose_advice(viewer, found):
        raise NotFound(public_id)
    return found


def lines_to_provide(run: ScenarioRun) -> list[LineToProvide]:
    """Return the lines of a plan of which nothing is on its way yet; two queries."""
    made = run.provisions.exclude(state=ProvisionState.CANCELLED)
    taken = set(made.values_list("package", "office__public_id", "country__iso3"))
    offices = {one.public_id: one.name for one in offices_in(run)}
    packages = definition_of(run.scenario.framework).packages
    names = {one.code: in_languages(one.name, one.code) for one in packages}
    found = []
    for number, line in enumerate(run.plan.get("lines", [])):
        package, office, country = line["package"], line["office"], line["country"]
        if (package, office or None, None if office else country) in taken:
            continue
        if office and office not in offices:
            continue
        name = names.get(package, TranslatedText.of(package))
        found.append(LineToProvide(number, package, name, offices.get(office, country)))
    return found


def offices_in(run: ScenarioRun) -> list[Office]:
    """Return the offices a run counted with."""
    found = Office.objects.filter(public_id__in=run.basis["offices"])
    return list(found.select_related("organisation__member").order_by("id"))


def suppliers() -> list[tuple[int, str]]:
    """Return who has the duty of a supplier, as number and name."""
    found = Duty.objects.filter(kind=DutyKind.SUPPLIER, ended_at=None).select_related("person")
    return [
        (one.person_id, one.person.full_name) for one in found.order_by("person__full_name", "id")
    ]


# ---------------------------------------------------------------- letters
def told_of_provision(found: Provision, now: datetime) -> list[int]:
    """Return who is told of a delivery's moves: the office's leads, and the country's focal point."""
    people = []
    if found.office is not None:
        people += people_with_role("lead", now, organisation_id=found.office.organisation_id)
    country = found.country or (found.office.organisation.member if found.office else None)
    if country is not None and (found.office is None or found.state == ProvisionState.PROPOSED):
        people += people_with_role("focal_point", now, iso3=country.iso3)
    return list(dict.fromkeys(one.pk for one in people))
