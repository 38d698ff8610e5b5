"""What every action of the room shares: the audit line, refusing in words."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from serai.base import audit
from serai.base.access import Viewer
from serai.programme.actions import Refused

__all__ = ["Refused", "label", "note_audit"]


def label(thing: Model) -> str:
    """Name a thing for the audit, such as `readiness.framework:12`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def note_audit(
    verb: str,
    thing: Model,
    *,
    by: Viewer | None,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave a line in the audit."""
    audit.record(
        by=by.person_id if by else None, verb=verb, thing=label(thing),
        before=before, after=after, at=now,
    )  # fmt: skip
