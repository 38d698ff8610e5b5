"""The tree as a Word file: real headings, contents, notes, changes and remarks."""

from datetime import UTC, datetime, time
from pathlib import Path

import docx as python_docx
from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from lxml import etree

from serai.base import typst
from serai.base.blocks import tree
from serai.base.blocks.wording import wording_of
from serai.base.word import page
from serai.base.word.body import BodyWriter, bookmarks
from serai.base.word.package import file_bytes
from serai.base.word.runs import REGIONS, Notes
from serai.base.word.xml import Element, make, qualified

REFERENCE = Path(__file__).with_name("reference.docx")


def docx(document: tree.Document, *, fonts: tuple[Path, ...] = ()) -> bytes:
    """Write a document as a Word file; the same tree gives the same members.

    Until Word counts for itself, the contents name the pages of the PDF.

    Raises:
        TypesetFailed: if a figure or the contents cannot be set.
    """
    wording = wording_of(document)
    word = python_docx.Document(str(REFERENCE))
    figures = [b for b in tree.blocks_of(document.blocks) if isinstance(b, tree.Figure)]
    pictures = typst.pngs(tuple(figure.chart_svg for figure in figures), fonts=fonts)
    notes = Notes(bookmarks=bookmarks(document))
    writer = BodyWriter(word, document, wording, notes, pictures)
    if any(isinstance(block, tree.Contents) for block in document.blocks):
        writer.pages_of_headings = typst.heading_pages(document, fonts=fonts)
    _lay(word, [*writer.cover(), *writer.pages()], document)
    page.add_head_and_foot(word, document, wording)
    _add_notes(word, notes)
    _set_properties(word, document)
    _set_styles(word, document)
    return file_bytes(word)


def _lay(word: WordFile, content: list[Element], document: tree.Document) -> None:
    body = word.element.body
    for child in list(body):
        body.remove(child)
    body.extend(content)
    is_rtl = document.direction == "rtl"
    body.append(page.section(is_turned=False, is_rtl=is_rtl, has_cover=False))


def _add_notes(word: WordFile, notes: Notes) -> None:
    for address, key in notes.links.items():
        word.part.load_rel(RELATION.HYPERLINK, address, key, is_external=True)
    part = word.part.part_related_by(RELATION.FOOTNOTES)
    whole = etree.fromstring(part.blob)
    whole.extend(notes.footnotes)
    part._blob = etree.tostring(whole, xml_declaration=True, encoding="UTF-8", standalone=True)
    if notes.comments:
        whole = make("w:comments", *notes.comments)
        page.add_part(word, "comments.xml", "comments", RELATION.COMMENTS, "rIdComments", whole)


def _set_properties(word: WordFile, document: tree.Document) -> None:
    issued_at = datetime.combine(document.date, time(), UTC).replace(tzinfo=None)
    properties = word.core_properties
    properties.title = document.title
    properties.subject = document.subtitle
    properties.author = document.publisher
    properties.last_modified_by = document.publisher
    properties.language = document.language
    properties.created = properties.modified = issued_at
    properties.revision = 1


def _set_styles(word: WordFile, document: tree.Document) -> None:
    styles = word.styles.element
    main = document.language.lower().partition("-")[0]
    is_rtl = document.direction == "rtl"
    lang = next(styles.iter(qualified("w:lang")))
    script = "bidi" if is_rtl else "eastAsia" if main == "zh" else "val"
    lang.set(qualified(f"w:{script}"), REGIONS.get(main, document.language))
    if is_rtl:
        for border in list(styles.iter(qualified("w:pBdr"))):
            for side in border.findall(qualified("w:left")):
                side.tag = qualified("w:right")
