"""What people do in this room beside their roles."""

from dataclasses import dataclass
from datetime import date

from serai.base.access import NotFound, Viewer
from serai.readiness import access
from serai.readiness.models import Duty


@dataclass(frozen=True)
class DutyRow:
    """One duty of one person, today's, a later or an earlier one."""

    public_id: str
    person: str
    kind: str
    from_on: date
    until_on: date | None
    given_by: str
    is_over: bool
    sample: bool


def duties(viewer: Viewer, today: date) -> list[DutyRow]:
    """Return all duties, those that stand first, then by person; one query."""
    if not access.may_give_duty(viewer):
        return []
    rows = Duty.objects.select_related("person", "given_by").order_by("person__full_name", "id")
    found = [
        DutyRow(
            one.public_id, one.person.full_name, one.kind, one.from_on, one.until_on,
            one.given_by.full_name if one.given_by else "",
            one.ended_at is not None or (one.until_on is not None and one.until_on < today),
            one.sample,
        )
        for one in rows
    ]  # fmt: skip
    return sorted(found, key=lambda row: row.is_over)


def duty(viewer: Viewer, public_id: str) -> Duty:
    """Return one duty that has not been ended.

    Raises:
        NotFound: if there is none, or the viewer gives none.
    """
    found = Duty.objects.filter(public_id=public_id, ended_at=None).select_related("person").first()
    if found is None or not access.may_give_duty(viewer, found):
        raise NotFound(public_id)
    return found
