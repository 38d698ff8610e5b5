"""What every action of the room shares: stamping a fact, taking a step, refusing in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Model
from django.utils.translation import gettext as _

from serai.base import audit
from serai.base.access import Viewer
from serai.base.days import plain_day
from serai.base.text import TranslatedText
from serai.programme.models import Decision, Initiative, Milestone, Programme, Step
from serai.programme.queries.editing import seen_of
from serai.programme.states import may_follow
from serai.programme.states.words import state_mark


class Refused(Exception):
    """A change that cannot be made; its text says what, where and what to do.

    Attributes:
        field: what of the given facts is refused, by its name; empty for the change as a whole.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class EditedMeanwhile(Refused):
    """Somebody saved the same thing after its editor had opened it; both texts are to be shown.

    Attributes:
        seen: the mark of what stands now.
    """

    def __init__(self, seen: str) -> None:
        super().__init__(_("Somebody changed this while you wrote."))
        self.seen = seen


def check_seen(thing: Programme | Initiative | Milestone, seen: str) -> None:
    """Let an edit go on if what stands is what its editor saw; an empty mark is not compared.

    Raises:
        EditedMeanwhile: with the mark of what stands now.
    """
    stands = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    now = seen_of(stands)
    if seen and seen != now:
        raise EditedMeanwhile(now)


@dataclass(frozen=True)
class Told:
    """When and from where the programme knew a fact; both empty means today, from the author."""

    known_from: date | None = None
    source_note: str = ""
    sample: bool = False


NOW = Told()


def day(value: date) -> str:
    """Write a day in the reader's language."""
    return plain_day(value)


def zone() -> ZoneInfo:
    """Return the programme's time zone."""
    name = Programme.objects.order_by("id").values_list("time_zone", flat=True)[:1]
    return ZoneInfo(next(iter(name), "UTC"))


def today(now: datetime) -> date:
    """Return the programme's own day at a moment."""
    return now.astimezone(zone()).date()


def stamp(*, by: Viewer, now: datetime, told: Told = NOW) -> dict[str, object]:
    """Return the fields of `Dated` and `Sampled` for a new fact.

    Raises:
        Refused: when it was known only tomorrow, or earlier than today without a source.
    """
    this_day = today(now)
    known_from = told.known_from or this_day
    if known_from > this_day:
        raise Refused(
            _("Known from %(day)s is after today, %(today)s. Give today or an earlier day.")
            % {"day": day(known_from), "today": day(this_day)},
            "known_from",
        )
    if known_from < this_day and not told.source_note.strip():
        raise Refused(
            _("Known from %(day)s is before today: say where this is written, as a source note.")
            % {"day": day(known_from)},
            "source_note",
        )
    return {
        "known_from": known_from,
        "recorded_at": now,
        "recorded_by_id": by.person_id,
        "source_note": told.source_note.strip(),
        "sample": told.sample or by.is_sample,
    }


def label(thing: Model) -> str:
    """Name a thing for the audit, such as `programme.plan:12`."""
    return f"{thing._meta.label_lower}:{thing.pk}"


def note_audit(
    verb: str,
    thing: Model,
    *,
    by: Viewer,
    now: datetime,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Leave a line in the audit."""
    audit.record(by=by.person_id, verb=verb, thing=label(thing), before=before, after=after, at=now)


def first_step(name: str, thing: Model, state: StrEnum, facts: Mapping[str, object]) -> None:
    """Write the state a thing begins with."""
    Step.objects.create(**{name: thing}, state=state.value, **facts)


def take_step(
    name: str,
    thing: Model,
    wanted: StrEnum,
    *,
    by: Viewer,
    now: datetime,
    told: Told = NOW,
    reason: str = "",
    citing: Decision | None = None,
) -> str:
    """Move a thing to a state, as a row of its own and on the thing; return the state before.

    Raises:
        Refused: when the state does not follow the present one.
    """
    fresh = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    before: str = fresh.state  # type: ignore[attr-defined]
    if not may_follow(type(wanted)(before), wanted):
        raise Refused(
            _("It is now “%(now)s”; “%(wanted)s” cannot follow. Reload the page to see it.")
            % {"now": state_mark(name, before).word, "wanted": state_mark(name, wanted).word}
        )
    is_sample = told.sample or getattr(thing, "sample", False)
    carried = Told(told.known_from, told.source_note, is_sample)
    Step.objects.create(
        **{name: thing},
        state=wanted.value,
        reason=reason,
        citing=citing,
        **stamp(by=by, now=now, told=carried),
    )
    thing.state = wanted.value  # type: ignore[attr-defined]
    thing.save(update_fields=["state"])
    return before


def required(text: str | TranslatedText, what: str) -> None:
    """Refuse an empty text.

    Raises:
        Refused: naming what is missing.
    """
    if not str(text).strip():
        raise Refused(_("%(what)s is empty. Write it and save again.") % {"what": what})


def as_text(text: str | TranslatedText, language: str = "en") -> TranslatedText:
    """Accept plain text in the writer's language."""
    return text if isinstance(text, TranslatedText) else TranslatedText.of(text, language)
