"""Which files the house takes, and with which sentence it refuses the others."""

import io
import random
import time
import tracemalloc

import pytest
from PIL import Image
from tests.factories.files import (
    BOOK,
    PDF,
    WORD,
    archive,
    claimed,
    encrypted,
    photo,
    word_file,
    word_with,
)

from serai.base.files import Limits, Refused, check_file, safe_name

ODT = "application/vnd.oasis.opendocument.text"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def code_of(content: bytes, name: str, **changes: object) -> str:
    """Return the refusal's code, or "taken"; every sentence begins with the file's name."""
    try:
        check_file(io.BytesIO(content), name, **changes)
    except Refused as refused:
        return refused.code if str(refused).startswith(f"{name}: ") else str(refused)
    return "taken"


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("a.DOCX", word_file(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.xlsx", archive({BOOK: b"<workbook/>"}), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.odt", archive({"mimetype": ODT.encode(), "content.xml": b"<a/>"}), ODT),
        ("a.ods", archive({"content.xml": b"<a/>"}), "application/vnd.oasis.opendocument.spreadsheet"),
        ("a.csv", "a;b\r\nж;2".encode("cp1251"), "text/csv"),
        ("a.txt", "текст".encode("utf-16"), "text/plain"),
    ],
)  # fmt: skip
def test_every_kind_is_taken_as_it_is(name, content, media_type):
    checked = check_file(io.BytesIO(content), name)

    assert (checked.content, checked.media_type) == (content, media_type)


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.jpeg"])
def test_pictures_are_taken(name):
    content = photo(format="PNG" if name.endswith("png") else "JPEG")

    checked = check_file(io.BytesIO(content), name)

    assert checked.media_type == ("image/png" if name.endswith("png") else "image/jpeg")
    assert Image.open(io.BytesIO(checked.content)).size == (8, 4)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"hello", "unlike"),
        ("a.pdf", PDF[:-6], "gone"),
        ("a.pdf", PDF.replace(b"/Type", b"/Encrypt 5 0 R/Type"), "encrypted"),
        ("a.pdf", PDF.replace(b"/Type", b"/JavaScript 5 0 R/Type"), "script"),
        ("a.pdf", PDF.replace(b"/Type", b"/Launch/Type"), "script"),
        ("a.exe", b"MZ", "kind"),
        ("a.svg", b"<svg/>", "kind"),
        ("a.html", b"<b>", "kind"),
        ("a.docm", word_file(), "kind"),
        ("letter", PDF, "name"),
        ("a.docx", PDF, "unlike"),
        ("a.docx", archive({BOOK: b"<a/>"}), "unlike"),
        ("a.docx", OLE, "encrypted"),
        ("a.docx", encrypted(word_file()), "encrypted"),
        ("a.docx", word_with("word/vbaProject.bin", b"x"), "macros"),
        ("a.xlsx", archive({BOOK: b"<a/>", "xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
        ("a.odt", archive({"content.xml": b"<a/>", "Basic/Standard/M.xml": b"<a/>"}), "macros"),
        ("a.odt", archive({"mimetype": b"text/plain", "content.xml": b"<a/>"}), "unlike"),
        ("a.ods", archive({"content.xml": b"<a/>", "META-INF/manifest.xml": b"<m><encryption-data/></m>"}), "encrypted"),
        ("a.docx", word_with("word/embeddings/a.zip", b"x"), "nested"),
        ("a.docx", word_with("word/embeddings/a.bin", archive({"a": b"b"})), "nested"),
        ("a.docx", word_with("word/media/a.png", b"MZ\x90"), "nested"),
        ("a.docx", word_with("../../etc/passwd", b"x"), "path"),
        ("a.docx", word_with("/etc/passwd", b"x"), "path"),
        ("a.docx", word_with("C:\\a.txt", b"x"), "path"),
        ("a.docx", word_with("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "entities"),
        ("a.docx", word_with("word/a.bin", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "entities"),
        ("a.docx", word_with("word/a.xml", '\ufeff<!DOCTYPE a><a/>'.encode("utf-16")), "entities"),
        ("a.docx", word_with("word/a.xml", b"<a>" + b" " * 65_530 + b"<!DOCTYPE a>"), "entities"),
        ("a.docx", archive({WORD: b"<a/>", **{f"word/{n}.xml": b"<a/>" for n in range(2_000)}}), "parts"),
        ("a.docx", word_with("word/a.xml", b"<" + b"a" * 1_000_000), "ratio"),
        ("a.docx", word_file()[:-30], "broken"),
        ("a.docx", word_file().replace(b"document/>", b"dXcument/>"), "taken"),
        ("a.csv", PDF, "unlike"),
        ("a.txt", archive({"a": b"b"}), "unlike"),
        ("a.txt", b"a\x00b", "unlike"),
        ("a.png", photo(), "unlike"),
        ("a.jpg", photo(format="PNG"), "unlike"),
        ("a.jpg", photo()[:200], "broken"),
        ("a.png", photo(format="PNG")[:60], "broken"),
    ],
)  # fmt: skip
def test_bad_files_are_refused_by_name(name, content, code):
    assert code_of(content, name) == code


def test_a_large_file_is_refused():
    assert code_of(b"a" * 1_001, "a.txt", limits=Limits(most_bytes=1_000)) == "too_big"


def test_the_house_takes_twenty_megabytes():
    assert code_of(b"a" * (20 * 1024 * 1024), "a.txt") == "taken"
    assert code_of(b"a" * (20 * 1024 * 1024 + 1), "a.txt") == "too_big"


def test_unpacked_parts_are_counted_together():
    draw = random.Random(1).randbytes(40_000)
    content = archive({WORD: b"<a/>", "a": draw, "b": draw, "c": draw})

    assert code_of(content, "a.docx", limits=Limits(most_unpacked=100_000)) == "unpacked"
    assert code_of(content, "a.docx", limits=Limits(most_unpacked=130_000)) == "taken"


def test_a_part_that_claims_to_be_small_is_not_believed():
    content = word_with("word/a.xml", b"<" + bytes(3_000_000))

    assert code_of(claimed(content, "word/a.xml", 100), "a.docx") == "ratio"
    small = word_with("word/a.xml", b"<a>" + random.Random(2).randbytes(50_000))
    assert code_of(claimed(small, "word/a.xml", 100), "a.docx") == "broken"


def test_a_place_takes_only_its_own_kinds():
    with pytest.raises(Refused) as refused:
        check_file(io.BytesIO(PDF), "a.pdf", kinds=("csv", "xlsx"))

    assert str(refused.value) == (
        "a.pdf: this kind of file is not accepted here. Save it as CSV, XLSX."
    )


def test_the_largest_bomb_ends_early_and_stays_small():
    zeros = bytes(16 * 1024 * 1024)
    bomb = archive({WORD: b"<a/>", **{f"word/{number}.xml": zeros for number in range(40)}})
    del zeros
    tracemalloc.start()
    began = time.process_time()

    assert code_of(bomb, "a.docx") == "ratio"

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50 * 1024 * 1024
    assert time.process_time() - began < 1


def test_a_list_of_many_parts_is_refused_before_it_is_built():
    content = archive({WORD: b"<a/>"}) + b"PK\x01\x02" * 5_000

    assert code_of(content, "a.docx") == "parts"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\Anna\\plan.docx", "plan.docx"),
        ("../../etc/passwd", "passwd"),
        ("план\u202excod.exe", "планxcod.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ("...", "file"),
        ("", "file"),
        ("x" * 200 + ".docx", "x" * 114 + "….docx"),
        ("x" * 200, "x" * 120),
    ],
)
def test_safe_name(given, kept):
    assert safe_name(given) == kept


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_photos_lose_what_the_camera_wrote(format):
    name = "a.jpg" if format == "JPEG" else "a.png"

    content = check_file(io.BytesIO(photo(format=format)), name).content

    picture = Image.open(io.BytesIO(content))
    picture.load()
    assert dict(picture.getexif()) == {}
    assert b"ecret" not in content


def test_a_photo_stays_the_right_way_up():
    content = check_file(io.BytesIO(photo(side=6)), "a.jpg").content

    assert dict(Image.open(io.BytesIO(content)).getexif()) == {0x0112: 6}
    assert b"ecret" not in content


def test_a_photo_loses_no_point():
    before = photo()

    after = check_file(io.BytesIO(before), "a.jpg").content

    left, right = Image.open(io.BytesIO(before)), Image.open(io.BytesIO(after))
    assert left.tobytes() == right.tobytes()


def test_what_hangs_behind_a_picture_is_cut_off():
    content = check_file(io.BytesIO(photo() + b"PK\x03\x04secret"), "a.jpg").content

    assert b"secret" not in content


def test_a_giant_picture_is_refused():
    assert code_of(photo(size=(50, 40)), "a.jpg", limits=Limits(most_pixels=1_000)) == "picture"
    assert (
        code_of(photo(size=(50, 40), format="PNG"), "a.png", limits=Limits(most_pixels=1_000))
        == "picture"
    )
