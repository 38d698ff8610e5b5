"""Clean input of the room; nothing is saved here."""

from serai.surveys.forms.answering import (
    ClearForm,
    DelegateForm,
    ReasonForm,
    ReplyForm,
    SignForm,
    posted_changes,
)

__all__ = [
    "ClearForm",
    "DelegateForm",
    "ReasonForm",
    "ReplyForm",
    "SignForm",
    "posted_changes",
]
