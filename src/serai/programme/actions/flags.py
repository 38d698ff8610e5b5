"""Warnings that ended: their keepers are told, once."""

from datetime import datetime

from django.db import transaction

from serai.base import audit
from serai.base.mail import send_all
from serai.programme import emails
from serai.programme.actions.facts import today
from serai.programme.models import ManualFlag
from serai.programme.queries import letters


@transaction.atomic
def expire_flags(*, now: datetime) -> int:
    """Tell keepers, once, of warnings that ended."""
    day = today(now)
    ended = letters.flags_ended(day)
    for flag in ended:
        send_all(emails.flag_ended(flag, day, now), now=now)
    ManualFlag.objects.filter(pk__in=[flag.pk for flag in ended]).update(told_at=now)
    if ended:
        audit.record(
            by=None, verb="expire_flags", thing="programme", after={"ended": len(ended)}, at=now
        )
    return len(ended)
