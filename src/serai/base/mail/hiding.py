"""Values that leave with a letter and are never readable in the box: codes of a sign-in.

The row keeps the words with a mark in the value's place, and the value encrypted until the letter
has left, at most half an hour. Back-ups, the mail screen and the reader's inbox show the mark.
"""

import base64
import hashlib
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from serai.base.mail.wording import Worded
from serai.base.models import Message

MARK = "••••••••"
GOOD_FOR = timedelta(minutes=30)


def _box() -> Fernet:
    digest = hashlib.sha256(b"serai-letters-v1:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def hide(worded: Worded, secret: str) -> Worded:
    """Put the mark in the value's place; without a value the words stay as they are."""
    if not secret:
        return worded
    return Worded(
        worded.subject.replace(secret, MARK),
        worded.text.replace(secret, MARK),
        worded.html.replace(secret, MARK),
    )


def seal(secret: str) -> str:
    """Encrypt a value for the time until its letter has left."""
    return _box().encrypt(secret.encode()).decode("ascii") if secret else ""


def reveal(row: Message, words: str) -> str:
    """Return words of a letter with its value back in place, as long as it is kept."""
    if not row.sealed:
        return words
    try:
        return words.replace(MARK, _box().decrypt(row.sealed.encode()).decode())
    except InvalidToken:  # sealed under another key: the value is lost, and of no use any more
        return words


def is_spent(row: Message) -> bool:
    """Tell whether a letter has lost its value: sent again it would help nobody."""
    return MARK in row.text and not row.sealed


def forget(now: datetime) -> int:
    """Erase the values no longer good for anything; return how many were left."""
    late = Message.objects.exclude(sealed="").filter(written_at__lte=now - GOOD_FOR)
    return late.update(sealed="")
