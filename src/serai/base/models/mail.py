"""Outbox and inbox in one."""

from enum import StrEnum

from django.conf import settings
from django.db import models

from serai.base.models.marks import PublicId, Sampled


class MessageState(StrEnum):
    """Where a message stands.

    `held` stays in the box of a trial installation, `held_sample` belongs to sample data;
    neither ever leaves. `suppressed` waits on an address that bounced.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    INBOX_ONLY = "inbox_only"
    HELD = "held"
    HELD_SAMPLE = "held_sample"
    SUPPRESSED = "suppressed"
    FAILED = "failed"


MESSAGE_ALLOWED: dict[MessageState, frozenset[MessageState]] = {
    MessageState.QUEUED: frozenset({MessageState.SENDING, MessageState.SUPPRESSED}),
    MessageState.SENDING: frozenset({MessageState.SENT, MessageState.QUEUED, MessageState.FAILED}),
    MessageState.SENT: frozenset({MessageState.FAILED}),
    MessageState.INBOX_ONLY: frozenset(),
    MessageState.HELD: frozenset({MessageState.QUEUED}),
    MessageState.HELD_SAMPLE: frozenset(),
    MessageState.SUPPRESSED: frozenset({MessageState.QUEUED}),
    MessageState.FAILED: frozenset({MessageState.QUEUED}),
}


class Message(PublicId, Sampled):
    """One message to one person or address, in that reader's language.

    `attachments` lists {name, media_type, content (base64) or storage_key}. `sealed` is a value
    of the letter that is readable on its way alone (see `base.mail.hiding`).
    """

    key = models.CharField(max_length=200, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="messages",
    )
    address = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=16, default="en")
    topic = models.CharField(max_length=40, blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    sealed = models.TextField(blank=True, default="", editable=False)
    attachments = models.JSONField(default=list, blank=True)
    thing = models.CharField(max_length=100, blank=True, db_index=True)
    link = models.CharField(max_length=500, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    state = models.CharField(
        max_length=12, choices=[(state.value, state.value) for state in MessageState]
    )
    written_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    is_bounce = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="base_message_state_known",
                condition=models.Q(state__in=[state.value for state in MessageState]),
            ),
            models.CheckConstraint(
                name="base_message_queued_has_address",
                condition=~models.Q(
                    state__in=[MessageState.QUEUED.value, MessageState.SENDING.value]
                )
                | ~models.Q(address=""),
            ),
            models.CheckConstraint(
                name="base_message_sample_stays",
                condition=models.Q(sample=False)
                | models.Q(
                    state__in=[MessageState.HELD_SAMPLE.value, MessageState.INBOX_ONLY.value]
                ),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=models.Q(
                    state__in=[MessageState.QUEUED.value, MessageState.SENDING.value]
                ),
                name="base_message_waiting",
            ),
            models.Index(fields=["person", "written_at"], name="base_message_inbox"),
            models.Index(fields=["state", "written_at"], name="base_message_box"),
            models.Index(
                fields=["address"],
                condition=models.Q(is_bounce=True),
                name="base_message_bounced",
            ),
        ]

    def __str__(self) -> str:
        return self.subject
