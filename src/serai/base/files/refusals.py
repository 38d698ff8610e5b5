"""Why a file is not taken: one code a reason, one sentence a code, each with its remedy."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise | str] = {
    "empty": _("{name}: the file is empty. Choose the file again."),
    "too_big": _("{name}: the file is larger than {limit} MB. Make it smaller or split it."),
    "kind": _("{name}: this kind of file is not accepted here. Save it as {kinds}."),
    "name": _("{name}: the name has no ending. Add one, such as {kinds}."),
    "unlike": _(
        "{name}: the content is not what the name says. "
        "Open it in the programme that made it and save it again as {ending}."
    ),
    "encrypted": _(
        "{name}: the file is protected by a password. Remove the password and try again."
    ),
    "macros": _("{name}: the file holds macros. Save it without macros, as {ending}."),
    "parts": _(
        "{name}: the file holds more than {parts} parts. Copy what is needed into a new file."
    ),
    "unpacked": _(
        "{name}: unpacked the file is larger than {unpacked} MB. "
        "Remove large pictures or split the file."
    ),
    "ratio": _(
        "{name}: one part of the file is packed far more tightly than documents are. "
        "Copy the content into a new file and save it."
    ),
    "nested": _(
        "{name}: the file holds another archive or programme. Remove it and send it by itself."
    ),
    "path": _("{name}: the file names places outside itself. Copy the content into a new file."),
    "entities": _(
        "{name}: the file declares its own XML entities. Copy the content into a new file."
    ),
    "broken": _("{name}: the file cannot be read. Open it, save it again and try once more."),
    "script": _("{name}: the file holds a script or starts a programme. Print it to a new PDF."),
    "picture": _("{name}: the picture has more than {pixels} million points. Make it smaller."),
    "text": _("{name}: the letters cannot be read. Save the file with the encoding UTF-8."),
    "gone": _("{name}: the file arrived incomplete. Choose the file again."),
}


@dataclass(frozen=True)
class Limits:
    """How large and how deep a file may be."""

    most_bytes: int = 20 * 1024 * 1024
    most_parts: int = 2_000
    most_unpacked: int = 200 * 1024 * 1024
    most_ratio: int = 100
    most_pixels: int = 100_000_000


HOUSE_LIMITS = Limits()


class Refused(Exception):
    """A file is not taken; `str()` is the sentence for its owner."""

    def __init__(self, code: str, name: str, *, ending: str = "", kinds: str = "") -> None:
        super().__init__(code)
        self.code, self.name, self.ending, self.kinds = code, name, ending, kinds

    def __str__(self) -> str:
        return sentence(self.code, self.name, ending=self.ending, kinds=self.kinds)


def sentence(
    code: str, name: str, *, ending: str = "", kinds: str = "", limits: Limits = HOUSE_LIMITS
) -> str:
    """Return the sentence of a refusal in the reader's language."""
    return str(SENTENCES[code]).format(
        name=name,
        ending=ending,
        kinds=kinds or "PDF, DOCX, XLSX, ODT, ODS, CSV, TXT, PNG, JPG",
        limit=limits.most_bytes // (1024 * 1024),
        parts=f"{limits.most_parts:,}".replace(",", "\u00a0"),
        unpacked=limits.most_unpacked // (1024 * 1024),
        pixels=limits.most_pixels // 1_000_000,
    )
