"""Letters: written in the transaction of the act, sent after it."""

from serai.base.mail.box import (
    Envelope,
    Letter,
    came_back,
    envelopes,
    forget_letters,
    inbox,
    letter,
    mark_seen,
    trust_again,
    unseen_count,
    went_to,
    words_in_trial,
)
from serai.base.mail.sending import bounced, send_again
from serai.base.mail.writing import Attachment, Message, send, send_all

__all__ = [
    "Attachment",
    "Envelope",
    "Letter",
    "Message",
    "bounced",
    "came_back",
    "envelopes",
    "forget_letters",
    "inbox",
    "letter",
    "mark_seen",
    "send",
    "send_again",
    "send_all",
    "trust_again",
    "unseen_count",
    "went_to",
    "words_in_trial",
]
