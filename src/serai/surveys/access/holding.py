"""Who answers without a name: a browser holds the response, as no row says whose it is.

The browser keeps a signed cookie, closed to scripts: the secrets of what it fills in, and for an
hour the numbers of what it handed in, so that its owner still gets the copy.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from django.core import signing

from serai.base.access import Viewer
from serai.surveys.models import Response

COOKIE = "serai_answers"
SALT = "serai.surveys.holding"
READS_FOR = timedelta(hours=1)
MOST_HELD = 10


@dataclass(frozen=True)
class Held:
    """What a browser holds.

    Attributes:
        secrets: of responses being filled in.
        handed: (number of a response, moment until which it is read) of what was handed in.
    """

    secrets: tuple[str, ...] = ()
    handed: tuple[tuple[int, int], ...] = ()

    @classmethod
    def read(cls, cookie: str, now: datetime) -> "Held":
        """Read a cookie; one that is not ours, or whose times are over, holds nothing."""
        try:
            secrets, handed = signing.loads(cookie, salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            return cls()
        moment = int(now.timestamp())
        still = tuple((number, until) for number, until in handed if until > moment)
        return cls(tuple(secrets), still)

    def written(self) -> str:
        """Return the cookie's text."""
        return signing.dumps([list(self.secrets), list(self.handed)], salt=SALT)

    def with_secret(self, secret: str) -> "Held":
        """Hold one more response; beyond ten the oldest is let go."""
        return Held((*self.secrets, secret)[-MOST_HELD:], self.handed)

    def handed_in(self, number: int, secret_hash: str, now: datetime) -> "Held":
        """Let go of what was handed in, but read it for an hour."""
        until = int((now + READS_FOR).timestamp())
        kept = tuple(one for one in self.secrets if hash_of(one) != secret_hash)
        return Held(kept, (*self.handed, (number, until))[-MOST_HELD:])

    def keys(self) -> frozenset[str]:
        """Return the keys that a viewer with this browser has."""
        holds = (holder_key(hash_of(one)) for one in self.secrets)
        return frozenset({*holds, *(reader_key(number) for number, _until in self.handed)})


def hash_of(secret: str) -> str:
    """Return what a response keeps of its holder's secret."""
    return sha256(secret.encode()).hexdigest()


def holder_key(secret_hash: str) -> str:
    """Return the key of whoever fills in a response without a name."""
    return f"holder:{secret_hash}"


def reader_key(number: int) -> str:
    """Return the key of whoever has just handed a response in without a name."""
    return f"handed:{number}"


def holds(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer's browser fills in the response."""
    return bool(response.holder_hash) and holder_key(response.holder_hash) in viewer.keys


def has_just_handed_in(viewer: Viewer, response: Response) -> bool:
    """Tell whether the viewer's browser handed the response in, within the hour."""
    return reader_key(response.pk) in viewer.keys


def with_held(viewer: Viewer, held: Iterable[str]) -> Viewer:
    """Return the viewer with what the browser holds."""
    return replace(viewer, keys=viewer.keys | frozenset(held))
