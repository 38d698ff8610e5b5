"""Models of the base, and the abstract ones every room builds on."""

from serai.base.models.dated import Dated
from serai.base.models.files import FILE_ALLOWED, FileState, StoredFile
from serai.base.models.held import HeldInput, Receipt
from serai.base.models.limits import ApiKey, RateWindow
from serai.base.models.marks import PublicId, Sampled, new_public_id
from serai.base.models.search import SearchEntry, SearchKey
from serai.base.models.translated import TranslatedField

__all__ = [
    "FILE_ALLOWED",
    "ApiKey",
    "Dated",
    "FileState",
    "HeldInput",
    "PublicId",
    "RateWindow",
    "Receipt",
    "Sampled",
    "SearchEntry",
    "SearchKey",
    "StoredFile",
    "TranslatedField",
    "new_public_id",
]
