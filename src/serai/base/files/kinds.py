"""Which files the house takes, and whether their bytes are what their names say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from serai.base.characters import harmless
from serai.base.files.archives import check_office_file
from serai.base.files.pictures import clean_picture
from serai.base.files.refusals import HOUSE_LIMITS, Limits, Refused

PIECE = 1024 * 1024
LONGEST_NAME = 120
COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office, and encrypted new Office
PDF_SCRIPTS = (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
PDF_ENDS = b" \t\r\n\x00\x0c/<>[](){}%0123456789"
TEXT_STARTS = (
    b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", COMPOUND_FILE, b"MZ", b"\x7fELF", b"{\\rtf",
)  # fmt: skip
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
OFFICE = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its bytes as kept, its safe name, its true type."""

    content: bytes
    name: str
    media_type: str


Look = Callable[[BinaryIO, str, str, Limits], bytes | None]


@dataclass(frozen=True)
class Kind:
    """One kind of file; `look` gives other bytes to keep, or None to keep what came."""

    media_type: str
    look: Look


def _look_at_office(file: BinaryIO, name: str, ending: str, limits: Limits) -> None:
    start = _start(file)
    if start.startswith(COMPOUND_FILE):
        raise Refused("encrypted", name, ending=ending.upper())
    if not start.startswith(b"PK\x03\x04"):
        raise Refused("unlike", name, ending=ending.upper())
    check_office_file(file, name, ending, limits)


def _look_at_pdf(file: BinaryIO, name: str, ending: str, limits: Limits) -> None:
    if not _start(file).startswith(b"%PDF-"):
        raise Refused("unlike", name, ending="PDF")
    has_end, tail = False, b""
    file.seek(0)
    while piece := file.read(PIECE):
        window = tail + piece
        if _has_name(window, b"/Encrypt"):
            raise Refused("encrypted", name, ending="PDF")
        if any(_has_name(window, script) for script in PDF_SCRIPTS):
            raise Refused("script", name, ending="PDF")
        has_end = has_end or b"%%EOF" in window
        tail = window[-32:]
    if not has_end:
        raise Refused("gone", name, ending="PDF")


def _has_name(window: bytes, word: bytes) -> bool:
    """Tell whether a PDF name stands here, and not only the beginning of a longer one."""
    place = window.find(word)
    while place >= 0:
        after = window[place + len(word) : place + len(word) + 1]
        if not after or after in PDF_ENDS:
            return True
        place = window.find(word, place + 1)
    return False


def _look_at_text(file: BinaryIO, name: str, ending: str, limits: Limits) -> None:
    start = _start(file)
    if start.startswith(TEXT_STARTS):
        raise Refused("unlike", name, ending=ending.upper())
    if start.startswith(UTF16_MARKS):
        return
    file.seek(0)
    while piece := file.read(PIECE):
        if b"\x00" in piece:
            raise Refused("unlike", name, ending=ending.upper())


def _look_at_picture(file: BinaryIO, name: str, ending: str, limits: Limits) -> bytes:
    return clean_picture(file, name, ending, limits)


KINDS: Mapping[str, Kind] = {
    "pdf": Kind("application/pdf", _look_at_pdf),
    "docx": Kind(OFFICE + "wordprocessingml.document", _look_at_office),
    "xlsx": Kind(OFFICE + "spreadsheetml.sheet", _look_at_office),
    "odt": Kind(ODF + "text", _look_at_office),
    "ods": Kind(ODF + "spreadsheet", _look_at_office),
    "csv": Kind("text/csv", _look_at_text),
    "txt": Kind("text/plain", _look_at_text),
    "png": Kind("image/png", _look_at_picture),
    "jpg": Kind("image/jpeg", _look_at_picture),
    "jpeg": Kind("image/jpeg", _look_at_picture),
}
ALL_KINDS = tuple(KINDS)


def _start(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(16)


def safe_name(name: str) -> str:
    """Return a file's own name: no folders, no controls, no hidden directions, not too long."""
    bare = harmless(PurePosixPath(name.replace("\\", "/")).name)
    bare = "".join(sign for sign in bare if sign.isprintable()).strip(" .") or "file"
    if len(bare) <= LONGEST_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    return (
        stem[: LONGEST_NAME - len(ending) - 2] + "…" + dot + ending if dot else bare[:LONGEST_NAME]
    )


def check_file(
    file: BinaryIO,
    name: str,
    *,
    kinds: tuple[str, ...] = ALL_KINDS,
    limits: Limits = HOUSE_LIMITS,
) -> Checked:
    """Look at a file as closely as its kind asks; give what may be kept.

    Args:
        file: readable and seekable; never read into memory whole before its size is known.
        name: as its owner named it.
        kinds: the endings this place takes.
        limits: how large and how deep it may be.
    Raises:
        Refused: with the sentence for its owner.
    """
    name = safe_name(name)
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    words = ", ".join(dict.fromkeys(kind.upper().replace("JPEG", "JPG") for kind in kinds))
    if not ending:
        raise Refused("name", name, kinds=words)
    if ending not in kinds or ending not in KINDS:
        raise Refused("kind", name, kinds=words)
    size = _size(file)
    if size == 0:
        raise Refused("empty", name)
    if size > limits.most_bytes:
        raise Refused("too_big", name)
    anew = KINDS[ending].look(file, name, ending, limits)
    if anew is None:
        file.seek(0)
        anew = file.read()
    return Checked(content=anew, name=name, media_type=KINDS[ending].media_type)


def _size(file: BinaryIO) -> int:
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    return size
