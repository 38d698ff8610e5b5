"""What people write into the pages of the room surveys; nothing is saved here."""

from serai.surveys.forms.answering import (
    ClearForm,
    DelegateForm,
    ReasonForm,
    ReplyForm,
    SignForm,
    posted_changes,
)
from serai.surveys.forms.authoring import (
    FormFileForm,
    MovesForm,
    PublishForm,
    TableForm,
    TranslatorForm,
    UploadForm,
)

__all__ = [
    "ClearForm",
    "DelegateForm",
    "FormFileForm",
    "MovesForm",
    "PublishForm",
    "ReasonForm",
    "ReplyForm",
    "SignForm",
    "TableForm",
    "TranslatorForm",
    "UploadForm",
    "posted_changes",
]
