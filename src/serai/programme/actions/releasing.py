"""Who reads an initiative or a milestone: each change is an act of release or of taking back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.members import actions as members
from serai.members.states import Audience
from serai.programme import access
from serai.programme.actions.facts import Refused, label, note_audit
from serai.programme.actions.finding import index_all_of, index_milestone
from serai.programme.actions.milestones import check_reader
from serai.programme.models import Initiative, Milestone
from serai.programme.queries.releasing import release_of

TITLE_LENGTH = 300


@transaction.atomic
def change_readers(
    *,
    thing: Initiative | Milestone,
    audience: str,
    reason: str,
    by: Viewer,
    now: datetime,
    consent_by: int | None = None,
) -> Initiative | Milestone:
    """Let more or fewer people read a thing, with who consented and why.

    Raises:
        Refused: what it is already, more than its initiative, or a missing consent or reason.
    """
    require(access.may_release, by, thing)
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before, to = Audience(fresh.audience), Audience(audience)
    thing.audience = before.value
    if to is before:
        raise Refused(_("This is who reads it already. Choose another audience."), "audience")
    _check_bounds(thing, to)
    released = members.Released(label(thing), str(thing.name)[:TITLE_LENGTH], release_of(thing, to))
    try:
        members.change_audience(
            released=released, reason=reason, by=by, now=now, consent_by=consent_by
        )
    except members.Refused as refusal:
        field = "consent" if to.is_wider_than(before) else "reason"
        raise Refused(str(refusal), field) from refusal
    thing.audience = to.value
    thing.save(update_fields=["audience"])
    if isinstance(thing, Initiative):
        # What stands in it is found as narrowly as it: all of it is indexed again.
        index_all_of(thing, now)
    else:
        index_milestone(thing, now)
    note_audit(
        "change_readers", thing, by=by, now=now, before={"audience": before.value},
        after={"audience": to.value},
    )  # fmt: skip
    return thing


def _check_bounds(thing: Initiative | Milestone, to: Audience) -> None:
    if isinstance(thing, Initiative):
        if Audience.SECRETARIAT.is_wider_than(to):
            raise Refused(_("An initiative is read by the secretariat at least."), "audience")
        return
    check_reader(to, owner_id=thing.owner_id, country_id=thing.country_id)
    if to.is_wider_than(Audience.SECRETARIAT) and to.is_wider_than(
        Audience(thing.initiative.audience)
    ):
        raise Refused(
            _("Fewer people read its initiative. Let them read the initiative first."), "audience"
        )
