"""The link by which a reader turns off a topic without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing

SALT = "serai.base.mail.stop"


class BrokenLink(Exception):
    """The link was cut or altered."""


@dataclass(frozen=True)
class Stop:
    """Who wants no more letters on what."""

    person_id: int
    topic: str


def stop_token(person_id: int, topic: str) -> str:
    """Return a token only this installation can write; it does not expire, as letters do not."""
    return signing.Signer(salt=SALT).sign_object([person_id, topic], compress=False)


def read_stop_token(token: str) -> Stop:
    """Read a token.

    Raises:
        BrokenLink: if it was not written here.
    """
    try:
        person_id, topic = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BrokenLink from error
    return Stop(int(person_id), str(topic))


def stop_address(person_id: int, topic: str, language: str) -> str:
    """Return the link's whole address."""
    token = stop_token(person_id, topic)
    return f"{settings.SITE_ADDRESS}/{language}/letters/stop/{token}/"
