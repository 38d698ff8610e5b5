"""What every action of the room shares: the audit line, taking a step, refusing in words."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from serai.base import audit, jobs
from serai.base.access import Denied, Viewer
from serai.programme.actions import Refused
from serai.surveys.models import Response, Wave
from serai.surveys.states import SurveyEvent, may_follow
from serai.surveys.states.words import state_mark

__all__ = [
    "Refused",
    "actor",
    "day_of",
    "label",
    "moment_kept",
    "note_audit",
    "note_nameless",
    "take_step",
    "tell_rooms",
]

T = TypeVar("T", bound=Model)


def label(thing: Model) -> str:
    """Name a thing for the audit, such as `surveys.response:12`."""
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
    """Leave a line in the audit: numbers, codes and hashes, nobody's words.

    Of a response without a name: no person, no request, and the day alone.
    """
    if isinstance(thing, Response) and thing.wave.survey.is_anonymous:
        note_nameless(verb, thing, now=now, before=before, after=after)
        return
    audit.record(
        by=by.person_id if by else None, verb=verb, thing=label(thing),
        before=before, after=after, at=now,
    )  # fmt: skip


def note_nameless(
    verb: str,
    thing: Model,
    *,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave a line in the audit that says neither who nor at what hour."""
    with without_request():
        audit.record(
            by=None, verb=verb, thing=label(thing), before=before, after=after, at=day_of(now)
        )


def moment_kept(wave: Wave, now: datetime) -> datetime:
    """Return the moment that is kept with what comes in a wave: without names, the day alone."""
    return day_of(now) if wave.survey.is_anonymous else now


def day_of(now: datetime) -> datetime:
    """Return the beginning of a moment's day, at Greenwich."""
    return now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


@contextmanager
def without_request() -> Iterator[None]:
    """Write lines that no request can be matched with."""
    token = audit.request_number.set("")
    try:
        yield
    finally:
        audit.request_number.reset(token)


def take_step(thing: T, wanted: StrEnum, **fields: object) -> T:
    """Move a thing to a state and set fields with it, under its row's lock.

    Raises:
        Refused: the state does not follow the present one.
    """
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before: str = fresh.state  # type: ignore[attr-defined]
    if not may_follow(type(wanted)(before), wanted):
        raise Refused(
            _("It is now “%(now)s”; “%(wanted)s” cannot follow. Reload the page to see it.")
            % {
                "now": state_mark(type(wanted)(before)).word,
                "wanted": state_mark(wanted).word,
            }
        )
    for name, value in {**fields, "state": wanted.value}.items():
        setattr(thing, name, value)
    thing.save(update_fields=["state", *fields])
    return thing


def tell_rooms(response: Response, event: SurveyEvent) -> None:
    """Run the job that was chosen for an event; of one state of a response, once."""
    if name := response.wave.survey.on_event.get(event):
        key = f"{name}:{response.pk}:{event}:{response.revision}"
        jobs.enqueue(name, key=key, response=response.pk)


def actor(by: Viewer) -> int:
    """Return the number of the person who acts.

    Raises:
        Denied: for a visitor.
    """
    if by.person_id is None:
        raise Denied("surveys.signed_in")
    return by.person_id
