"""Background work of the reports room: ids in, one action out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop, override

from serai.base.access import NotFound
from serai.base.jobs import Context, GiveUp, Schedule, job
from serai.members.queries import viewer_of_person_id
from serai.reports import actions, queries

if TYPE_CHECKING:
    from serai.reports.models import Run


@job("reports.build_run", queue="documents", title=gettext_noop("Issuing a report"), tell=True)
def build_run(context: Context, run_id: int) -> None:
    """Make the files of a cleared run and issue it."""
    run = _run(run_id)
    dated = actions.programme_day(context.now)
    made = actions.make_files(run=run, dated=dated, step=context.progress)
    with override("en"):
        address = reverse("reports:build", args=[run.public_id]).removeprefix("/en")
    with context.commit(result_address=address):
        by = viewer_of_person_id(run.issued_by_id or 0, context.now)
        actions.finish_run(made=made, by=by, now=context.now)


@job("reports.rebuild_run", queue="documents", title=gettext_noop("Making a report again"))
def rebuild_run(context: Context, run_id: int) -> None:
    """Make an issued run's files again and keep which of them differ."""
    run = _run(run_id)
    found = actions.rebuild(run)
    with context.commit():
        by = viewer_of_person_id(context.asked_by or 0, context.now)
        actions.keep_rebuilt(run=run, found=found, by=by, now=context.now)


def _run(run_id: int) -> Run:
    """Return the run a job is for.

    Raises:
        GiveUp: if it was removed with the sample meanwhile.
    """
    try:
        return queries.run_by_pk(run_id)
    except NotFound as missing:
        raise GiveUp(gettext_noop("The report is no longer here.")) from missing


@job("reports.verify_runs", queue="documents", schedule=Schedule("0 3 1 * *"))
def verify_runs(context: Context) -> None:
    """Hash every stored file again; a changed one is written into the audit."""
    with context.commit():
        actions.verify_files(now=context.now)
