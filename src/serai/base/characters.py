"""Characters as they may enter the house: composed, printable, in one direction."""

import re
import unicodedata
from dataclasses import dataclass

# To these, `config` adds at start what the catalogues of other languages say of themselves.
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi", "xx-rtl"}

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u206a-\u206f]")
_UNTIDY = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\uffff]"
)
_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")


@dataclass(frozen=True)
class Cleaned:
    """A text and how many characters of each sort were taken out of it."""

    text: str
    control_count: int
    direction_count: int

    @property
    def is_changed(self) -> bool:
        return bool(self.control_count or self.direction_count)


def clean(text: str) -> Cleaned:
    """Compose to NFC; take out control characters and hidden changes of direction.

    Joiners and the plain direction marks stay: Persian, Urdu and Pashto are written with them.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not _UNTIDY.search(text):
        return Cleaned(text, 0, 0)
    text = _ENDS.sub("\n", text)
    text, control_count = _CONTROLS.subn("", text)
    text, direction_count = _BIDI.subn("", text)
    return Cleaned(text, control_count, direction_count)


def harmless(text: str) -> str:
    """Give the cleaned text alone."""
    return clean(text).text


def direction(language: str) -> str:
    """Say which way a language is written: "rtl" or "ltr"."""
    code = language.lower().replace("_", "-")
    is_rtl = code in RIGHT_TO_LEFT or code.partition("-")[0] in RIGHT_TO_LEFT
    return "rtl" if is_rtl or code.endswith("-arab") else "ltr"
