"""The words read back from HTML, Word and PDF files, as a reader would meet them."""

import io
import re
import zipfile

import pypdf
from lxml import etree, html

from serai.base import blocks as b

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SMALLEST_PRINT, LARGEST_PRINT = 7.0, 40.0
HEAD_EDGE, FOOT_EDGE = 68, 60
"""Points from the paper's upper and lower edge that hold running head and foot."""


def squeezed(text: str) -> str:
    """The signs alone: how lines break is each format's own business."""
    return re.sub(r"[\s\u200b\ufeff]+", "", text)


def expected(document: b.Document) -> str:
    return squeezed(b.plain_text(document, b.wording_of(document)))


def html_text(content: bytes) -> str:
    """Everything but contents, pictures, notes and their marks, and the band of a sample."""
    page = html.fromstring(content.decode())
    away = ".//nav | .//svg | .//sup | .//section[@class='doc-notes'] | .//p[@class='doc-band']"
    for element in page.xpath(away):
        element.drop_tree()
    (body,) = page.xpath("//body")
    return squeezed(body.text_content())


def word_members(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def word_text(content: bytes) -> str:
    """The body without the lines of the contents."""
    body = etree.fromstring(word_members(content)["word/document.xml"])
    parts = []
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is None or not style.get(f"{W}val").startswith("TOC"):
            parts += [run.text or "" for run in paragraph.iter(f"{W}t", f"{W}delText")]
    return squeezed("".join(parts))


def pdf_pages(content: bytes) -> list[str]:
    """Each page's words without running head and foot, marks of notes and of lists."""
    return [_page_text(page) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def _page_text(page: pypdf.PageObject) -> str:
    parts: list[str] = []
    height = float(page.mediabox.height)

    def visit(text, cm, tm, _font, size) -> None:
        up = cm[5] + tm[5] * cm[3]
        is_running = up < FOOT_EDGE or up > height - HEAD_EDGE
        if not is_running and SMALLEST_PRINT <= size <= LARGEST_PRINT:
            parts.append(text)

    page.extract_text(visitor_text=visit)
    return "".join(parts)


def pdf_text(content: bytes, document: b.Document) -> str:
    """All pages but the contents, without footnotes."""
    pages = pdf_pages(content)
    contents = b.wording_of(document).contents
    kept = [squeezed(page) for page in pages if not page.strip().startswith(contents)]
    return "".join(kept)
