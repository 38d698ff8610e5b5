"""How many offices of a country lack equipment: what a national loan kit is advised by."""

from serai.calc.readiness.framework import Lever
from serai.readiness.models import Finding, Office
from serai.readiness.states import AssessmentState, FindingKind


def others_lacking_kit(office: Office) -> int:
    """Count the country's other offices whose latest results show equipment that fails; one query."""
    member = office.organisation.member
    if member is None:
        return 0
    rows = Finding.objects.filter(
        assessment__office__organisation__member=member,
        assessment__office__is_closed=False,
        assessment__sample=office.sample,
        kind=FindingKind.GAP,
        lever=Lever.KIT,
        is_missing=False,
    ).exclude(assessment__office=office)
    rows = rows.exclude(assessment__state=AssessmentState.SUPERSEDED)
    return rows.values("assessment__office").distinct().count()
