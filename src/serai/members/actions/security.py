"""Letters, limits and audit lines around signing in."""

import hashlib
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F

from serai.base.access import Viewer
from serai.base.models import RateWindow
from serai.members import emails, queries
from serai.members.actions.common import note_audit, send_all
from serai.members.models import Person

ADDRESS_LIMIT, ADDRESS_SECONDS = 5, 15 * 60
NETWORK_LIMIT, NETWORK_SECONDS = 60, 60 * 60


@transaction.atomic
def may_send_code(*, email: str, address: str, now: datetime) -> bool:
    """Count a wish for a code: 5 in 15 minutes an e-mail address, 60 an hour a network."""
    own = _count(f"code-address:{_hash(email)}", ADDRESS_LIMIT, ADDRESS_SECONDS, now)
    network = _count(f"code-network:{_hash(address)}", NETWORK_LIMIT, NETWORK_SECONDS, now)
    return own and network


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _count(bucket: str, limit: int, seconds: int, now: datetime) -> bool:
    """Let a sliding window pass: previous window's share by time left, plus this window's."""
    stamp = int(now.timestamp())
    begin = datetime.fromtimestamp(stamp - stamp % seconds, UTC)
    before = begin - timedelta(seconds=seconds)
    counts = dict(
        RateWindow.objects.filter(bucket=bucket, window_at__in=[begin, before]).values_list(
            "window_at", "count"
        )
    )
    left = 1 - (stamp % seconds) / seconds
    if counts.get(before, 0) * left + counts.get(begin, 0) >= limit:
        return False
    window, _is_new = RateWindow.objects.get_or_create(bucket=bucket, window_at=begin)
    RateWindow.objects.filter(pk=window.pk).update(count=F("count") + 1)
    return True


@transaction.atomic
def send_sign_in_code(*, email: str, code: str, now: datetime) -> bool:
    """Send the code to the address if somebody may sign in with it; tell whether one was sent."""
    person = queries.active_person_by_email(email)
    if person is None:
        return False
    note_audit("send_sign_in_code", person, by=None, now=now)
    send_all(emails.sign_in_code(person, code, now))
    return True


@transaction.atomic
def note_security_change(*, verb: str, by: Viewer, now: datetime) -> None:
    """Leave an audit line for a passkey, app or recovery codes, and tell the person."""
    person = Person.objects.get(pk=by.person_id)
    note_audit(verb, person, by=by, now=now)
    send_all(emails.security_changed(person, verb, now))
