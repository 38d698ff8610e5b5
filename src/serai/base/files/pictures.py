"""Photos without what the camera wrote beside the picture.

The picture itself is not decoded: its segments are copied but for place, camera, time, thumbnails
and comments, so no picture can unfold in memory and none loses quality. What stays: colour profile,
density, and for JPEG which side is up.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from serai.base.files.refusals import HOUSE_LIMITS, Limits, Refused

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(
    {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"}
    | {b"bKGD", b"pHYs"}
)
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
START_OF_SCAN, EXIF, COLOUR, ADOBE, JFIF = 0xDA, 0xE1, 0xE2, 0xEE, 0xE0
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
WITHOUT_LENGTH = frozenset({0x01, *range(0xD0, 0xD8)})
FIRST_WRITTEN_BY_OTHERS, LATEST_WRITTEN_BY_OTHERS, COMMENT = 0xE0, 0xEF, 0xFE
ORIENTATION = 0x0112


class _Broken(Exception):
    """The segments do not follow one another."""


def clean_picture(file: BinaryIO, name: str, ending: str, limits: Limits = HOUSE_LIMITS) -> bytes:
    """Return a PNG or JPEG without what stands beside the picture.

    Raises:
        Refused: unlike its ending, broken, or more points than the house shows.
    """
    file.seek(0)
    content = file.read(limits.most_bytes + 1)
    is_png = ending == "png"
    if not content.startswith(PNG_START if is_png else JPEG_START + b"\xff"):
        raise Refused("unlike", name, ending=ending.upper())
    try:
        width, height, kept = _clean_png(content) if is_png else _clean_jpeg(content)
    except (_Broken, struct.error, IndexError) as error:
        raise Refused("broken", name, ending=ending.upper()) from error
    if not width or not height:
        raise Refused("broken", name, ending=ending.upper())
    if width * height > limits.most_pixels:
        raise Refused("picture", name, ending=ending.upper())
    return kept


def _clean_png(content: bytes) -> tuple[int, int, bytes]:
    kept = bytearray(PNG_START)
    place, width, height, kind = len(PNG_START), 0, 0, b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", content, place)
        chunk = content[place : place + 12 + length]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(
            chunk[-4:], "big"
        ):
            raise _Broken
        if kind == b"IHDR":
            width, height = struct.unpack_from(">II", chunk, 8)
        if kind in PNG_KEPT:
            kept += chunk
        place += 12 + length
    return width, height, bytes(kept)


def _clean_jpeg(content: bytes) -> tuple[int, int, bytes]:
    kept = bytearray(JPEG_START)
    width = height = 0
    for marker, segment, scan in _segments(content):
        if marker in FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
        if marker == EXIF:
            kept += _upright_only(segment)
        elif _is_kept(marker, segment):
            kept += segment + scan
    return width, height, bytes(kept + JPEG_END)


def _is_kept(marker: int, segment: bytes) -> bool:
    if marker == COLOUR:
        return segment[4:16] == b"ICC_PROFILE\x00"
    if marker in {JFIF, ADOBE}:
        return segment[4:9] in {b"JFIF\x00", b"Adobe"}
    return not FIRST_WRITTEN_BY_OTHERS <= marker <= LATEST_WRITTEN_BY_OTHERS and marker != COMMENT


def _segments(content: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Give each marker with its segment and, after a start of scan, the picture's own bytes."""
    place = len(JPEG_START)
    while True:
        if content[place] != 0xFF:
            raise _Broken
        marker = content[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker == JPEG_END[1]:
            return
        if marker in WITHOUT_LENGTH:
            place += 2
            continue
        length = struct.unpack_from(">H", content, place + 2)[0]
        segment = content[place : place + 2 + length]
        if length < 2 or len(segment) != 2 + length:
            raise _Broken
        place += 2 + length
        scan = b""
        if marker == START_OF_SCAN:
            end = _end_of_scan(content, place)
            scan, place = content[place:end], end
        yield marker, segment, scan


def _end_of_scan(content: bytes, place: int) -> int:
    """Return where the next marker stands that is neither stuffing nor a restart."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            raise _Broken
        if content[place + 1] == 0 or content[place + 1] in WITHOUT_LENGTH:
            place += 2
        elif content[place + 1] == 0xFF:
            place += 1
        else:
            return place


def _upright_only(segment: bytes) -> bytes:
    """Return an EXIF segment that says nothing but which side is up; empty where that is plain."""
    side = _orientation(segment[10:]) if segment[4:10] == b"Exif\x00\x00" else 1
    if side not in range(2, 9):
        return b""
    tiff = b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, side, 0, 0)
    body = b"Exif\x00\x00" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _orientation(tiff: bytes) -> int:
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        first = struct.unpack_from(order + "I", tiff, 4)[0]
        for number in range(struct.unpack_from(order + "H", tiff, first)[0]):
            place = first + 2 + 12 * number
            if struct.unpack_from(order + "H", tiff, place)[0] == ORIENTATION:
                return int(struct.unpack_from(order + "H", tiff, place + 8)[0])
    except struct.error:
        pass
    return 1
