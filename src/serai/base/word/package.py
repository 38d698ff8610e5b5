"""The file as bytes: the same members in the same order, and no clock in any of them."""

import io
import zipfile

from docx.document import Document as WordFile

DAY = (1980, 1, 1, 0, 0, 0)
FIRST = "[Content_Types].xml"
PLAIN_FILE = 0o600 << 16


def file_bytes(word: WordFile) -> bytes:
    """Save, then lay the members anew: names in order, each dated 1980-01-01."""
    saved, laid = io.BytesIO(), io.BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(laid, "w") as target:
        for name in sorted(source.namelist(), key=lambda name: (name != FIRST, name)):
            member = zipfile.ZipInfo(name, DAY)
            member.external_attr = PLAIN_FILE
            member.create_system = 0
            target.writestr(member, source.read(name), zipfile.ZIP_DEFLATED)
    return laid.getvalue()
