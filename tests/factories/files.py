"""Files as people and enemies send them; built here, so none lies in the repository."""

import io
import struct
import zipfile
import zlib

from PIL import Image

WORD = "word/document.xml"
BOOK = "xl/workbook.xml"


def archive(parts: dict[str, bytes], *, stored: bool = False) -> bytes:
    """Pack parts as a ZIP."""
    out = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return out.getvalue()


def word_file(**parts: bytes) -> bytes:
    """A small DOCX by its parts; `extra_name=` parts are added as they are named."""
    return archive({WORD: b"<w:document/>", **parts})


def word_with(name: str, content: bytes) -> bytes:
    """A small DOCX with one more part."""
    return archive({WORD: b"<w:document/>", name: content})


def claimed(content: bytes, name: str, size: int) -> bytes:
    """The archive with one part's unpacked size and check sum claimed as those of its start."""
    changed = bytearray(content)
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        part = opened.getinfo(name)
        total = zlib.crc32(opened.read(name)[:size])
        directory = opened.start_dir
    struct.pack_into("<I", changed, part.header_offset + 14, total)
    struct.pack_into("<I", changed, part.header_offset + 22, size)
    place = content.index(name.encode(), directory) - 46
    struct.pack_into("<I", changed, place + 16, total)
    struct.pack_into("<I", changed, place + 24, size)
    return bytes(changed)


def encrypted(content: bytes) -> bytes:
    """The archive with every part said to be encrypted."""
    changed = bytearray(content)
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 4)
    return bytes(changed)


def photo(side: int = 1, size: tuple[int, int] = (8, 4), format: str = "JPEG") -> bytes:
    """A picture with a place, a camera, a comment and which side is up."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = side
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825)[1] = "N"
    picture = Image.new("RGB", size, (15, 95, 86))
    if format == "JPEG":
        picture.save(out, format, exif=exif, comment=b"secret comment")
    else:
        from PIL.PngImagePlugin import PngInfo

        words = PngInfo()
        words.add_text("Author", "secret author")
        picture.save(out, format, exif=exif, pnginfo=words)
    return out.getvalue()


PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
