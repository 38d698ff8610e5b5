"""Move letters from queued to sent, or to the next try, or to failed."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from email.message import EmailMessage

from django.db import transaction
from django.db.models import F, Q

from serai.base.jobs import enqueue
from serai.base.logs import scrub
from serai.base.mail import hiding
from serai.base.mail.composing import compose
from serai.base.mail.posting import Answer, Reply
from serai.base.models import Message, MessageState

FIRST_SECONDS, LONGEST_PAUSE = 60, timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(hours=48)
# A letter "sending" for longer than this lost its worker and its job.
STUCK_AFTER = timedelta(minutes=15)
SWEPT_AT_ONCE = 500

Post = Callable[[EmailMessage], Reply]


def pause(attempt: int) -> timedelta:
    """Return min(6 h, 60·2^(n−1) s) for the n-th try, n from 1."""
    return min(LONGEST_PAUSE, timedelta(seconds=FIRST_SECONDS * 2 ** min(attempt - 1, 12)))


def take(message_id: int, now: datetime) -> Message | None:
    """Mark a letter as being sent; None if it is not to be sent (any more)."""
    waiting = Message.objects.filter(
        pk=message_id, state__in=[MessageState.QUEUED, MessageState.SENDING], sample=False
    )
    taken = waiting.update(
        state=MessageState.SENDING, attempt=F("attempt") + 1, next_at=now + STUCK_AFTER
    )
    return Message.objects.get(pk=message_id) if taken else None


def deliver(row: Message, *, post: Post, sender: str, now: datetime) -> Reply:
    """Compose and post one letter, outside any transaction."""
    try:
        letter = compose(row, sender=sender, now=now)
    except ValueError as error:
        return Reply(Answer.REFUSED, f"The letter cannot be written: {error}")
    except OSError as error:
        return Reply(Answer.LATER, f"An attachment cannot be read: {type(error).__name__}")
    return post(letter)


def settle(row: Message, reply: Reply, now: datetime) -> MessageState:
    """Note the server's answer, and queue the next try (inside the caller's transaction)."""
    words = scrub(reply.words)
    mine = Message.objects.filter(pk=row.pk, state=MessageState.SENDING)
    if reply.answer is Answer.TAKEN:
        mine.update(state=MessageState.SENT, sent_at=now, next_at=None, reply="", sealed="")
        return MessageState.SENT
    next_at = now + pause(row.attempt)
    given_up_after = hiding.GOOD_FOR if row.sealed else GIVEN_UP_AFTER
    if reply.answer is not Answer.LATER or next_at > row.written_at + given_up_after:
        is_bounce = reply.answer is Answer.BOUNCED
        mine.update(
            state=MessageState.FAILED, next_at=None, reply=words, is_bounce=is_bounce, sealed=""
        )
        return MessageState.FAILED
    mine.update(state=MessageState.QUEUED, next_at=next_at, reply=words)
    enqueue("base.send_mail", key=job_key(row.pk), run_after=next_at, message_id=row.pk)
    return MessageState.QUEUED


def job_key(message_id: int) -> str:
    """Return the key that lets a letter have one live job."""
    return f"mail:{message_id}"


def send_one(
    message_id: int,
    *,
    now: datetime,
    post: Post,
    sender: str,
    commit: Callable[[], AbstractContextManager[object]] = transaction.atomic,
) -> MessageState | None:
    """Try one letter once; None if it was not to be sent.

    The answer is noted within `commit`; a job gives its own, so that the answer and the job's
    end are written together.
    """
    row = take(message_id, now)
    if row is None:
        return None
    reply = deliver(row, post=post, sender=sender, now=now)
    with commit():
        return settle(row, reply, now)


def sweep(now: datetime) -> int:
    """Queue again what waits and has no job: nothing queued is ever forgotten.

    Codes that are no longer good for anything are erased on the way.
    """
    hiding.forget(now)
    rows = Message.objects.filter(
        Q(state=MessageState.QUEUED, next_at__lte=now)
        | Q(state=MessageState.SENDING, next_at__lte=now)
    ).order_by("next_at", "pk")
    asked = [
        enqueue("base.send_mail", key=job_key(pk), message_id=pk)
        for pk in rows.values_list("pk", flat=True)[:SWEPT_AT_ONCE]
    ]
    return sum(one.is_new for one in asked)


def send_again(public_id: str, now: datetime) -> bool:
    """Queue a failed, suppressed or held letter anew; False if it is none of these.

    For a failed one this also lifts the suppression of its address.
    """
    with transaction.atomic():
        row = Message.objects.select_for_update().filter(public_id=public_id).first()
        allowed = {MessageState.FAILED, MessageState.SUPPRESSED, MessageState.HELD}
        if row is None or row.state not in allowed or row.sample or not row.address:
            return False
        if hiding.is_spent(row):
            return False
        Message.objects.filter(pk=row.pk).update(
            state=MessageState.QUEUED,
            attempt=0,
            written_at=now,
            next_at=now,
            is_bounce=False,
            reply="",
        )
        enqueue("base.send_mail", key=job_key(row.pk), message_id=row.pk)
        return True


def bounced(key: str, reply: str) -> bool:
    """Note that a letter came back later: its address gets no more until one is sent again."""
    back = Message.objects.filter(key=key, state=MessageState.SENT)
    return bool(
        back.update(state=MessageState.FAILED, is_bounce=True, reply=scrub(reply), next_at=None)
    )
