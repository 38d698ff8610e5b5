"""Which characters the fonts can write, read from the fonts' own tables (OpenType cmap)."""

import functools
import struct
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from serai.base.blocks import Document, plain_text
from serai.base.blocks.reading import footnotes
from serai.base.blocks.wording import Wording, wording_of
from serai.base.fonts.shelf import font_files

COLLECTION = b"ttcf"
SEGMENTS, GROUPS = 4, 12
UNICODE_TABLES = frozenset({(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)})
WHERE_LENGTH = 60
INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})


@dataclass(frozen=True)
class Missing:
    """A character no font can write, and the line it first stands in."""

    code: str
    character: str
    where: str


def missing_glyphs(document: Document, folders: tuple[Path, ...] = ()) -> tuple[Missing, ...]:
    """List what would be printed as a box, so that it is settled before issue."""
    known = covered(font_files(folders))
    found: dict[str, Missing] = {}
    for line in lines_of(document, wording_of(document)):
        for character in line:
            point = ord(character)
            if point in known or character in found or is_invisible(character):
                continue
            found[character] = Missing(f"U+{point:04X}", character, excerpt(line, character))
    return tuple(found[character] for character in sorted(found))


def lines_of(document: Document, wording: Wording) -> Iterator[str]:
    """Every line a reader sees, footnotes last."""
    yield from plain_text(document, wording).split("\n")
    yield from footnotes(document)


def excerpt(line: str, character: str) -> str:
    """The words around a character, so that a person finds it."""
    at = line.index(character)
    start = max(0, at - WHERE_LENGTH // 2)
    return line[start : start + WHERE_LENGTH].strip()


def is_invisible(character: str) -> bool:
    """Spaces, joiners, marks of direction: nothing is drawn for them."""
    return unicodedata.category(character) in INVISIBLE


def characters_of(path: Path) -> frozenset[int]:
    """The code points a font file can write."""
    return covered((path,))


@functools.lru_cache(maxsize=32)
def covered(paths: tuple[Path, ...]) -> frozenset[int]:
    """The code points that at least one of the fonts can write."""
    points: set[int] = set()
    for path in paths:
        content = path.read_bytes()
        for start in _fonts_in(content):
            points.update(_points(content, start))
    return frozenset(points)


def _fonts_in(content: bytes) -> tuple[int, ...]:
    if content[:4] != COLLECTION:
        return (0,)
    (count,) = struct.unpack_from(">I", content, 8)
    return struct.unpack_from(f">{count}I", content, 12)


def _points(content: bytes, start: int) -> Iterator[int]:
    (table_count,) = struct.unpack_from(">H", content, start + 4)
    for number in range(table_count):
        tag, _sum, offset, _length = struct.unpack_from(">4sIII", content, start + 12 + 16 * number)
        if tag == b"cmap":
            yield from _cmap(content, offset)


def _cmap(content: bytes, cmap: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">H", content, cmap + 2)
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", content, cmap + 4 + 8 * number)
        if (platform, encoding) in UNICODE_TABLES:
            (form,) = struct.unpack_from(">H", content, cmap + offset)
            if form == SEGMENTS:
                yield from _segments(content, cmap + offset)
            elif form == GROUPS:
                yield from _groups(content, cmap + offset)


def _groups(content: bytes, table: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", content, table + 12)
    for number in range(count):
        first, final, _glyph = struct.unpack_from(">III", content, table + 16 + 12 * number)
        yield from range(first, final + 1)


def _segments(content: bytes, table: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", content, table + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", content, table + 14)
    starts = struct.unpack_from(f">{count}H", content, table + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", content, table + 16 + 2 * doubled)
    offsets_at = table + 16 + 3 * doubled
    offsets = struct.unpack_from(f">{count}H", content, offsets_at)
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        for point in range(start, min(end, 0xFFFE) + 1):
            if not offsets[number]:
                glyph = (point + deltas[number]) & 0xFFFF
            else:
                at = offsets_at + 2 * number + offsets[number] + 2 * (point - start)
                (glyph,) = struct.unpack_from(">H", content, at)
            if glyph:
                yield point
