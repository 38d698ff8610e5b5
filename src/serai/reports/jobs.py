"""Background work of the reports room: ids in, one action out."""

from serai.base.jobs import JobContext, job
from serai.members.queries import viewer_of_person_id
from serai.reports import actions, queries


@job("reports.build_run", queue="documents")
def build_run(context: JobContext, *, run_id: int) -> None:
    """Make the files of a cleared run and issue it."""
    run = queries.run_by_pk(run_id)
    by = viewer_of_person_id(run.issued_by_id, context.now)
    actions.make_files(run=run, by=by, now=context.now, step=context.progress)


@job("reports.verify_runs", queue="documents")
def verify_runs(context: JobContext) -> None:
    """Hash every stored file again; a changed one is written into the audit and told."""
    actions.verify_files(now=context.now)
