"""Write letters into the outbox, each in its reader's language."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.functions import Now

from serai.base import models
from serai.base.jobs import enqueue
from serai.base.mail.hiding import hide, seal
from serai.base.mail.topics import TOPICS
from serai.base.mail.wording import word
from serai.base.models import MessageState

INLINE_BYTES = 256 * 1024
# A value that must not be read waits with these: to be sent, or to be shown by a trial's box.
ON_ITS_WAY = {MessageState.QUEUED, MessageState.HELD, MessageState.HELD_SAMPLE}


@dataclass(frozen=True)
class Attachment:
    """A file with a letter: small ones by their bytes, others by their place in the storage."""

    name: str
    media_type: str
    content: bytes = b""
    storage_key: str = ""

    def to_json(self) -> dict[str, str]:
        """Return what the row keeps.

        Raises:
            ValueError: if the bytes belong into the storage.
        """
        if len(self.content) > INLINE_BYTES:
            raise ValueError(
                f"Attachment {self.name} has {len(self.content)} bytes. "
                "Store it and give its storage_key."
            )
        kept = {"name": self.name, "media_type": self.media_type}
        if self.storage_key:
            return kept | {"storage_key": self.storage_key}
        return kept | {"content": base64.b64encode(self.content).decode("ascii")}


@dataclass(frozen=True)
class Message:
    """One letter to one reader.

    Attributes:
        key: makes it one ("request_opened:12:7"); a second letter of the same key is not written.
        template: "room/email/name", of which `.subject.txt` and `.txt` exist; `.html` may.
        facts: what the template shows.
        person_id: whose inbox it enters; address and language are then theirs.
        address: where it goes when there is no person yet (an invitation).
        is_inbox_only: never leave the house.
        link: the page it leads to, from the language on: "/programme/meetings/abc/".
        reply_to: who gets answers.
        secret: a value of the facts that leaves with the letter and is never kept readable.
    """

    key: str
    template: str
    facts: Mapping[str, object] = field(default_factory=dict)
    person_id: int | None = None
    address: str = ""
    language: str = ""
    thing: str = ""
    link: str = ""
    attachments: tuple[Attachment, ...] = ()
    reply_to: str = ""
    secret: str = field(default="", repr=False)
    sample: bool = False
    is_inbox_only: bool = False


def send(message: Message, *, now: datetime | None = None) -> models.Message:
    """Write one letter; see send_all."""
    return send_all([message], now=now)[0]


def send_all(messages: Iterable[Message], *, now: datetime | None = None) -> list[models.Message]:
    """Write letters in the caller's transaction; they leave after its commit.

    Returns:
        The rows, in order; for a key that was written before, the first row of that key.
    """
    wanted = list(messages)
    known = models.Message.objects.in_bulk([m.key for m in wanted], field_name="key")
    readers = get_user_model().objects.in_bulk(
        sorted({m.person_id for m in wanted if m.person_id is not None})
    )
    for message in wanted:
        if message.key not in known:
            reader = readers.get(message.person_id) if message.person_id is not None else None
            known[message.key] = _write(message, reader, now)
    return [known[message.key] for message in wanted]


def _write(message: Message, reader: object | None, now: datetime | None) -> models.Message:
    if message.person_id is not None and reader is None:
        raise ValueError(f"Letter {message.key}: there is no person {message.person_id}.")
    address = message.address or str(getattr(reader, "email", ""))
    language = message.language or str(getattr(reader, "language", "") or settings.LANGUAGE_CODE)
    sample = message.sample or bool(getattr(reader, "sample", False))
    worded = hide(
        word(message.template, message.facts, language, link=message.link, sample=sample),
        message.secret,
    )
    topic = TOPICS.of(message.template)
    is_muted = bool(topic) and topic in (getattr(reader, "muted_topics", None) or ())
    state = _first_state(message, address, is_muted=is_muted, sample=sample)
    row = models.Message.objects.create(
        key=message.key,
        person_id=message.person_id,
        address=address,
        language=language,
        topic=topic,
        subject=worded.subject,
        text=worded.text,
        html=worded.html,
        sealed=seal(message.secret) if state in ON_ITS_WAY else "",
        attachments=[a.to_json() for a in message.attachments],
        thing=message.thing,
        link=message.link,
        reply_to=message.reply_to,
        sample=sample,
        state=state,
        written_at=now or Now(),
        next_at=(now or Now()) if state == MessageState.QUEUED else None,
    )
    if state == MessageState.QUEUED:
        enqueue("base.send_mail", key=f"mail:{row.pk}", message_id=row.pk)
    return row


def _first_state(message: Message, address: str, *, is_muted: bool, sample: bool) -> MessageState:
    """Decide whether a letter leaves: sample never, trial never, a turned off topic never."""
    if message.is_inbox_only or not address or is_muted:
        return MessageState.INBOX_ONLY
    if sample or address.endswith(".example"):
        return MessageState.HELD_SAMPLE if sample else MessageState.HELD
    if settings.MODE != "production":
        return MessageState.HELD
    if has_bounced(address):
        return MessageState.SUPPRESSED
    return MessageState.QUEUED


def has_bounced(address: str) -> bool:
    """Tell whether letters to this address came back and nobody has sent one again since."""
    return models.Message.objects.filter(
        address=address, is_bounce=True, state=MessageState.FAILED
    ).exists()
