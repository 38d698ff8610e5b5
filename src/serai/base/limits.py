"""How often something may be asked: a sliding window, shared through the database."""

import hashlib
import ipaddress
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.http import HttpRequest

from serai.base.models import RateWindow

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many in so many seconds."""

    name: str
    most: int
    seconds: int


CODE_ADDRESS = Limit("code-address", 5, 15 * 60)
CODE_IP = Limit("code-ip", 60, 3_600)
API_IP = Limit("api-ip", 60, 60)
API_KEY = Limit("api-key", 600, 60)


class TooOften(Exception):
    """Asked more often than allowed; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after

    @property
    def minutes(self) -> int:
        """Return the wait in begun minutes."""
        return max(1, math.ceil(self.retry_after / 60))


def weight(previous: int, current: int, passed_share: float) -> float:
    """Return how much of the limit is used: the previous window fades as the current one passes."""
    return previous * (1 - passed_share) + current


def wait_seconds(previous: int, current: int, passed: float, limit: Limit) -> int:
    """Return after how many seconds one more is allowed, if nobody asks meanwhile; 0 = now."""
    width = limit.seconds
    if weight(previous, current, passed / width) < limit.most:
        return 0
    if current < limit.most:  # within this window the previous one fades far enough
        needed = width * (1 - (limit.most - current) / previous)
        return math.floor(needed - passed) + 1
    needed = width * (1 - limit.most / current)
    return math.floor(width - passed + needed) + 1


def count(limit: Limit, subject: str, *, now: datetime) -> None:
    """Count one more for a subject, such as an address or a key.

    Raises:
        TooOften: the limit is reached; nothing is counted.
    """
    bucket = f"{limit.name}:{hashlib.sha256(subject.encode()).hexdigest()[:32]}"
    window_at = _window(now, limit)
    before_at = window_at - timedelta(seconds=limit.seconds)
    passed = (now - window_at).total_seconds()
    counted, previous = _counted(bucket, window_at, before_at)
    if wait := wait_seconds(previous, counted - 1, passed, limit):
        RateWindow.objects.filter(bucket=bucket, window_at=window_at).update(count=F("count") - 1)
        raise TooOften(wait)


def _counted(bucket: str, window_at: datetime, before_at: datetime) -> tuple[int, int]:
    """Count one more in a window, in one statement; return its count and that of the one before."""
    table = RateWindow._meta.db_table
    now, before = (connection.ops.adapt_datetimefield_value(one) for one in (window_at, before_at))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (bucket, window_at, count) VALUES (%s, %s, 1) "  # noqa: S608 ours
            f"ON CONFLICT (bucket, window_at) DO UPDATE SET count = {table}.count + 1 "
            f"RETURNING count, (SELECT b.count FROM {table} b "
            "WHERE b.bucket = %s AND b.window_at = %s)",
            [bucket, now, bucket, before],
        )
        counted, previous = cursor.fetchone()
    return counted, previous or 0


def _window(now: datetime, limit: Limit) -> datetime:
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % limit.seconds, UTC)


def prune(*, now: datetime) -> int:
    """Forget windows that no limit looks at any more; return how many."""
    return RateWindow.objects.filter(window_at__lt=now - KEPT).delete()[0]


def client_address(request: HttpRequest) -> str:
    """Return the visitor's address as the outermost trusted proxy saw it; IPv6 as its /64."""
    seen = request.META.get("REMOTE_ADDR", "")
    proxies = settings.TRUSTED_PROXIES
    if proxies:
        chain = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        chain = [part for part in chain if part]
        seen = chain[-min(proxies, len(chain))] if chain else seen
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)


def count_code(address: str, request: HttpRequest, *, now: datetime) -> None:
    """Count one sign-in code asked for or tried: per mail address, and per network address.

    Raises:
        TooOften: see `count`.
    """
    count(CODE_IP, client_address(request), now=now)
    count(CODE_ADDRESS, address.strip().casefold(), now=now)
