"""What people write into the pages of the room surveys; nothing is saved here."""

from serai.surveys.forms.authoring import (
    FormFileForm,
    MovesForm,
    PublishForm,
    TableForm,
    TranslatorForm,
    UploadForm,
)

__all__ = [
    "FormFileForm",
    "MovesForm",
    "PublishForm",
    "TableForm",
    "TranslatorForm",
    "UploadForm",
]
