"""What people do in this room beside their roles: given until a day, and ended."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from serai.base.access import Viewer, require
from serai.readiness import access
from serai.readiness.actions.acts import Refused, note_audit
from serai.readiness.models import Duty
from serai.readiness.states import DutyKind


@transaction.atomic
def give_duty(
    *, person_id: int, kind: str, until_on: date | None = None, by: Viewer, now: datetime
) -> Duty:
    """Give a duty from today on, until a day or until it is ended.

    Raises:
        Denied: to all but officers.
        Refused: for a day that is over, or a duty the person has already.
    """
    require(access.may_give_duty, by)
    today = now.date()
    if until_on is not None and until_on < today:
        raise Refused(
            _("This day is over. Choose today or a later day, or leave it empty."), "until_on"
        )
    stands = Duty.objects.filter(
        Q(until_on=None) | Q(until_on__gte=today), person_id=person_id, kind=kind, ended_at=None
    )
    if stands.exists():
        raise Refused(
            _("The person has this duty already. End it first to change its last day."), "person"
        )
    made = Duty.objects.create(
        person_id=person_id, kind=DutyKind(kind).value, from_on=today, until_on=until_on,
        given_by_id=by.person_id, sample=by.is_sample,
    )  # fmt: skip
    note_audit(
        "give_duty", made, by=by, now=now,
        after={"person": person_id, "kind": made.kind, "until_on": str(until_on or "")},
    )  # fmt: skip
    return made


@transaction.atomic
def end_duty(*, duty: Duty, by: Viewer, now: datetime) -> Duty:
    """End a duty at once; what was done under it stays.

    Raises:
        Denied: to all but officers.
        Refused: where somebody has ended it meanwhile.
    """
    require(access.may_give_duty, by, duty)
    if not Duty.objects.filter(pk=duty.pk, ended_at=None).update(ended_at=now):
        raise Refused(_("This duty has been ended meanwhile."))
    duty.ended_at = now
    note_audit("end_duty", duty, by=by, now=now, after={"kind": duty.kind})
    return duty
