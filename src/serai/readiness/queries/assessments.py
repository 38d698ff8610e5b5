"""Assessments as doors load them and as actions need them."""

from django.db.models import Q, QuerySet

from serai.base.access import NotFound, Viewer
from serai.members.access import visible
from serai.readiness import access
from serai.readiness.models import Assessment, Attainment, Finding, Office, Recommendation
from serai.readiness.states import AssessmentState, FindingKind

OPEN = (AssessmentState.COLLECTING, AssessmentState.SCORED, AssessmentState.UNDER_REVIEW)
WITH = ("office__initiative", "office__organisation__member", "framework")


def whole_offices() -> "QuerySet[Office]":
    """Return offices with what every rule asks of them."""
    return Office.objects.select_related("initiative", "organisation__member")


def office(viewer: Viewer, public_id: str) -> Office:
    """Return one office.

    Raises:
        NotFound: there is none, or the viewer may not know of it.
    """
    found = whole_offices().filter(public_id=public_id).first()
    if found is None or not access.may_see_office(viewer, found):
        raise NotFound(public_id)
    return found


def whole_assessments() -> "QuerySet[Assessment]":
    """Return assessments with what every rule asks of them."""
    return Assessment.objects.select_related(*WITH)


def assessment(viewer: Viewer, public_id: str) -> Assessment:
    """Return one assessment whose results the viewer reads.

    Raises:
        NotFound: there is none, or its results are not for the viewer.
    """
    found = whole_assessments().filter(public_id=public_id).first()
    if found is None or not access.may_see_results(viewer, found):
        raise NotFound(public_id)
    return found


def open_assessment(found: Office) -> Assessment | None:
    """Return the assessment of an office that is still worked on; None where there is none."""
    return whole_assessments().filter(office=found, state__in=OPEN).first()


def confirmed_assessment(found: Office) -> Assessment | None:
    """Return the assessment of an office that holds; None where none was confirmed."""
    return whole_assessments().filter(office=found, state=AssessmentState.CONFIRMED).first()


def latest_shown(viewer: Viewer, found: Office) -> Assessment | None:
    """Return the newest assessment of an office whose results the viewer reads; one query."""
    rows = whole_assessments().filter(office=found).exclude(state=AssessmentState.SUPERSEDED)
    return next((one for one in rows.order_by("-id") if access.may_see_results(viewer, one)), None)


def sees_results(viewer: Viewer) -> Q:
    """Return the filter for assessments whose results a viewer reads, of many offices."""
    staff = staff_filter(viewer, "office__initiative__code")
    shown = visible(
        viewer,
        audience="audience",
        country="office__organisation__member__iso3",
        organisation="office__organisation_id",
        initiative="office__initiative__code",
    )
    return staff | (Q(state__in=[state.value for state in access.SHOWN]) & shown)


def staff_filter(viewer: Viewer, code: str) -> Q:
    """Return the filter for what an officer's initiatives hold."""
    if viewer.holds_any(("officer", "coordinator"), ""):
        return ~Q(pk=None)
    codes = sorted(viewer.scopes("officer") | viewer.scopes("coordinator"))
    return Q(**{f"{code}__in": codes})


def recommendation(viewer: Viewer, public_id: str) -> Recommendation:
    """Return one piece of advice that the viewer reads.

    Raises:
        NotFound: there is none, or it is not for the viewer.
    """
    found = (
        Recommendation.objects.select_related("room", *(f"assessment__{one}" for one in WITH))
        .filter(public_id=public_id)
        .first()
    )
    if found is None or not access.may_see_advice(viewer, found):
        raise NotFound(public_id)
    return found


def advice_of(viewer: Viewer, found: Assessment) -> list[Recommendation]:
    """Return the advice of an assessment that the viewer reads; one query."""
    rows = found.recommendations.select_related("room").order_by("rule", "room__key", "id")
    kept = []
    for one in rows:
        one.assessment = found
        if access.may_see_advice(viewer, one):
            kept.append(one)
    return kept


def unknown_verdicts(found: Assessment) -> tuple[list[Attainment], list[Finding]]:
    """Return the verdicts that wait for facts, and the missing facts; two queries."""
    return (
        list(found.attainments.filter(status="unknown").select_related("room")),
        list(
            found.findings.filter(kind=FindingKind.GAP, is_missing=True)
            .exclude(event="")
            .select_related("room")
        ),
    )
