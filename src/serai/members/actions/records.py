"""What an action leaves behind: a refusal in words, the audit line, letters; and who acted."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from serai.base import audit
from serai.base.access import Denied, Viewer
from serai.base.mail import send_all

__all__ = ["Refused", "actor", "note_audit", "send_all"]


class Refused(Exception):
    """A change that cannot be made; its text says what, where and what to do."""


def note_audit(
    verb: str,
    thing: Model,
    *,
    by: Viewer | None,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave a line in the audit: numbers, codes and field names, no personal values."""
    audit.record(
        by=by.person_id if by else None,
        verb=verb,
        thing=f"{thing._meta.label_lower}:{thing.pk}",
        before=before,
        after=after,
        at=now,
    )


def actor(by: Viewer) -> int:
    """Return the number of the person who acts.

    Raises:
        Denied: for a visitor.
    """
    if by.person_id is None:
        raise Denied("members.may_keep_own_account")
    return by.person_id
