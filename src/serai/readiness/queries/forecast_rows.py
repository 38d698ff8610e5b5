"""Forecasts of many events as rows of files, each as its reader may see it; whose results they read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from serai.base.access import Viewer
from serai.base.text import TranslatedText
from serai.calc.readiness.forecast import PlanB
from serai.readiness.models import Assessment, Delegation
from serai.readiness.queries.events import forecast_as_read, offices_read
from serai.readiness.queries.plan_inputs import best_of
from serai.readiness.queries.verdicts import Kept, ways
from serai.readiness.states import AssessmentState


@dataclass(frozen=True)
class ForecastRow:
    """The forecast of one office for one event.

    Attributes:
        office_id: the office's public number.
        number: the delegation's own, ascending.
        assessment_id: the results that its facts come from now; None where there are none.
    """

    event_id: str
    title: TranslatedText
    starts_at: datetime
    ends_at: datetime
    event: str
    platform: str
    sensitivity: str
    office_id: str
    role: str
    seats: int
    state: str
    forecast: Kept
    forecast_at: datetime | None
    ways: tuple[PlanB, ...]
    outcome: str
    sample: bool
    number: int
    assessment_id: int | None


def forecast_rows(viewer: Viewer) -> list[ForecastRow]:
    """Return the forecasts a viewer reads, as `access.may_see_delegation` says of one."""
    found = (
        Delegation.objects.filter(office__in=offices_read(viewer))
        .exclude(verdict={})
        .select_related("plan__meeting", "office__organisation__member", "office__initiative")
        .order_by("id")
    )
    rows = [(one, kept) for one in found if (kept := forecast_as_read(viewer, one)) is not None]
    results = results_of(one.office_id for one, _kept in rows)
    return [
        ForecastRow(
            event_id=one.plan.public_id, title=one.plan.meeting.title,
            starts_at=one.plan.starts_at, ends_at=one.plan.ends_at, event=one.plan.event,
            platform=one.plan.platform, sensitivity=one.plan.sensitivity,
            office_id=one.office.public_id, role=one.role, seats=one.seats, state=one.state,
            forecast=kept, forecast_at=one.forecast_at, ways=ways(one.plan_b),
            outcome=str(one.outcome.get("word", "")), sample=one.sample, number=one.pk,
            assessment_id=results.get(one.office_id),
        )
        for one, kept in rows
    ]  # fmt: skip


def results_of(offices: Iterable[int]) -> dict[int, int]:
    """Return for each office the assessment its forecasts are made from; one query."""
    states = [AssessmentState.CONFIRMED, AssessmentState.UNDER_REVIEW, AssessmentState.SCORED]
    found = Assessment.objects.filter(office__in=set(offices), state__in=states)
    return {office: one.pk for office, one in best_of(found.order_by("office_id", "id")).items()}
