"""Offices as lists show them: where each stands, for whoever reads its results."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.members.access import keys_after
from serai.readiness.models import Assessment, Office
from serai.readiness.queries.assessments import (
    sees_results,
    staff_filter,
    whole_assessments,
    whole_offices,
)
from serai.readiness.states import AssessmentState


@dataclass(frozen=True)
class DimensionScore:
    """One dimension of one office: a number where enough is known, its interval always."""

    value: float | None
    low: float
    high: float
    known_share: float
    measured_share: float


@dataclass(frozen=True)
class OfficeRow:
    """An office in a list.

    Attributes:
        state: of its newest assessment that the viewer reads; "" for none.
        dimensions: by code; empty before it is scored.
    """

    public_id: str
    name: str
    organisation: TranslatedText
    iso3: str
    country: TranslatedText
    tile: tuple[int, int] | None
    state: str
    as_of: date | None
    score: float | None
    score_low: float | None
    score_high: float | None
    known_share: float
    measured_share: float
    headline_attend: str
    headline_host: str
    dimensions: dict[str, DimensionScore]
    sample: bool
    assessment_id: int = 0

    @property
    def is_scored(self) -> bool:
        """Tell whether there are results."""
        return bool(self.dimensions)

    @property
    def evidence(self) -> str:
        """Return what most of what is known rests on: measured, declared, or too little known."""
        if self.known_share < ENOUGH:
            return "thin"
        return "measured" if self.measured_share * 2 >= self.known_share else "declared"


ENOUGH = 0.6
EVIDENCE = ("measured", "declared", "thin")


def offices(
    viewer: Viewer, *, country: str = "", hosts: Collection[str] = (), evidence: str = ""
) -> list[OfficeRow]:
    """Return the offices a viewer may know of, by country, organisation and name; two queries.

    Args:
        viewer: who reads.
        country: ISO3 of one member alone.
        hosts: events of which the highest attained as a host must be one; empty for all.
        evidence: one of `EVIDENCE` alone.
    """
    rows = whole_offices().filter(_sees(viewer), is_closed=False)
    if country:
        rows = rows.filter(organisation__member__iso3=country)
    found = list(
        rows.order_by("organisation__member__order", "organisation__name_key", "name", "id")
    )
    latest = _latest(viewer, found)
    listed = [_row(one, latest.get(one.pk)) for one in found]
    return [
        one
        for one in listed
        if (not hosts or one.headline_host in hosts)
        and (not evidence or (one.is_scored and one.evidence == evidence))
    ]


def _sees(viewer: Viewer) -> Q:
    """Return the filter of `access.may_see_office`: its own, its country, the secretariat."""
    allowed = Q(organisation_id__in=[int(one) for one in keys_after(viewer, "organisation")])
    allowed |= Q(organisation__member__iso3__in=keys_after(viewer, "country"))
    for pair in keys_after(viewer, "expert"):
        code, _, iso3 = pair.partition(":")
        allowed |= Q(initiative__code=code, organisation__member__iso3=iso3)
    return allowed | staff_filter(viewer, "initiative__code")


def _latest(viewer: Viewer, found: Iterable[Office]) -> dict[int, Assessment]:
    """Return by office its newest assessment with results that the viewer reads; one query."""
    rows = (
        whole_assessments()
        .filter(sees_results(viewer), office__in=list(found))
        .exclude(state=AssessmentState.SUPERSEDED)
        .order_by("scored_at", "id")
    )
    newest: dict[int, Assessment] = {}
    for one in rows:
        known = newest.get(one.office_id)
        if known is None or one.dimensions or not known.dimensions:
            newest[one.office_id] = one
    return newest


def _row(one: Office, found: Assessment | None) -> OfficeRow:
    member = one.organisation.member
    tile = (member.tile_column, member.tile_row) if member else (None, None)
    scores = found.dimensions or {} if found else {}
    return OfficeRow(
        public_id=one.public_id,
        name=one.name,
        organisation=one.organisation.names,
        iso3=member.iso3 if member else "",
        country=member.shown_name if member else TranslatedText(),
        tile=(tile[0], tile[1]) if tile[0] is not None and tile[1] is not None else None,
        state=found.state if found else "",
        as_of=found.as_of if found else None,
        score=found.score if found else None,
        score_low=found.score_low if found else None,
        score_high=found.score_high if found else None,
        known_share=found.known_share if found else 0,
        measured_share=found.measured_share if found else 0,
        headline_attend=found.headline_attend if found else "",
        headline_host=found.headline_host if found else "",
        dimensions={code: DimensionScore(**kept) for code, kept in scores.items()},
        sample=one.sample,
        assessment_id=found.pk if found else 0,
    )
