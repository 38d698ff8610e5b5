"""Background work of readiness."""

from django.utils.translation import gettext_noop

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, Schedule, job
from serai.members.queries import viewer_of_person_id
from serai.readiness import actions, queries


# ---------------------------------------------------------------- connection tests
@job(
    "readiness.purge_runs",
    title=gettext_noop("Empty the raw series of old connection tests"),
    schedule=Schedule("40 2 * * *", zone="Asia/Manila"),
)
def purge_runs(context: Context) -> None:
    """Empty series after 24 months; mark tickets that nobody used."""
    with context.commit():
        actions.expire_tickets(now=context.now)
        actions.purge_series(now=context.now)


# ---------------------------------------------------------------- letters of every day
@job("readiness.remind", schedule=Schedule("10 9 * * 1-5", zone="Asia/Manila"))
def remind(context: Context) -> None:
    """Ask for tests and for answers to results that end soon; each letter leaves once."""
    with context.commit():
        actions.remind(now=context.now)


@job("readiness.retest_due", schedule=Schedule("20 9 * * *", zone="Asia/Manila"))
def retest_due(context: Context) -> None:
    """Ask to test again what was installed two weeks ago."""
    with context.commit():
        actions.tell_retests(now=context.now)


# ---------------------------------------------------------------- offices and assessment
SCORING = gettext_noop("Scoring offices")
OFFICES = gettext_noop("offices")


@job("readiness.score", title=SCORING, tell=True)
def score(context: Context) -> None:
    """Score every office whose answers are cleared, each by itself; a second try goes on."""
    if context.asked_by is None:
        raise GiveUp(gettext_noop("Nobody asked for it."))
    by = viewer_of_person_id(context.asked_by, context.now)
    waiting = queries.waiting_for_score()
    for number, assessment in enumerate(waiting):
        context.progress(SCORING, number, len(waiting), OFFICES)
        actions.score_waiting(number=assessment, by=by, now=context.now)
    with context.commit(result_address=queries.offices_path()):
        pass


@job("readiness.cleared", title=gettext_noop("Taking cleared answers in"))
def cleared(context: Context, response: int) -> None:
    """Make or bring up to date the office of a response that was cleared."""
    with context.commit():
        try:
            actions.take_in_answers(response_id=response, now=context.now)
        except NotFound as error:
            raise GiveUp("No framework is in use. Publish one, then run this again.") from error


# ---------------------------------------------------------------- plans
SOLVING = gettext_noop("Looking for the best plan")
BUDGETS = gettext_noop("budgets")


@job("readiness.run_plan", title=SOLVING, max_attempts=2, tell=True)
def run_plan(context: Context, run_id: int) -> None:
    """Solve one run of a scenario and keep what came out."""
    run = queries.run_by_pk(run_id)
    if run is None:
        raise GiveUp(gettext_noop("The plan is no longer here."))
    actions.start_run(run=run)
    inputs = queries.plan_inputs(run)

    def told(done: int, total: int) -> None:
        context.progress(SOLVING, done, total, BUDGETS)

    try:
        solved = actions.solve(inputs, told)
    except ValueError as error:
        with context.commit(result_address=queries.run_path(run)):
            actions.fail_run(run=run, said=str(error), now=context.now)
        return
    with context.commit(result_address=queries.run_path(run)):
        actions.keep_plan(run=run, solved=solved, is_changed=inputs.is_changed, now=context.now)


# ---------------------------------------------------------------- events
@job(
    "readiness.forecast",
    title=gettext_noop("Forecast the events that are near"),
    schedule=Schedule("20 5 * * *", zone="Asia/Manila"),
)
def forecast(context: Context) -> None:
    """Forecast events 10, 3 and 1 days ahead, and write to those whose forecast is not green."""
    with context.commit():
        actions.forecast_coming(now=context.now)


# ---------------------------------------------------------------- help
@job(
    "readiness.close_help",
    title=gettext_noop("Closing requests for help that were solved five days ago"),
    schedule=Schedule("20 3 * * *", zone="Asia/Manila"),
)
def close_help(context: Context) -> None:
    """Close what nobody opened again."""
    with context.commit():
        actions.close_solved(now=context.now)
