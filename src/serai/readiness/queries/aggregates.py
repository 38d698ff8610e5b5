"""Shares of many organisations: counted, compared with what was let out before, read."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import get_language

from serai.base.access import NotFound, Viewer
from serai.calc.readiness.definition import Definition
from serai.calc.readiness.disclosure import Aggregate as Shares
from serai.calc.readiness.disclosure import Counted, Told, aggregate, clash
from serai.members.queries import members_ever
from serai.readiness import access
from serai.readiness.models import Aggregate, Assessment, Framework
from serai.readiness.queries.assessments import staff_filter
from serai.readiness.queries.definitions import definition_of
from serai.readiness.states import AggregateState, AssessmentState
from serai.readiness.states.release_words import NONE, UNKNOWN

HOST, ATTEND = "host", "attend"
BANDS = (0, 20, 40, 60, 80)
WIDTH = 20


@dataclass(frozen=True)
class AggregateRow:
    """Shares that were let out, in a list."""

    public_id: str
    measure: str
    names: dict[str, str]
    as_of: date
    organisations_count: int
    countries_count: int
    state: str
    sample: bool


@dataclass(frozen=True)
class SharesShown:
    """Shares as their readers see them.

    Attributes:
        names: of measures and categories, by code, in the reader's language.
        countries: names of those counted; empty for all.
        cells: category and share in percent; None where it is hidden.
    """

    measure: str
    names: dict[str, str]
    countries: tuple[str, ...]
    as_of: date
    organisations_count: int
    countries_count: int
    cells: tuple[tuple[str, int | None], ...]
    sample: bool


# ---------------------------------------------------------------- counting
def measures_of(framework: Framework) -> dict[str, str]:
    """Return what shares may be of, with names of dimensions."""
    return {HOST: "", ATTEND: "", **_dimensions(definition_of(framework))}


def _names(definition: Definition) -> dict[str, str]:
    events = {one.code: _said(one.name) for one in definition.ladder.events}
    return events | _dimensions(definition)


def _dimensions(definition: Definition) -> dict[str, str]:
    return {one.code: _said(one.name) for one in definition.framework.dimensions}


def _said(texts: object) -> str:
    found: dict[str, str] = dict(texts)  # type: ignore[call-overload]
    return found.get(get_language() or "en") or found.get("en", "")


def categories_of(definition: Definition, measure: str) -> tuple[str, ...]:
    """Return every category of a measure, the lowest first."""
    if measure in {HOST, ATTEND}:
        return (NONE, *(one.code for one in definition.ladder.events))
    return (UNKNOWN, *(str(low) for low in BANDS))


def counted(
    framework: Framework, measure: str, countries: Collection[str], *, is_sample: bool
) -> list[Counted]:
    """Return each organisation once, by the best of its offices' confirmed results; one query.

    Organisations of no country are left out; samples are counted among themselves.
    """
    found = Assessment.objects.filter(
        framework=framework, state=AssessmentState.CONFIRMED, office__is_closed=False,
        office__organisation__member__isnull=False, sample=is_sample,
    )  # fmt: skip
    if countries:
        found = found.filter(office__organisation__member__iso3__in=list(countries))
    definition = definition_of(framework)
    order = categories_of(definition, measure)
    best: dict[int, Counted] = {}
    for one in found.select_related("office__organisation__member").order_by("id"):
        place = one.office.organisation
        row = Counted(str(place.pk), place.member.iso3, _category(one, measure))  # type: ignore[union-attr]
        held = best.get(place.pk)
        if held is None or order.index(row.category) > order.index(held.category):
            best[place.pk] = row
    return list(best.values())


def _category(one: Assessment, measure: str) -> str:
    if measure == HOST:
        return one.headline_host or NONE
    if measure == ATTEND:
        return one.headline_attend or NONE
    kept = (one.dimensions or {}).get(measure)
    if kept is None or kept["value"] is None:
        return UNKNOWN
    return str(max(low for low in BANDS if low <= max(kept["value"], 0)))


def shares_of(
    framework: Framework, measure: str, countries: Collection[str], *, is_sample: bool
) -> Shares:
    """Return the shares as they may be told, with what gives somebody away hidden; one query."""
    rows = counted(framework, measure, countries, is_sample=is_sample)
    return aggregate(rows, categories_of(definition_of(framework), measure))


def too_near(framework: Framework, measure: str, shares: Shares, *, is_sample: bool) -> bool:
    """Tell whether, set beside what was ever let out, these shares give somebody away; one query."""
    return clash(shares.told(), told_before(framework, measure, is_sample=is_sample)) is not None


def told_before(framework: Framework, measure: str, *, is_sample: bool) -> Iterable[Told]:
    """Yield what was ever let out of a measure in an initiative, withdrawn or not; one query."""
    found = Aggregate.objects.filter(
        framework__initiative=framework.initiative_id, measure=measure, sample=is_sample
    )
    for one in found.order_by("id"):
        yield Told(
            frozenset(one.groups["whole"]),
            {name: frozenset(held) for name, held in one.groups["cells"].items()},
        )


# ---------------------------------------------------------------- reading
def aggregates(viewer: Viewer) -> list[AggregateRow]:
    """Return the shares a viewer reads, the latest first; one query."""
    kept = staff_filter(viewer, "framework__initiative__code")
    open_to = kept | Q(state=AggregateState.PUBLISHED) | Q(state=AggregateState.RELEASED)
    found = Aggregate.objects.filter(open_to).select_related("framework__initiative")
    return [
        AggregateRow(
            one.public_id, one.measure, _names(definition_of(one.framework)), one.as_of,
            one.organisations_count, one.countries_count, one.state, one.sample,
        )
        for one in found.order_by("-id")
        if access.may_read_aggregate(viewer, one)
    ]  # fmt: skip


def aggregate_one(viewer: Viewer, public_id: str) -> Aggregate:
    """Return one row of shares that the viewer reads.

    Raises:
        NotFound: there is none, or it is not for the viewer.
    """
    found = (
        Aggregate.objects.filter(public_id=public_id)
        .select_related("framework__initiative")
        .first()
    )
    if found is None or not access.may_read_aggregate(viewer, found):
        raise NotFound(public_id)
    return found


def shown(viewer: Viewer, found: Aggregate) -> SharesShown:
    """Return shares that were let out as everybody of their audience reads them; one query."""
    return SharesShown(
        found.measure, _names(definition_of(found.framework)), _countries(viewer, found.countries),
        found.as_of, found.organisations_count, found.countries_count,
        tuple((name, percent) for name, percent in found.cells), found.sample,
    )  # fmt: skip


def shares_on(
    viewer: Viewer, day: date, *, is_public: bool, is_sample: bool
) -> list[tuple[str, SharesShown]]:
    """Return shares that an edition of a report tells, each with its number; one query.

    Of the same measure and countries the newest count.

    Args:
        viewer: the edition's readers.
        day: what was let out after it is left out; what was withdrawn always is.
        is_public: whether it is for everybody, who reads what was published alone.
        is_sample: whether the edition shows samples: they never stand beside real shares.
    """
    stands = Q(state=AggregateState.PUBLISHED, published_at__date__lte=day)
    if not is_public:
        stands |= Q(state__in=[AggregateState.RELEASED, AggregateState.PUBLISHED])
    rows = Aggregate.objects.filter(stands, released_at__date__lte=day, sample=is_sample)
    newest: dict[tuple[str, ...], Aggregate] = {}
    for one in rows.select_related("framework__initiative").order_by("id"):
        newest[one.measure, *sorted(one.countries)] = one
    return [(one.public_id, shown(viewer, one)) for one in newest.values()]


def preview(
    viewer: Viewer, framework: Framework, measure: str, countries: Collection[str], day: date
) -> tuple[SharesShown, bool]:
    """Return shares as they would be let out, and whether they are too near earlier ones."""
    shares = shares_of(framework, measure, countries, is_sample=viewer.is_sample)
    page = SharesShown(
        measure, _names(definition_of(framework)), _countries(viewer, countries), day,
        shares.organisations_count, shares.countries_count,
        tuple((cell.category, cell.percent) for cell in shares.cells), viewer.is_sample,
    )  # fmt: skip
    return page, too_near(framework, measure, shares, is_sample=viewer.is_sample)


def _countries(viewer: Viewer, codes: Collection[str]) -> tuple[str, ...]:
    language = get_language() or "en"
    names = {one.iso3: one.short_name.pick(language)[0] for one in members_ever(viewer)}
    return tuple(names.get(code, code) for code in codes)


def countries_to_choose(viewer: Viewer, framework: Framework) -> list[tuple[str, str]]:
    """Return the countries with an organisation that counts; two queries."""
    rows = counted(framework, HOST, (), is_sample=viewer.is_sample)
    found = {one.country for one in rows}
    language = get_language() or "en"
    return [
        (one.iso3, one.short_name.pick(language)[0])
        for one in members_ever(viewer)
        if one.iso3 in found
    ]
