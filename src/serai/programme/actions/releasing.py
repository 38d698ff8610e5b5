"""Who reads a thing of the programme: each change is an act of release or of taking back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import actions as members
from serai.members.states import Audience
from serai.programme import access
from serai.programme.access import Releasable
from serai.programme.actions.facts import Refused, label, note_audit
from serai.programme.actions.finding import (
    index_all_of,
    index_all_of_meeting,
    index_milestone,
    index_paper,
)
from serai.programme.actions.milestones import check_reader
from serai.programme.models import Initiative, Meeting, Milestone, Paper
from serai.programme.queries.releasing import bound_of, release_of, reports_bound

TITLE_LENGTH = 300


@transaction.atomic
def change_readers(
    *,
    thing: Releasable,
    audience: str,
    reason: str,
    by: Viewer,
    now: datetime,
    consent_by: int | None = None,
) -> Releasable:
    """Let more or fewer people read a thing, with who consented and why.

    Raises:
        Refused: what it is already, more than what it belongs to, or a missing consent or reason.
    """
    require(access.may_release, by, thing)
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before, to = Audience(fresh.audience), Audience(audience)
    thing.audience = before.value
    if to is before:
        raise Refused(_("This is who reads it already. Choose another audience."), "audience")
    _check_bounds(thing, to)
    title = thing.title if isinstance(thing, Meeting | Paper) else thing.name
    released = members.Released(label(thing), str(title)[:TITLE_LENGTH], release_of(thing, to))
    try:
        members.change_audience(
            released=released, reason=reason, by=by, now=now, consent_by=consent_by
        )
    except members.Refused as refusal:
        field = "consent" if to.is_wider_than(before) else "reason"
        raise Refused(str(refusal), field) from refusal
    thing.audience = to.value
    thing.save(update_fields=["audience"])
    _index_again(thing, now)
    note_audit(
        "change_readers", thing, by=by, now=now, before={"audience": before.value},
        after={"audience": to.value},
    )  # fmt: skip
    return thing


def _index_again(thing: Releasable, now: datetime) -> None:
    """Index a thing again, with all that is found as narrowly as it."""
    if isinstance(thing, Initiative):
        index_all_of(thing, now)
    elif isinstance(thing, Meeting):
        index_all_of_meeting(thing, now)
    elif isinstance(thing, Paper):
        index_paper(thing, now)
    else:
        index_milestone(thing, now)


def _check_bounds(thing: Releasable, to: Audience) -> None:
    if isinstance(thing, Milestone):
        check_reader(to, owner_id=thing.owner_id, country_id=thing.country_id)
    elif Audience.SECRETARIAT.is_wider_than(to):
        raise Refused(_("The secretariat reads it at least."), "audience")
    if not to.is_wider_than(Audience.SECRETARIAT):
        return
    if to.is_wider_than(bound_of(thing)):
        sentence = (
            _("Fewer people know of its meeting. Let them know of the meeting first.")
            if isinstance(thing, Paper)
            else _("Fewer people read its initiative. Let them read the initiative first.")
        )
        raise Refused(sentence, "audience")
    if isinstance(thing, Meeting) and to.is_wider_than(reports_bound(thing)):
        raise Refused(
            _("Fewer people may read a report on its agenda. Issue that report for them first."),
            "audience",
        )
