"""An assessment's way: shown to the agency, agreed or disputed, confirmed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.base.mail import send_all
from serai.readiness import access, emails
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.models import Assessment, Recommendation
from serai.readiness.queries.assessments import confirmed_assessment, whole_assessments
from serai.readiness.queries.recipients import leads_of, officers_of
from serai.readiness.states import AssessmentState, RecommendationState

REVIEW_DAYS = 10
SATURDAY = 5
LONGEST_DISPUTE = 4_000


def working_days_after(day: date, count: int) -> date:
    """Return the day that is so many working days, Monday to Friday, after another."""
    found = day
    while count > 0:
        found += timedelta(days=1)
        count -= found.weekday() < SATURDAY
    return found


def _locked(assessment: Assessment) -> Assessment:
    return whole_assessments().select_for_update(of=("self",)).get(pk=assessment.pk)


def _today(found: Assessment, now: datetime) -> date:
    return now.astimezone(ZoneInfo(found.office.time_zone)).date()


@transaction.atomic
def show_results(*, assessment: Assessment, by: Viewer, now: datetime) -> Assessment:
    """Put results before the agency, which has ten working days of its own calendar to answer."""
    found = _locked(assessment)
    require(access.may_assess, by, found)
    due_on = working_days_after(_today(found, now), REVIEW_DAYS)
    take_step(found, AssessmentState.UNDER_REVIEW, due_on=due_on, dispute="")
    note_audit("show_results", found, by=by, now=now, after={"due_on": due_on.isoformat()})
    send_all(emails.results_for_review(found, leads_of(found.office, now)))
    return found


@transaction.atomic
def agree_results(*, assessment: Assessment, by: Viewer, now: datetime) -> Assessment:
    """Say for the agency that the results are right."""
    found = _locked(assessment)
    require(access.may_answer_results, by, found)
    if found.agreed_at is not None:
        raise Refused(_("Your organisation has agreed already. Reload the page to see it."))
    found.agreed_at, found.agreed_by_id = now, actor(by)
    found.save(update_fields=["agreed_at", "agreed_by"])
    note_audit("agree_results", found, by=by, now=now)
    return found


@transaction.atomic
def dispute_results(*, assessment: Assessment, words: str, by: Viewer, now: datetime) -> Assessment:
    """Say for the agency what is wrong with the results; facts are collected again."""
    found = _locked(assessment)
    require(access.may_answer_results, by, found)
    said = words.strip()
    if not said:
        raise Refused(_("Write what is wrong, and where."), "words")
    if len(said) > LONGEST_DISPUTE:
        raise Refused(_("This is longer than %(n)d letters.") % {"n": LONGEST_DISPUTE}, "words")
    take_step(
        found, AssessmentState.COLLECTING, dispute=said, due_on=None, agreed_at=None, agreed_by=None
    )
    note_audit("dispute_results", found, by=by, now=now)
    send_all(emails.results_disputed(found, officers_of(found.office, now), now))
    return found


@transaction.atomic
def confirm_results(*, assessment: Assessment, by: Viewer, now: datetime) -> Assessment:
    """Let results hold, once the agency agreed or its time is over; the former ones are superseded.

    Raises:
        Refused: the agency has not agreed and still has time.
    """
    found = _locked(assessment)
    require(access.may_assess, by, found)
    is_over = found.due_on is not None and _today(found, now) > found.due_on
    if found.agreed_at is None and not is_over:
        raise Refused(_("The agency has not agreed yet, and its ten working days are not over."))
    former = confirmed_assessment(found.office)
    if former is not None:
        take_step(former, AssessmentState.SUPERSEDED)
        _let_lapse(former, now)
    take_step(
        found, AssessmentState.CONFIRMED, confirmed_at=now, confirmed_by_id=actor(by)
    )  # fmt: skip
    note_audit(
        "confirm_results", found, by=by, now=now,
        after={"former": former.pk if former else None, "agreed": found.agreed_at is not None},
    )  # fmt: skip
    return found


def _let_lapse(former: Assessment, now: datetime) -> None:
    """Let advice nobody took up lapse with the results it came from."""
    waiting = (RecommendationState.DRAFT, RecommendationState.PROPOSED)
    for advice in Recommendation.objects.filter(assessment=former, state__in=waiting):
        take_step(advice, RecommendationState.LAPSED, moved_at=now, moved_by=None)
