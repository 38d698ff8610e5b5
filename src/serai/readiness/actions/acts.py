"""What every action of the room shares: the audit line, moves, refusing in words."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Denied, Viewer
from serai.programme.actions import Refused
from serai.readiness.states import may_follow

__all__ = ["Refused", "actor", "check_move", "label", "note_audit", "take_step"]

T = TypeVar("T", bound=Model)


def label(thing: Model) -> str:
    """Name a thing for the audit, such as `readiness.framework:12`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def check_move(thing: Model, wanted: StrEnum) -> None:
    """Let a thing go on to a state that may follow its own, under its row's lock.

    Raises:
        Refused: where it may not, or where somebody has moved it meanwhile.
    """
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if not may_follow(type(wanted)(fresh.state), wanted):  # type: ignore[attr-defined]
        raise Refused(_("This was moved meanwhile. Open the page again and see where it stands."))


def take_step(thing: T, wanted: StrEnum, **fields: object) -> T:
    """Move a thing to a state and set fields with it, under its row's lock.

    Raises:
        Refused: the state does not follow the present one.
    """
    check_move(thing, wanted)
    for name, value in {**fields, "state": wanted.value}.items():
        setattr(thing, name, value)
    thing.save(update_fields=["state", *fields])
    return thing


def actor(by: Viewer) -> int:
    """Return the number of the person who acts.

    Raises:
        Denied: for a visitor.
    """
    if by.person_id is None:
        raise Denied("readiness.signed_in")
    return by.person_id


def note_audit(
    verb: str,
    thing: Model,
    *,
    by: Viewer | None,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave a line in the audit; the house itself acts where nobody does."""
    audit.record(
        by=by.person_id if by else None, verb=verb, thing=label(thing),
        before=before, after=after, at=now,
    )  # fmt: skip
