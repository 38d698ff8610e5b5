"""Files that people hand in: checked by their bytes, kept by their sum, given back as downloads."""

from serai.base.files.kinds import ALL_KINDS, KINDS, Checked, check_file, safe_name
from serai.base.files.refusals import HOUSE_LIMITS, Limits, Refused, sentence

__all__ = [
    "ALL_KINDS",
    "HOUSE_LIMITS",
    "KINDS",
    "Checked",
    "Limits",
    "Refused",
    "check_file",
    "safe_name",
    "sentence",
]
