"""Put an issued report on a meeting's agenda."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.programme import actions as programme
from serai.reports import access
from serai.reports.actions.runs import CannotMove
from serai.reports.models import Run
from serai.reports.states import RunState

if TYPE_CHECKING:
    from serai.programme.models import AgendaItem, Paper


@transaction.atomic
def put_on_agenda(
    *, run: Run, item: "AgendaItem", title: str, by: Viewer, now: datetime
) -> "Paper":
    """Make an issued run a paper of a meeting.

    Raises:
        CannotMove: if it is not issued, or some of the meeting's readers may not read it.
    """
    require(access.may_build_run, by, run)
    if run.state != RunState.ISSUED:
        raise CannotMove(_("Only an issued report is put on an agenda. Issue it first."))
    try:
        return programme.add_report(
            item=item, title=title, run_number=run.number, readers=run.audience,
            languages=tuple(run.languages), by=by, now=now,
        )  # fmt: skip
    except programme.Refused as refusal:
        raise CannotMove(str(refusal)) from refusal
