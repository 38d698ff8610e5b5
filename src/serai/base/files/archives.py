"""Look into office files without ever trusting what they say about themselves.

Every part is unpacked in small pieces that are counted and thrown away, so a bomb ends at its
limit: nothing of a file is kept in memory but the names and the piece at hand.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from serai.base.files.refusals import HOUSE_LIMITS, Limits, Refused

PIECE = 64 * 1024
ENCRYPTED_FLAG = 0x1
RATIO_FROM = 100 * 1024  # smaller parts cannot do harm, and short XML packs tightly
MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/|basic/|scripts/)", re.IGNORECASE
)
NESTED = re.compile(
    r"\.(zip|7z|rar|gz|bz2|xz|tar|tgz|jar|exe|dll|com|bat|cmd|js|vbs|ps1|msi|scr|docm|xlsm|iso)$",
    re.IGNORECASE,
)
NESTED_STARTS = (
    b"PK\x03\x04",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a",
    b"\x1f\x8b\x08",
    b"MZ",
    b"\x7fELF",
)
EBCDIC_XML = b"\x4c\x6f\xa7\x94\x93"
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
OFFICE_MARKS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
OPEN_DOCUMENT = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
}
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)


def check_office_file(
    file: BinaryIO, name: str, ending: str, limits: Limits = HOUSE_LIMITS
) -> None:
    """Go through a DOCX, XLSX, ODT or ODS part by part.

    Raises:
        Refused: encrypted, macros, too many or too large parts, nested, outside, entities, broken.
    """
    count_parts(file, name, ending, limits)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            _check_names(parts, name, ending, limits)
            if OFFICE_MARKS[ending] not in {part.filename for part in parts}:
                raise Refused("unlike", name, ending=ending.upper())
            total = 0
            for part in parts:
                total += _check_part(file, part, name, ending, limits, total)
            if ending in OPEN_DOCUMENT:
                _check_open_document(archive, name, ending)
    except BROKEN as error:
        raise Refused("broken", name, ending=ending.upper()) from error


def count_parts(file: BinaryIO, name: str, ending: str, limits: Limits) -> None:
    """Count the parts in the raw directory: a list of 60,000 is refused before it is built."""
    file.seek(0)
    count, tail = 0, b""
    mark = b"PK\x01\x02"
    while piece := file.read(1024 * 1024):
        window = tail + piece
        count += window.count(mark)
        tail = window[-(len(mark) - 1) :]
        if count > 2 * limits.most_parts:
            raise Refused("parts", name, ending=ending.upper())
    file.seek(0)


def _check_names(parts: list[zipfile.ZipInfo], name: str, ending: str, limits: Limits) -> None:
    if len(parts) > limits.most_parts:
        raise Refused("parts", name, ending=ending.upper())
    seen: set[str] = set()
    for part in parts:
        path = part.filename.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path.split("/")[0]:
            raise Refused("path", name, ending=ending.upper())
        if path.lower() in seen:
            raise Refused("broken", name, ending=ending.upper())
        seen.add(path.lower())
        if part.flag_bits & ENCRYPTED_FLAG:
            raise Refused("encrypted", name, ending=ending.upper())
        if MACROS.search(path):
            raise Refused("macros", name, ending=ending.upper())
        if NESTED.search(path):
            raise Refused("nested", name, ending=ending.upper())


def pieces(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack one part to its true end, whatever size it claims.

    Other readers may follow the packed bytes further than the claimed size; so do we.

    Raises:
        zipfile.BadZipFile: the claim, the check sum or the end is untrue.
    """
    file.seek(part.header_offset)
    header = file.read(30)
    if len(header) != 30 or not header.startswith(b"PK\x03\x04"):
        raise zipfile.BadZipFile
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    file.seek(name_length + extra_length, 1)
    unpack = _stored if part.compress_type == zipfile.ZIP_STORED else _inflated
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise zipfile.BadZipFile
    size, total = 0, 0
    for piece in unpack(file, part.compress_size):
        size, total = size + len(piece), zlib.crc32(piece, total)
        yield piece
    if size != part.file_size or total != part.CRC:
        raise zipfile.BadZipFile


def _stored(file: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        piece = file.read(min(PIECE, left))
        if not piece:
            raise zipfile.BadZipFile
        left -= len(piece)
        yield piece


def _inflated(file: BinaryIO, left: int) -> Iterator[bytes]:
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    for packed in _stored(file, left):
        while packed and not unpacking.eof:
            yield unpacking.decompress(packed, PIECE)
            packed = unpacking.unconsumed_tail
    while not unpacking.eof:
        rest = unpacking.decompress(b"", PIECE)
        if not rest:
            raise zipfile.BadZipFile
        yield rest


def _check_part(
    file: BinaryIO,
    part: zipfile.ZipInfo,
    name: str,
    ending: str,
    limits: Limits,
    before: int,
) -> int:
    """Unpack one part in pieces, counting; return its true size."""
    size, tail = 0, b""
    is_xml = False
    packed = max(1, part.compress_size)
    for piece in pieces(file, part):
        if size == 0:
            _check_start(piece, name, ending)
            is_xml = _looks_like_xml(piece)
        size += len(piece)
        if before + size > limits.most_unpacked:
            raise Refused("unpacked", name, ending=ending.upper())
        if size > RATIO_FROM and size > packed * limits.most_ratio:
            raise Refused("ratio", name, ending=ending.upper())
        if is_xml:
            check_entities(tail + piece, name, ending)
            tail = piece[-40:]
    return size


def _looks_like_xml(piece: bytes) -> bool:
    bare = piece[:200].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bare.startswith((b"<", EBCDIC_XML))


def _check_start(piece: bytes, name: str, ending: str) -> None:
    if piece.startswith(NESTED_STARTS):
        raise Refused("nested", name, ending=ending.upper())


def check_entities(piece: bytes, name: str, ending: str) -> None:
    """Refuse XML that declares entities, in any encoding a parser would accept.

    Raises:
        Refused: `entities`.
    """
    bare = piece.replace(b"\x00", b"") if b"\x00" in piece else piece
    if any(declaration in bare for declaration in DECLARATIONS) or bare.startswith(EBCDIC_XML):
        raise Refused("entities", name, ending=ending.upper())


def _check_open_document(archive: zipfile.ZipFile, name: str, ending: str) -> None:
    """Hold the type an ODF file names, and its list of encrypted parts, against its ending."""
    names = set(archive.namelist())
    if "mimetype" in names:
        with archive.open("mimetype") as opened:
            said = opened.read(200).strip()
        if said != OPEN_DOCUMENT[ending]:
            raise Refused("unlike", name, ending=ending.upper())
    if "META-INF/manifest.xml" in names:
        with archive.open("META-INF/manifest.xml") as opened:
            if b"encryption-data" in opened.read(1024 * 1024):
                raise Refused("encrypted", name, ending=ending.upper())
