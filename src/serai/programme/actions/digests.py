"""What goes out by itself: reminders by day, the Monday letters, warnings that ended."""

from datetime import date, datetime

from django.db import transaction

from serai.base import audit
from serai.base.mail import send_all
from serai.programme import emails
from serai.programme.actions.facts import today
from serai.programme.models import ManualFlag
from serai.programme.queries import letters

MONDAY = 0
BEFORE = {7, 1}
WEEK = 7


def is_reminded(due_on: date, day: date) -> bool:
    """Tell whether an action is reminded of on a day: 7 days and 1 day before, weekly after."""
    left = (due_on - day).days
    return left in BEFORE or (left < 0 and -left % WEEK == 0)


@transaction.atomic
def send_digests(*, now: datetime) -> int:
    """Write the reminders of a day; never two letters of one kind a day to one person."""
    day = today(now)
    messages = []
    for action in letters.open_actions(day):
        if action.due_on is not None and is_reminded(action.due_on, day):
            messages += emails.action_due(action, day, now)
    if day.weekday() == MONDAY:
        for digest in letters.keeper_digests(day, now):
            messages += emails.milestone_due(digest, day)
        for risk, review_on in letters.reviews_due(day):
            messages += emails.risk_review_due(risk, review_on, day)
    send_all(messages, now=now)
    audit.record(
        by=None, verb="send_digests", thing="programme", after={"letters": len(messages)}, at=now
    )
    return len(messages)


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
