"""Write the narrative blocks of a run."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.text import TranslatedText
from serai.reports import access
from serai.reports.actions.documents import programme_day
from serai.reports.actions.runs import CannotMove
from serai.reports.kinds import KINDS
from serai.reports.models import Narrative, Run
from serai.reports.states import RunState

OPEN_TO_CHANGES = (RunState.DRAFT, RunState.IN_REVIEW)


class EditedMeanwhile(Exception):
    """Somebody else saved this block first; both texts are kept to be shown side by side."""

    def __init__(self, theirs: TranslatedText, mine: TranslatedText, version: int) -> None:
        self.theirs = theirs
        self.mine = mine
        self.version = version
        super().__init__("edited meanwhile")


@transaction.atomic
def write_narrative(
    *, run: Run, block: str, text: TranslatedText, version: int, by: Viewer, now: datetime
) -> Narrative:
    """Save one block; `version` is the one the writer started from, 0 for a new block.

    Raises:
        EditedMeanwhile: if the block has been saved since.
        CannotMove: if the run is no longer open.
    """
    require(access.may_build_run, by, run)
    if run.state not in OPEN_TO_CHANGES:
        raise CannotMove(_("This report is closed to changes. Take it back to review first."))
    found = Narrative.objects.select_for_update().filter(run=run, block=block).first()
    if found and found.version != version:
        raise EditedMeanwhile(found.text, text, found.version)
    narrative = found or Narrative(run=run, block=block, version=0)
    narrative.text = text.follow(narrative.text)
    narrative.author_id, narrative.author_name = by.person_id, by.name
    narrative.written_on = programme_day(now)
    narrative.version += 1
    narrative.sample = run.sample or by.is_sample
    narrative.save()
    audit.record(
        by=by.person_id,
        verb="write_narrative",
        thing=f"reports.run:{run.pk}",
        after={"block": block, "version": narrative.version},
        at=now,
    )
    return narrative


@transaction.atomic
def take_latest_note(*, run: Run, block: str, by: Viewer, now: datetime) -> Narrative:
    """Replace a block's text by the initiative's latest cleared note."""
    require(access.may_build_run, by, run)
    if run.state not in OPEN_TO_CHANGES:
        raise CannotMove(_("This report is closed to changes. Take it back to review first."))
    viewer = access.audience_viewer(run.audience)
    offers = {o.block: o for o in KINDS[run.kind].offers(viewer, run.as_of, run.languages[0])}
    offer = offers.get(block)
    if offer is None or offer.written_on is None:
        raise CannotMove(_("There is no cleared note for this block yet."))
    narrative, _made = Narrative.objects.get_or_create(
        run=run, block=block, defaults={"written_on": offer.written_on, "version": 0}
    )
    narrative.text, narrative.written_on = offer.text, offer.written_on
    narrative.author_id, narrative.author_name = offer.author_id, offer.author_name
    narrative.sample = offer.is_sample
    narrative.version += 1
    narrative.save()
    audit.record(
        by=by.person_id,
        verb="take_latest_note",
        thing=f"reports.run:{run.pk}",
        after={"block": block},
        at=now,
    )
    return narrative
