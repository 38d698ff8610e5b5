"""Setting a row right on the repair bench."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer, require
from serai.members import access, queries
from serai.members.actions.records import Refused, note_audit
from serai.members.models import Repair
from serai.members.queries import BenchRow


@transaction.atomic
def repair_row(
    *, found: BenchRow, values: Mapping[str, object], reason: str, by: Viewer, now: datetime
) -> Model:
    """Set the fields a table lets be repaired; the audit keeps their names, the unlock the reason.

    Raises:
        Denied: outside an open unlock, or for a field that is not to be repaired.
        Refused: if the row would not hold together.
    """
    require(access.may_open_bench, by)
    unlock = queries.own_open_unlock(by, now)
    if unlock is None or not set(values) <= set(found.shelf.repairs):
        raise Denied("members.may_open_bench")
    if not reason.strip():
        raise Refused(_("Say what is set right and why: this sentence stays on record."))
    row = found.shelf.model._default_manager.select_for_update().get(pk=found.row.pk)
    changed = sorted(name for name, value in values.items() if getattr(row, name) != value)
    if not changed:
        raise Refused(_("Nothing is different from before. Change a value, or go back."))
    for name in changed:
        setattr(row, name, values[name])
    _check(row)
    row.save(update_fields=changed)
    note_audit("repair_row", row, by=by, now=now, after={"fields": changed})
    thing = f"{row._meta.label_lower}:{row.pk}"
    Repair.objects.create(unlock=unlock, thing=thing, reason=reason.strip(), at=now)
    return row


def _check(row: Model) -> None:
    try:
        row.full_clean()
    except ValidationError as error:
        said = " ".join(error.messages)
        raise Refused(
            _("The row would not hold together: {said} Correct the values.").format(said=said)
        ) from error
