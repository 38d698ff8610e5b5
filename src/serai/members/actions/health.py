"""Tell administrators when something in the house turns bad, and when it is well again."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from serai.base.health import alarm
from serai.base.health.readings import Reading
from serai.base.mail import send_all
from serai.members import emails, queries
from serai.members.states import Role


@transaction.atomic
def watch_health(*, found: Sequence[Reading], now: datetime) -> int:
    """Write one letter to each administrator about what has turned; return how many readings."""
    changed = alarm.turned(found, now=now)
    if changed:
        for person in queries.people_with_role(Role.ADMINISTRATOR, now):
            send_all(emails.health_alarm(person, changed, now))
    return len(changed)
