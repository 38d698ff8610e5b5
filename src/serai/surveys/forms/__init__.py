"""Clean input of the room; nothing is saved here."""

from serai.surveys.forms.answering import (
    AddressForm,
    ClearForm,
    DelegateForm,
    DeviceForm,
    ReasonForm,
    ReplyForm,
    SignForm,
    WorkbookForm,
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
from serai.surveys.forms.follow_up import AskAgainForm, AskForm, ReaderForm, RemarkForm
from serai.surveys.forms.waves import CopyForm, ExportForm

__all__ = [
    "AddressForm",
    "AskAgainForm",
    "AskForm",
    "ClearForm",
    "DelegateForm",
    "DeviceForm",
    "CopyForm",
    "ExportForm",
    "FormFileForm",
    "MovesForm",
    "PublishForm",
    "ReaderForm",
    "ReasonForm",
    "RemarkForm",
    "ReplyForm",
    "SignForm",
    "TableForm",
    "TranslatorForm",
    "UploadForm",
    "WorkbookForm",
    "posted_changes",
]
