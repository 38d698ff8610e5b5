"""Models of the base, and the abstract ones every room builds on."""

from serai.base.models.audit import AuditEntry, AuditSeal
from serai.base.models.dated import Dated
from serai.base.models.files import FILE_ALLOWED, FileState, StoredFile
from serai.base.models.held import HeldInput, Receipt
from serai.base.models.installation import Installation
from serai.base.models.jobs import JOB_ALLOWED, LIVE, Job, JobState, ScheduleSlot, Worker
from serai.base.models.limits import ApiKey, RateWindow
from serai.base.models.mail import MESSAGE_ALLOWED, Message, MessageState
from serai.base.models.marks import PublicId, Sampled, new_public_id
from serai.base.models.rows import Rows
from serai.base.models.search import SearchEntry, SearchKey
from serai.base.models.translated import TranslatedField

__all__ = [
    "FILE_ALLOWED",
    "JOB_ALLOWED",
    "LIVE",
    "MESSAGE_ALLOWED",
    "ApiKey",
    "AuditEntry",
    "AuditSeal",
    "Dated",
    "FileState",
    "HeldInput",
    "Installation",
    "Job",
    "JobState",
    "Message",
    "MessageState",
    "PublicId",
    "RateWindow",
    "Receipt",
    "Rows",
    "Sampled",
    "ScheduleSlot",
    "SearchEntry",
    "SearchKey",
    "StoredFile",
    "TranslatedField",
    "Worker",
    "new_public_id",
]
