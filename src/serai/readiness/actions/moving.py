"""What every action of the room shares: the audit line, taking a step, refusing in words."""

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

__all__ = ["Refused", "actor", "label", "note_audit", "take_step"]

T = TypeVar("T", bound=Model)


def label(thing: Model) -> str:
    """Name a thing for the audit, such as `readiness.assessment:12`."""
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
    """Leave a line in the audit: numbers and codes, nobody's words and no score."""
    audit.record(
        by=by.person_id if by else None, verb=verb, thing=label(thing),
        before=before, after=after, at=now,
    )  # fmt: skip


def take_step(thing: T, wanted: StrEnum, **fields: object) -> T:
    """Move a thing to a state and set fields with it, under its row's lock.

    Raises:
        Refused: the state does not follow the present one.
    """
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before: str = fresh.state  # type: ignore[attr-defined]
    if not may_follow(type(wanted)(before), wanted):
        raise Refused(_("This cannot follow any more: something has changed. Reload the page."))
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
