"""Background work of the room readiness: ids in, one action out."""

from django.utils.translation import gettext_noop

from serai.base.jobs import Context, GiveUp, job
from serai.readiness import actions, queries

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
