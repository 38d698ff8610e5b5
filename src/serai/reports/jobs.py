"""Background work of the reports room: ids in, one action out."""

from django.urls import reverse
from django.utils.translation import gettext_noop, override

from serai.base.jobs import Context, Schedule, job
from serai.members.queries import viewer_of_person_id
from serai.reports import actions, queries


@job("reports.build_run", queue="documents", title=gettext_noop("Issuing a report"), tell=True)
def build_run(context: Context, run_id: int) -> None:
    """Make the files of a cleared run and issue it."""
    run = queries.run_by_pk(run_id)
    made = actions.make_files(run=run, dated=context.now.date(), step=context.progress)
    with override("en"):
        address = reverse("reports:build", args=[run.public_id]).removeprefix("/en")
    with context.commit(result_address=address):
        by = viewer_of_person_id(run.issued_by_id or 0, context.now)
        actions.finish_run(made=made, by=by, now=context.now)


@job("reports.verify_runs", queue="documents", schedule=Schedule("0 3 1 * *"))
def verify_runs(context: Context) -> None:
    """Hash every stored file again; a changed one is written into the audit."""
    with context.commit():
        actions.verify_files(now=context.now)
