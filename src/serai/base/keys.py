"""Keys of the open API: shown once, kept as a hash, at most a year old."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from serai.base.models import ApiKey

START = "serai_"
LONGEST_LIFE = timedelta(days=365)


class KeyRefused(ValueError):
    """A key is not given; `str()` is the sentence for whoever asked."""


@dataclass(frozen=True)
class NewKey:
    """A key just made; `secret` is shown once and kept nowhere."""

    key: ApiKey
    secret: str


def issue_key(*, person_id: int, name: str, expires_on: date, now: datetime) -> NewKey:
    """Make a key that reads what its person may read.

    Raises:
        KeyRefused: the day of expiry is not within the coming year.
    """
    today = now.date()
    if not today < expires_on <= today + LONGEST_LIFE:
        raise KeyRefused(
            _("A key lasts at most a year. Choose a day from {first} to {latest}.").format(
                first=(today + timedelta(days=1)).isoformat(),
                latest=(today + LONGEST_LIFE).isoformat(),
            )
        )
    secret = START + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(
        person_id=person_id,
        name=name[:100],
        key_hash=hash_of(secret),
        issued_on=today,
        expires_on=expires_on,
    )
    return NewKey(key, secret)


def revoke_key(*, key: ApiKey, now: datetime) -> ApiKey:
    """End a key; ending it again changes nothing."""
    if key.revoked_at is None:
        key.revoked_at = now
        key.save(update_fields=["revoked_at"])
    return key


def valid_key(secret: str, *, today: date) -> ApiKey | None:
    """Return the key that this secret opens today."""
    if not secret.startswith(START):
        return None
    return ApiKey.objects.filter(
        key_hash=hash_of(secret), revoked_at=None, expires_on__gte=today
    ).first()


def keys_of(person_id: int) -> list[ApiKey]:
    """Return a person's keys, newest first."""
    return list(ApiKey.objects.filter(person_id=person_id).order_by("-issued_on", "-id"))


def hash_of(secret: str) -> str:
    """Return what the database keeps of a key: it is random, so one round is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()
