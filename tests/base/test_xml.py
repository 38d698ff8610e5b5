"""XML from strangers: read when plain, refused with a sentence otherwise."""

import pytest

from serai.base.xml import XmlFault, XmlRefused, read_xml

MOST = 2 * 1024 * 1024
LAUGHS = b"""<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<lolz>&b;</lolz>"""
OUTSIDE = b"""<!DOCTYPE a [<!ENTITY secret SYSTEM "file:///etc/passwd">]><a>&secret;</a>"""
REMOTE = b"""<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>"""


def refusal(content):
    with pytest.raises(XmlRefused) as refused:
        read_xml(content, most_bytes=MOST)
    return refused.value


def test_a_plain_file_is_read_without_comments_and_instructions():
    root = read_xml("<a><!-- x --><?y z?><b>Цель</b></a>".encode(), most_bytes=MOST)

    assert [(child.tag, child.text) for child in root] == [("b", "Цель")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1251"])
def test_declared_encodings_are_read(encoding):
    content = f'<?xml version="1.0" encoding="{encoding}"?><a>Цель</a>'.encode(encoding)

    assert read_xml(content, most_bytes=MOST).text == "Цель"


@pytest.mark.parametrize(
    "content",
    [LAUGHS, OUTSIDE, REMOTE, LAUGHS.decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")],
    ids=["expansion", "file", "remote", "utf-16"],
)  # fmt: skip
def test_any_document_type_is_refused(content):
    refused = refusal(content)

    assert refused.fault is XmlFault.DOCUMENT_TYPE
    assert str(refused) == (
        "The file declares a document type (DTD), which is not accepted. Save it again without."
    )


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE], ids=["expansion", "file"])
def test_the_parser_refuses_a_document_type_that_the_first_look_missed(content, monkeypatch):
    monkeypatch.setattr("serai.base.xml._refuse_document_type", lambda content: None)

    assert refusal(content).fault is XmlFault.DOCUMENT_TYPE


@pytest.mark.parametrize("content", [b"", b" \r\n "])
def test_an_empty_file_is_refused(content):
    assert refusal(content).fault is XmlFault.EMPTY


def test_a_file_over_the_limit_is_refused_unread():
    refused = refusal(b"<" * (MOST + 1))

    assert refused.fault is XmlFault.TOO_BIG
    assert str(refused) == "The file has 3 MB; at most 2 MB are read. Send a smaller file."


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 mpp", b"PK\x03\x04 xlsx"])
def test_other_formats_are_named_as_such(content):
    assert refusal(content).fault is XmlFault.BINARY


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"name;date\n1;2021", 1),
        (b"<a>\n<b>\n</a>", 3),
        (b"<a/><a/>", 1),
        (b"<a>&undeclared;</a>", 1),
    ],
)
def test_a_broken_file_is_refused_with_its_line(content, line):
    refused = refusal(content)

    assert (refused.fault, refused.line) == (XmlFault.BROKEN, line)
    assert str(refused) == (
        f"The file is not well-formed XML: it breaks at line {line}. Save it again."
    )


@pytest.mark.parametrize("encoding", ["klingon", "gb2312"])
def test_an_encoding_that_cannot_be_checked_is_refused(encoding):
    refused = refusal(f'<?xml version="1.0" encoding="{encoding}"?><a/>'.encode())

    assert refused.fault is XmlFault.ENCODING
    assert str(refused) == (
        "The file is written in an encoding that is not read here. Save it in UTF-8."
    )


def test_endless_depth_is_refused():
    assert refusal(b"<a>" * 5000 + b"</a>" * 5000).fault is XmlFault.BROKEN
