"""What the keeper of an installation sees: health, jobs, mail and the audit log; no content."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar, cast

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Model, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from serai.base.access import NotFound, Viewer, require
from serai.base.audit import verify
from serai.base.health.alarm import look
from serai.base.health.readings import Reading
from serai.base.installation import installation
from serai.base.mail import words_in_trial
from serai.base.models import AuditEntry, Job, Message
from serai.base.models.jobs import JobState
from serai.base.models.mail import MessageState
from serai.base.shown import Mark, Sort
from serai.home import access
from serai.members.states.words import HEALTH_NAMES

Kept = TypeVar("Kept", bound=Model)
Shown = TypeVar("Shown")

ROWS = 50
NEWEST_FIRST = Sort("number", is_descending=True)
JOB_TONES = {
    JobState.READY: "open",
    JobState.RUNNING: "part",
    JobState.DONE: "done",
    JobState.FAILED: "wrong",
    JobState.CANCELLED: "planned",
}
LETTER_TONES = {
    MessageState.QUEUED: "part",
    MessageState.SENDING: "part",
    MessageState.SENT: "done",
    MessageState.INBOX_ONLY: "planned",
    MessageState.HELD: "planned",
    MessageState.HELD_SAMPLE: "planned",
    MessageState.SUPPRESSED: "attention",
    MessageState.FAILED: "wrong",
}

MODE_WORDS = {"trial": lazy("A trial"), "production": lazy("A live installation")}
JOB_WORDS: Mapping[str, object] = {
    JobState.READY: lazy("Waits"),
    JobState.RUNNING: lazy("Runs"),
    JobState.DONE: lazy("Done"),
    JobState.FAILED: lazy("Failed"),
    JobState.CANCELLED: lazy("Cancelled"),
}
LETTER_WORDS: Mapping[str, object] = {
    MessageState.QUEUED: lazy("Waits"),
    MessageState.SENDING: lazy("Is being sent"),
    MessageState.SENT: lazy("Sent"),
    MessageState.INBOX_ONLY: lazy("Here only"),
    MessageState.HELD: lazy("Held: trial"),
    MessageState.HELD_SAMPLE: lazy("Held: sample"),
    MessageState.SUPPRESSED: lazy("Address returned letters"),
    MessageState.FAILED: lazy("Failed"),
}


@dataclass(frozen=True)
class Health:
    """How the installation does: readings with their marks, jobs and letters by state."""

    readings: tuple[tuple[Reading, Mark], ...]
    jobs: tuple[tuple[str, int], ...]
    letters: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class StatusPage:
    """Which installation this is, its health, and whether the audit chain is whole.

    Attributes:
        number: with it the audit chain begins.
        unsealed_count: lines that wait for their seal too long, as when no worker runs.
        faults: what else is wrong with the chain, a sentence each.
    """

    number: str
    mode: str
    preset: str
    health: Health
    chain: Mark
    unsealed_count: int
    faults: tuple[str, ...]


@dataclass(frozen=True)
class JobRow:
    """One job; `error` is what the worker said, without any person's words."""

    id: str
    name: str
    mark: Mark
    attempt: int
    asked_at: datetime
    finished_at: datetime | None
    error: str
    may_run_again: bool


@dataclass(frozen=True)
class LetterRow:
    """One letter; text only where its reader, or a trial's keeper, looks."""

    id: int
    subject: str
    text: str
    address: str
    kind: str
    mark: Mark
    written_at: datetime
    seen_at: datetime | None
    attempt: int
    reply: str
    link: str
    sample: bool
    may_send_again: bool


@dataclass(frozen=True)
class AuditRow:
    """One act: numbers, codes and field names."""

    id: int
    at: datetime
    by: int | None
    verb: str
    thing: str
    before: str
    after: str


def health(viewer: Viewer, folder: Path, now: datetime) -> Health:
    """Measure what must be well, and count what waits.

    Raises:
        Denied: for anybody but an administrator.
    """
    require(access.may_see_status, viewer)
    readings = look(settings.BACKUP_DIR, folder, now)
    return Health(
        readings=tuple((replace(r, name=str(HEALTH_NAMES[r.name])), _well(r)) for r in readings),
        jobs=_counts(Job.objects.all(), JOB_WORDS),
        letters=_counts(Message.objects.all(), LETTER_WORDS),
    )


def status_page(viewer: Viewer, folder: Path, now: datetime) -> StatusPage:
    """Measure the house's health and walk the whole audit chain.

    Raises:
        Denied: for anybody but an administrator.
    """
    measured = health(viewer, folder, now)
    faults = verify(now=now).faults
    broken = tuple(fault.sentence for fault in faults if fault.kind != "unsealed")
    unsealed_count = len(faults) - len(broken)
    house = installation()
    return StatusPage(
        number=str(house.uuid),
        mode=str(MODE_WORDS[house.mode]),
        preset=house.preset,
        health=measured,
        chain=_chain(len(broken), unsealed_count),
        unsealed_count=unsealed_count,
        faults=broken,
    )


def _chain(broken_count: int, unsealed_count: int) -> Mark:
    if broken_count:
        return Mark("wrong", _("The chain is broken"))
    if unsealed_count:
        return Mark("attention", _("The latest lines are not sealed yet"))
    return Mark("done", _("The chain is whole"))


def _well(reading: Reading) -> Mark:
    return Mark("done", _("Well")) if reading.is_well else Mark("wrong", _("Look at this"))


def _counts(
    rows: QuerySet[Job] | QuerySet[Message], words: Mapping[str, object]
) -> tuple[tuple[str, int], ...]:
    """Count by state, each in words."""
    found = rows.order_by("state").values_list("state").annotate(n=Count("id"))
    return tuple((str(words[state]), int(n)) for state, n in found)


def jobs(viewer: Viewer, page: int) -> Page[JobRow]:
    """Return jobs, newest first, 50 a page.

    Raises:
        Denied: for anybody but an administrator.
    """
    require(access.may_see_status, viewer)
    return _page(Job.objects.order_by("-id"), page, _job)


def _page(rows: QuerySet[Kept], page: int, show: Callable[[Kept], Shown]) -> Page[Shown]:
    """Return one page of rows as they are shown; a page that is not there is the last."""
    kept = Paginator(rows, ROWS).get_page(page)
    shown = [show(row) for row in kept.object_list]
    return Page(shown, kept.number, cast("Paginator[Shown]", kept.paginator))


def _job(row: Job) -> JobRow:
    state = JobState(row.state)
    return JobRow(
        id=row.public_id,
        name=row.name,
        mark=Mark(JOB_TONES[state], str(JOB_WORDS[state])),
        attempt=row.attempt,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        error=row.error.strip().splitlines()[-1] if row.error.strip() else "",
        may_run_again=state is JobState.FAILED,
    )


def job(viewer: Viewer, number: str) -> Job:
    """Return one job for its asker or an administrator.

    Raises:
        NotFound: if there is none this viewer may watch.
    """
    found = Job.objects.filter(public_id=number).first()
    if found is None or not (
        viewer.holds("administrator")
        or (viewer.is_signed_in and found.asked_by_id == viewer.person_id)
    ):
        raise NotFound(number)
    return found


def letters_of(viewer: Viewer, page: int) -> Page[LetterRow]:
    """Return a person's own letters, newest first."""
    rows = Message.objects.filter(person_id=viewer.person_id or 0).order_by("-written_at", "-id")
    return _page(rows, page, lambda row: _letter(row, with_text=True))


def box(viewer: Viewer, page: int, *, with_text: bool) -> Page[LetterRow]:
    """Return the outbox, newest first; the words of letters only in a trial.

    Raises:
        Denied: for anybody but an administrator.
    """
    require(access.may_see_status, viewer)
    rows = Message.objects.order_by("-written_at", "-id")
    return _page(rows, page, lambda row: _letter(row, with_text=with_text))


def _letter(row: Message, *, with_text: bool) -> LetterRow:
    state = MessageState(row.state)
    return LetterRow(
        id=row.pk,
        subject=row.subject if with_text else "",
        text=words_in_trial(row) if with_text else "",
        address=row.address,
        kind=row.key.partition(":")[0],
        mark=Mark(LETTER_TONES[state], str(LETTER_WORDS[state])),
        written_at=row.written_at,
        seen_at=row.seen_at,
        attempt=row.attempt,
        reply=row.reply,
        link=row.link,
        sample=row.sample,
        may_send_again=state in {MessageState.FAILED, MessageState.SUPPRESSED},
    )


def letter(viewer: Viewer, number: int) -> Message:
    """Return one letter of the box.

    Raises:
        NotFound: if there is none, or none for this viewer: the two look alike from outside.
    """
    found = Message.objects.filter(pk=number).first()
    if found is None or not access.may_see_status(viewer):
        raise NotFound(str(number))
    return found


def audit_entries(
    viewer: Viewer, words: str, page: int, sort: Sort = NEWEST_FIRST
) -> Page[AuditRow]:
    """Return acts, newest first unless sorted by number upwards.

    `words` is a part of a verb or the label of a thing.

    Raises:
        Denied: for anybody but coordinators and administrators.
    """
    require(access.may_read_audit, viewer)
    rows = AuditEntry.objects.order_by("id" if sort.value == "number" else "-id")
    if words:
        rows = rows.filter(thing__startswith=words) | rows.filter(verb__contains=words)
    return _page(rows, page, _act)


def _act(row: AuditEntry) -> AuditRow:
    return AuditRow(
        id=row.pk,
        at=row.at,
        by=row.by,
        verb=row.verb,
        thing=row.thing,
        before=_fields(row.before),
        after=_fields(row.after),
    )


def _fields(kept: object) -> str:
    """Write the changed fields on one line, by name: PostgreSQL keeps no order of its own.

    Of fields within a field (answers by number, each with its digest) the names alone.
    """
    if not isinstance(kept, dict):
        return ""
    return ", ".join(f"{key} {_names(value)}" for key, value in sorted(kept.items()))


def _names(value: object) -> object:
    if not isinstance(value, dict):
        return value
    return " ".join(sorted(value, key=lambda name: (len(name), name)))
