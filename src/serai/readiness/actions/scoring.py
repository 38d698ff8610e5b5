"""One office evaluated: facts gathered, results written all at once in place of the former ones."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import NotFound, Viewer, require
from serai.base.jobs import Asked, enqueue
from serai.readiness import access
from serai.readiness.actions.acts import Refused, actor, note_audit, take_step
from serai.readiness.actions.results import write_results
from serai.readiness.models import Assessment
from serai.readiness.queries.answers import office_answers
from serai.readiness.queries.assessments import whole_assessments
from serai.readiness.queries.definitions import definition_of, framework_needed
from serai.readiness.queries.evaluation import Evaluation, evaluate
from serai.readiness.queries.lacking import others_lacking_kit
from serai.readiness.queries.line_change import line_changed_on
from serai.readiness.queries.link_facts import measured
from serai.readiness.queries.reminders import waiting_for_score
from serai.readiness.states import AssessmentState, RunSource
from serai.surveys.queries.counted import response_to_count


@transaction.atomic
def score_assessment(
    *, assessment: Assessment, by: Viewer, now: datetime, as_of: date | None = None
) -> Assessment:
    """Evaluate an office by the edition in use, as of a day; today where none is given.

    Raises:
        Refused: no framework is in use, no answers were cleared, or it is under review or over.
    """
    found = whole_assessments().select_for_update(of=("self",)).get(pk=assessment.pk)
    require(access.may_assess, by, found)
    if not found.response_number:
        raise Refused(_("There are no cleared answers of this office yet. Ask for them first."))
    try:
        framework = framework_needed()
    except NotFound as error:
        raise Refused(_("No framework is in use. Publish one first.")) from error
    day = as_of or now.date()
    found.framework = framework
    done = _evaluated(found, day, now)
    whole = done.score.whole
    take_step(
        found, AssessmentState.SCORED, framework=framework, as_of=day, scored_at=now,
        score=whole.value, score_low=whole.low, score_high=whole.high,
        known_share=whole.known_share, measured_share=whole.measured_share,
        dimensions=dimension_scores(done),
        headline_attend=done.headline_attend, headline_host=done.headline_host,
    )  # fmt: skip
    write_results(found, done, definition_of(framework))
    note_audit(
        "score_assessment", found, by=by, now=now,
        after={"framework": framework.number, "as_of": day.isoformat()},
    )  # fmt: skip
    return found


@transaction.atomic
def ask_for_scores(*, by: Viewer) -> Asked:
    """Ask for every office to be scored whose answers are cleared; one job at a time.

    Raises:
        Refused: none waits.
    """
    require(access.may_see_agencies, by)
    if not waiting_for_score():
        raise Refused(_("No office waits to be scored."))
    return enqueue("readiness.score", key="readiness.score", by=actor(by))


@transaction.atomic
def score_waiting(*, number: int, by: Viewer, now: datetime) -> None:
    """Score one that waits; what was taken up meanwhile, or is another officer's, stays."""
    found = whole_assessments().filter(pk=number, state=AssessmentState.COLLECTING).first()
    if found is not None and access.may_assess(by, found):
        score_assessment(assessment=found, by=by, now=now)


def _evaluated(found: Assessment, day: date, now: datetime) -> Evaluation:
    office = found.office
    definition = definition_of(found.framework)
    country = access.iso3_of(office) or ""
    since = line_changed_on(office, definition)
    return evaluate(
        code=office.public_id,
        country=country,
        answers=office_answers(response_to_count(found.response_number), definition.keys, now),
        runs=measured(office, since=since),
        told=measured(office, source=RunSource.ENTERED, since=since),
        definition=definition,
        as_of=day,
        others_lacking=others_lacking_kit(office),
    )


def dimension_scores(done: Evaluation) -> dict[str, dict[str, float | None]]:
    """Return each dimension's score with its interval and shares, as they are kept."""
    return {
        code: {
            "value": one.value,
            "low": one.low,
            "high": one.high,
            "known_share": one.known_share,
            "measured_share": one.measured_share,
        }
        for code, one in done.score.dimensions.items()
    }
