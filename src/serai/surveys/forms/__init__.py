"""Clean input of the room; nothing is saved here."""

from serai.surveys.forms.answering import (
    ClearForm,
    DelegateForm,
    ReasonForm,
    ReplyForm,
    SignForm,
    posted_changes,
)
from serai.surveys.forms.follow_up import AskForm, RemarkForm

__all__ = [
    "AskForm",
    "ClearForm",
    "DelegateForm",
    "ReasonForm",
    "RemarkForm",
    "ReplyForm",
    "SignForm",
    "posted_changes",
]
