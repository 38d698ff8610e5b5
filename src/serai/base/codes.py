"""One-time codes: what a session keeps of one, so that nobody who reads the database can use it."""

import secrets

from django.utils.crypto import salted_hmac

SALT = "serai.base.codes"


def as_compared(code: str) -> str:
    """Return a code without spaces, dashes and small letters, as people type it in many ways."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def hash_of(code: str) -> str:
    """Return what is kept of a code: with the installation's key, because codes are short."""
    return salted_hmac(SALT, as_compared(code), algorithm="sha256").hexdigest()


def is_code(typed: str, kept: str) -> bool:
    """Tell whether the code typed is the one kept; nothing fits where nothing was kept."""
    return bool(kept) and secrets.compare_digest(hash_of(typed), kept)
