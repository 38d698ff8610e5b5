"""Who gets which letter of the surveys, and what stands in it: links, never answers."""

from serai.surveys.emails.forms import TOPICS as FORM_TOPICS
from serai.surveys.emails.forms import form_changed
from serai.surveys.emails.invitations import TOPICS as INVITATION_TOPICS
from serai.surveys.emails.invitations import (
    bounced,
    closed,
    due_extended,
    invitation,
    new_link,
    preview,
    reminder,
)

TOPICS = {**INVITATION_TOPICS, **FORM_TOPICS}

__all__ = [
    "TOPICS",
    "bounced",
    "closed",
    "due_extended",
    "form_changed",
    "invitation",
    "new_link",
    "preview",
    "reminder",
]
