"""Who gets which letter of the surveys, and what stands in it: links, never answers."""

from serai.surveys.emails.answering import TOPICS as ANSWER_TOPICS
from serai.surveys.emails.answering import (
    clear_please,
    delegation,
    entered_on_your_behalf,
    more_time,
    request_reminder,
    requests_asked,
    returned_to_agency,
    sign_please,
    signed_receipt,
    submission_flagged,
    suggestions,
    withdrawn,
)
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
    private_link,
    reminder,
)
from serai.surveys.emails.releasing import TOPICS as RELEASE_TOPICS
from serai.surveys.emails.releasing import release_asked

TOPICS = {**INVITATION_TOPICS, **FORM_TOPICS, **ANSWER_TOPICS, **RELEASE_TOPICS}

__all__ = [
    "TOPICS",
    "bounced",
    "clear_please",
    "closed",
    "delegation",
    "due_extended",
    "entered_on_your_behalf",
    "release_asked",
    "form_changed",
    "invitation",
    "more_time",
    "new_link",
    "preview",
    "private_link",
    "reminder",
    "request_reminder",
    "requests_asked",
    "returned_to_agency",
    "sign_please",
    "signed_receipt",
    "submission_flagged",
    "suggestions",
    "withdrawn",
]
