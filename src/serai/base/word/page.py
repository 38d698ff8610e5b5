"""Paper, running head and foot, and the turn of the page for wide tables."""

from collections.abc import Iterable

from docx.document import Document as WordFile
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording
from serai.base.word.mark import watermark
from serai.base.word.runs import Manner, paragraph_properties, words
from serai.base.word.xml import Element, field, make, value

SHORT, LONG = 11906, 16838
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_SIDE = 1640, 1420, 1474
TEXT_WIDTH = SHORT - 2 * MARGIN_SIDE
TURNED_WIDTH = LONG - 2 * MARGIN_SIDE
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MARK_INK = "6B3FA0"
HEAD_ID, FOOT_ID = "rIdHead", "rIdFoot"
TURNED, FIRST = "Turned", "First"


def section(*, is_turned: bool, is_rtl: bool, has_cover: bool) -> Element:
    """The properties of a section; the cover has neither head nor foot, only what marks it."""
    width, height = (LONG, SHORT) if is_turned else (SHORT, LONG)
    size = make("w:pgSz", w=width, h=height)
    if is_turned:
        size = make("w:pgSz", w=width, h=height, orient="landscape")
    margins = make(
        "w:pgMar", top=MARGIN_TOP, right=MARGIN_SIDE, bottom=MARGIN_BOTTOM, left=MARGIN_SIDE,
        header=800, footer=700, gutter=0,
    )  # fmt: skip
    which = TURNED if is_turned else ""
    found = [
        make("w:headerReference", type="default", r_id=HEAD_ID + which),
        make("w:footerReference", type="default", r_id=FOOT_ID + which),
        value("w:type", "nextPage"),
        size,
        margins,
    ]
    if has_cover:
        found.insert(0, make("w:headerReference", type="first", r_id=HEAD_ID + FIRST))
        found.append(make("w:titlePg"))
    if is_rtl:
        found.append(make("w:bidi"))
    return make("w:sectPr", *found)


def turn(properties: Element) -> Element:
    """The last, empty paragraph of a section."""
    spacing = make("w:spacing", before=0, after=0, line=20, lineRule="exact")
    return make("w:p", make("w:pPr", spacing, properties))


def add_head_and_foot(word: WordFile, document: tree.Document, wording: Wording) -> None:
    """Put the running head and foot into the file."""
    manner = Manner(document.language, document.direction == "rtl")
    said = wording.mark(document)
    for which, width in (("", TEXT_WIDTH), (TURNED, TURNED_WIDTH)):
        title, end = words(document.title, manner), mark(said or document.publisher, manner, said)
        head = make("w:hdr", running("Header", manner, width, title, [*end, *_behind(said)]))
        reference, page = words(document.reference, manner), page_number(wording, manner)
        foot = make("w:ftr", running("Footer", manner, width, reference, page))
        name = which.lower()
        add_part(word, f"header{name}.xml", "header", RELATION.HEADER, HEAD_ID + which, head)
        add_part(word, f"footer{name}.xml", "footer", RELATION.FOOTER, FOOT_ID + which, foot)
    cover = make("w:p", paragraph_properties("Header", manner.is_rtl), *_behind(said))
    first = make("w:hdr", cover)
    add_part(word, "headerfirst.xml", "header", RELATION.HEADER, HEAD_ID + FIRST, first)


def _behind(said: str) -> list[Element]:
    """What lies behind the text of a page that is marked."""
    return [watermark(said, MARK_INK)] if said else []


def running(
    style: str, manner: Manner, width: int, near: Iterable[Element], far: Iterable[Element]
) -> Element:
    """One line: words at the start edge, words at the end edge."""
    stop = make("w:tabs", make("w:tab", val="right", pos=width))
    properties = paragraph_properties(style, manner.is_rtl, stop)
    return make("w:p", properties, *near, make("w:r", make("w:tab")), *far)


def mark(shown: str, manner: Manner, said: str) -> list[Element]:
    """The publisher, or in its place what marks the page, in colour."""
    found = list(words(shown, manner))
    for run in found if said else []:
        properties = run[0]
        properties.insert(0, value("w:color", MARK_INK))
        properties.insert(0, make("w:b"))
    return found


def page_number(wording: Wording, manner: Manner) -> list[Element]:
    """Write "Page 3 of 12", both numbers worked out by Word."""
    found: list[Element] = []
    before, _, rest = wording.page_pattern.partition("%(number)s")
    middle, _, after = rest.partition("%(count)s")
    found += words(before, manner)
    found += field("PAGE", "1")
    found += words(middle, manner)
    found += field("NUMPAGES", "1")
    found += words(after, manner)
    return found


def add_part(
    word: WordFile, name: str, kind: str, relation: str, key: str, content: Element
) -> None:
    """Put a part of the file's own into the package under a fixed relation."""
    blob = etree.tostring(content, xml_declaration=True, encoding="UTF-8", standalone=True)
    path = PackURI(f"/word/{name}")
    part = Part(path, f"{CONTENT}{kind}+xml", blob, word.part.package)
    word.part.load_rel(relation, part, key)


def page_reference(bookmark: str, shown: int) -> list[Element]:
    """The page a bookmark stands on, worked out by Word when the field is renewed."""
    return field(f"PAGEREF {bookmark} \\h", str(shown))
