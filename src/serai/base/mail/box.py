"""What a reader sees of the letters, and what an administrator sees of the box."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from serai.base.access import NotFound, Viewer
from serai.base.mail.hiding import reveal
from serai.base.models import Message, MessageState

# In the inbox stands whatever was written to a person, sent or not.
LONGEST_LIST = 200


@dataclass(frozen=True)
class Letter:
    """A letter as its reader sees it."""

    id: str
    subject: str
    text: str
    html: str
    topic: str
    thing: str
    link: str
    language: str
    written_at: datetime
    seen_at: datetime | None
    sample: bool
    attachments: tuple[str, ...]


@dataclass(frozen=True)
class Envelope:
    """A letter as the administrator sees it: no words, and no address but in a trial."""

    id: str
    key: str
    topic: str
    language: str
    state: MessageState
    written_at: datetime
    sent_at: datetime | None
    attempt: int
    next_at: datetime | None
    reply: str
    sample: bool
    person_id: int | None


@dataclass(frozen=True)
class TrialLetter:
    """A letter as a trial's box shows it to whoever tries the house."""

    to: str
    subject: str
    text: str


def trial_letter(public_id: str) -> TrialLetter | None:
    """Return a letter's words; never in production, but for sample letters."""
    row = Message.objects.filter(public_id=public_id).first()
    if row is None or (settings.MODE == "production" and not row.sample):
        return None
    return TrialLetter(row.address, row.subject, words_in_trial(row))


def words_in_trial(row: Message) -> str:
    """Return a letter's words; where nothing is sent, with the code its reader waits for."""
    return row.text if settings.MODE == "production" else reveal(row, row.text)


def _letter(row: Message) -> Letter:
    return Letter(
        id=row.public_id,
        subject=row.subject,
        text=row.text,
        html=row.html,
        topic=row.topic,
        thing=row.thing,
        link=row.link,
        language=row.language,
        written_at=row.written_at,
        seen_at=row.seen_at,
        sample=row.sample,
        attachments=tuple(kept["name"] for kept in row.attachments),
    )


def inbox(viewer: Viewer, *, limit: int = 50) -> list[Letter]:
    """Return a person's own letters, newest first; nobody else's."""
    if viewer.person_id is None:
        return []
    rows = Message.objects.filter(person_id=viewer.person_id).order_by("-written_at", "-pk")
    return [_letter(row) for row in rows[: min(limit, LONGEST_LIST)]]


def unseen_count(viewer: Viewer) -> int:
    """Return how many of a person's own letters were not opened yet."""
    if viewer.person_id is None:
        return 0
    return Message.objects.filter(person_id=viewer.person_id, seen_at=None).count()


def letter(viewer: Viewer, public_id: str) -> Letter:
    """Return one of a person's own letters.

    Raises:
        NotFound: if there is none, or it is somebody else's.
    """
    if viewer.person_id is None:
        raise NotFound
    row = Message.objects.filter(public_id=public_id, person_id=viewer.person_id).first()
    if row is None:
        raise NotFound
    return _letter(row)


def mark_seen(viewer: Viewer, public_ids: Iterable[str], now: datetime) -> int:
    """Note that a person opened letters; return how many were new."""
    if viewer.person_id is None:
        return 0
    own = Message.objects.filter(person_id=viewer.person_id, seen_at=None)
    return own.filter(public_id__in=list(public_ids)).update(seen_at=now)


def forget_letters(person_ids: Iterable[int]) -> int:
    """Remove the letters of people who are gone, but those on their way; return how many."""
    on_their_way = [MessageState.QUEUED, MessageState.SENDING]
    theirs = Message.objects.filter(person_id__in=list(person_ids)).exclude(state__in=on_their_way)
    return theirs.delete()[0]


def envelopes(state: MessageState | None = None, *, limit: int = 50) -> list[Envelope]:
    """Return the box, newest first, for administrators: when, what became of it, no words."""
    rows = Message.objects.order_by("-written_at", "-pk")
    if state is not None:
        rows = rows.filter(state=state)
    return [
        Envelope(
            id=row.public_id,
            key=row.key,
            topic=row.topic,
            language=row.language,
            state=MessageState(row.state),
            written_at=row.written_at,
            sent_at=row.sent_at,
            attempt=row.attempt,
            next_at=row.next_at,
            reply=row.reply,
            sample=row.sample,
            person_id=row.person_id,
        )
        for row in rows[: min(limit, LONGEST_LIST)]
    ]


def came_back(things: Iterable[str], since: Mapping[str, datetime]) -> set[str]:
    """Return which things' letters did not arrive: returned, refused, or kept back for that.

    Args:
        things: labels such as `surveys.invitation:12`.
        since: by thing, from when on its letters count.
    """
    lost = Message.objects.filter(
        thing__in=list(things), state__in=[MessageState.FAILED, MessageState.SUPPRESSED]
    )
    rows = lost.values_list("thing", "written_at")
    return {thing for thing, written_at in rows if written_at >= since[thing]}


def went_to(keys: Iterable[str]) -> str:
    """Return the address that the latest of some letters, by their keys, went to; "" for none."""
    rows = Message.objects.filter(key__in=list(keys)).order_by("-id")
    return rows.values_list("address", flat=True).first() or ""


def trust_again(address: str) -> int:
    """Let letters go to an address again that has bounced; return how many letters had come back."""
    back = Message.objects.filter(address=address, is_bounce=True, state=MessageState.FAILED)
    return back.update(is_bounce=False)
