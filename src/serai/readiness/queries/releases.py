"""Releases as those see them who ask for, grant and withdraw them; who read an office's results."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.base.text import TranslatedText
from serai.members.access import keys_after
from serai.members.queries import people_with_role
from serai.members.states import Audience, Role
from serai.readiness import access
from serai.readiness.models import Assessment, Office, Release, ResultReading, ScenarioRun
from serai.readiness.queries.assessments import staff_filter
from serai.readiness.queries.plans import plan_run
from serai.readiness.states import ReleaseState

if TYPE_CHECKING:
    from serai.members.models import Member

OPEN = (ReleaseState.ASKED, ReleaseState.GRANTED, ReleaseState.RELEASED)
WITH = (
    "assessment__office__organisation__member", "assessment__office__initiative",
    "assessment__framework", "run__scenario__framework__initiative", "country", "asked_by",
    "granted_by", "released_by", "withdrawn_by",
)  # fmt: skip


@dataclass(frozen=True)
class ReleaseRow:
    """One release in a list.

    Attributes:
        office: "" for the lines of a plan.
        planned_at: when the plan was asked for; None for an office's results.
        moved_at: when it came to its state.
        may_act: it waits for this viewer.
    """

    public_id: str
    office: str
    planned_at: datetime | None
    country: TranslatedText
    audience: str
    state: str
    asked_by: str
    moved_at: datetime
    may_act: bool
    sample: bool


@dataclass(frozen=True)
class ReadingRow:
    """That somebody from outside the organisation read its results, on one day, in one way."""

    name: str
    way: str
    day: date
    first_at: datetime
    sample: bool


def whole_releases() -> QuerySet[Release]:
    """Return releases with what every rule asks of them."""
    return Release.objects.select_related(*WITH)


def releases(viewer: Viewer) -> list[ReleaseRow]:
    """Return the releases a viewer may see, what waits first, then the latest; one query."""
    seen = staff_filter(viewer, "assessment__office__initiative__code") & Q(run=None)
    seen |= staff_filter(viewer, "run__scenario__framework__initiative__code") & Q(assessment=None)
    seen |= Q(country__iso3__in=keys_after(viewer, "country"))
    own = [int(one) for one in keys_after(viewer, "organisation")]
    seen |= Q(assessment__office__organisation_id__in=own)
    rows = [_row(viewer, one) for one in whole_releases().filter(seen).order_by("-id")]
    return sorted(rows, key=lambda row: not row.may_act)


def _row(viewer: Viewer, one: Release) -> ReleaseRow:
    return ReleaseRow(
        public_id=one.public_id,
        office=one.assessment.office.name if one.assessment else "",
        planned_at=one.run.queued_at if one.run else None,
        country=one.country.shown_name,
        audience=one.audience,
        state=one.state,
        asked_by=one.asked_by.full_name if one.asked_by else "",
        moved_at=one.withdrawn_at or one.released_at or one.granted_at or one.asked_at,
        may_act=(one.state == ReleaseState.ASKED and access.may_grant(viewer, one))
        or (one.state == ReleaseState.GRANTED and access.may_let_out(viewer, one)),
        sample=one.sample,
    )


def release(viewer: Viewer, public_id: str) -> Release:
    """Return one release that the viewer has a word on, or whose office is theirs.

    Raises:
        NotFound: there is none, or it is not the viewer's.
    """
    found = whole_releases().filter(public_id=public_id).first()
    if found is None or not access.may_see_release(viewer, found):
        raise NotFound(public_id)
    return found


def open_releases_of(found: Assessment) -> list[Release]:
    """Return what is asked, granted or let out of an assessment; one query."""
    return list(whole_releases().filter(assessment=found, state__in=OPEN).order_by("id"))


def audiences_to_ask(found: Assessment) -> list[Audience]:
    """Return for whom a release may be asked now: members first, then the public; one query."""
    stands = {one.audience: one.state for one in open_releases_of(found)}
    if Audience.MEMBERS not in stands:
        return [Audience.MEMBERS]
    if stands[Audience.MEMBERS] != ReleaseState.RELEASED or Audience.PUBLIC in stands:
        return []
    return [Audience.PUBLIC]


def audience_now(found: Assessment) -> Audience:
    """Return who reads an assessment by what is let out; what the public reads is told elsewhere.

    A public release shows events alone (`queries.released`), so results as such never go beyond
    members.
    """
    kept = Release.objects.filter(
        assessment=found, state=ReleaseState.RELEASED, audience=Audience.MEMBERS
    )
    return Audience.MEMBERS if kept.exists() else Audience.SECRETARIAT


def run_to_release(viewer: Viewer, public_id: str) -> ScenarioRun:
    """Return a solved plan of which a country may be asked to let its lines out.

    Raises:
        NotFound: there is none in the viewer's keeping.
    """
    found = plan_run(viewer, public_id)
    if not access.may_ask_release(viewer, found) or found.value is None:
        raise NotFound(public_id)
    return found


def countries_to_ask(run: ScenarioRun) -> "list[Member]":
    """Return the countries of a plan that are not asked yet; one query."""
    asked = Release.objects.filter(run=run, state__in=OPEN).values("country_id")
    offices = (
        Office.objects.filter(
            public_id__in=run.basis["offices"], organisation__member__isnull=False
        )
        .exclude(organisation__member_id__in=asked)
        .select_related("organisation__member")
        .order_by("organisation__member__order", "id")
    )
    found = {one.organisation.member_id: one.organisation.member for one in offices}
    return [one for one in found.values() if one is not None]


def focal_points_of(found: Release, now: datetime) -> list[int]:
    """Return who grants a release for its country."""
    return [one.pk for one in people_with_role(Role.FOCAL_POINT, now, iso3=found.country.iso3)]


# ---------------------------------------------------------------- who read them
def readings(viewer: Viewer, found: Assessment) -> list[ReadingRow]:
    """Return who from outside read an assessment, the latest first; one query.

    Nothing for whoever is not told of it.
    """
    if not access.may_see_readers(viewer, found):
        return []
    rows = ResultReading.objects.filter(assessment=found).select_related("reader")
    return [
        ReadingRow(row.reader.full_name, row.way, row.day, row.first_at, row.sample)
        for row in rows.order_by("-first_at", "-id")
    ]


def numbers_to_note(viewer: Viewer, numbers: list[int], way: str, day: date) -> list[Assessment]:
    """Return the assessments of which a reading by this viewer is to be noted; one query.

    Not those of the viewer's own organisation, nor what is noted for this day and way already.
    """
    own = [int(one) for one in keys_after(viewer, "organisation")]
    noted = ResultReading.objects.filter(reader_id=viewer.person_id, day=day, way=way)
    return list(
        Assessment.objects.filter(pk__in=numbers)
        .exclude(office__organisation_id__in=own)
        .exclude(pk__in=noted.values("assessment_id"))
        .order_by("id")
    )
