"""Files that people hand in: checked by their bytes, kept by their sum, given back as downloads."""

from serai.base.files.answers import answer_download, answer_file
from serai.base.files.keeping import (
    check_received,
    drop_unused,
    files_before,
    files_of,
    keep_checked,
    keep_file,
    place_of,
    receive_file,
    remove_file,
    stored_file,
)
from serai.base.files.kinds import ALL_KINDS, KINDS, Checked, check_file, safe_name
from serai.base.files.refusals import HOUSE_LIMITS, Limits, Refused, sentence

__all__ = [
    "ALL_KINDS",
    "HOUSE_LIMITS",
    "KINDS",
    "Checked",
    "Limits",
    "Refused",
    "answer_download",
    "answer_file",
    "check_file",
    "check_received",
    "drop_unused",
    "files_before",
    "files_of",
    "keep_checked",
    "keep_file",
    "place_of",
    "receive_file",
    "remove_file",
    "safe_name",
    "sentence",
    "stored_file",
]
