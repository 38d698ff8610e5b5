"""Packed files."""

import io
import zipfile

from serai.base.files.packing import packed

FILES = [("a.csv", b"1,2\r\n"), ("b/c.txt", "слово".encode())]


def test_files_come_out_as_they_went_in():
    with zipfile.ZipFile(io.BytesIO(packed(FILES))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == FILES


def test_the_same_files_give_the_same_bytes():
    assert packed(FILES) == packed(iter(FILES))
