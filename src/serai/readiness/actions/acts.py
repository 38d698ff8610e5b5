"""What every action of plans, deliveries, events and help shares: refusing in words, the audit."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from django.db.models import Model
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer
from serai.readiness.states import may_follow


class Refused(Exception):
    """A change that cannot be made; its text says what, where and what to do.

    Attributes:
        field: what of the given facts is refused, by its name; empty for the change as a whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def check_move(current: str, wanted: StrEnum) -> None:
    """Let a thing go on to a state that may follow its own.

    Raises:
        Refused: where it may not.
    """
    if not may_follow(type(wanted)(current), wanted):
        raise Refused(_("This was moved meanwhile. Open the page again and see where it stands."))


def note_audit(
    verb: str,
    thing: Model,
    *,
    by: Viewer | None,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Write one line of the audit; the house itself acts where nobody does."""
    audit.record(
        by=by.person_id if by else None, verb=verb, thing=f"{thing._meta.label_lower}:{thing.pk}",
        before=before, after=after, at=now,
    )  # fmt: skip
