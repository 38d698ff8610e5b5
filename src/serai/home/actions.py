"""The few changes of this room: letters read, letters sent again."""

from datetime import datetime

from django.db import transaction

from serai.base import audit
from serai.base.access import Viewer, require
from serai.base.jobs import enqueue
from serai.base.models import Message
from serai.base.models.mail import MessageState
from serai.home import access


@transaction.atomic
def mark_read(*, by: Viewer, now: datetime) -> int:
    """Note that a person has read all letters of their inbox."""
    return Message.objects.filter(person_id=by.person_id or 0, seen_at=None).update(seen_at=now)


@transaction.atomic
def send_again(*, letter: Message, by: Viewer, now: datetime) -> None:
    """Put a failed letter back into the queue."""
    require(access.may_see_status, by)
    again = {MessageState.FAILED.value, MessageState.SUPPRESSED.value}
    if letter.state not in again:
        return
    letter.state, letter.next_at, letter.is_bounce = MessageState.QUEUED.value, now, False
    letter.save(update_fields=["state", "next_at", "is_bounce"])
    enqueue("base.send_mail", key=f"mail:{letter.pk}", message_id=letter.pk)
    audit.record(by=by.person_id, verb="send_again", thing=f"base.message:{letter.pk}", at=now)
