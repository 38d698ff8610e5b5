"""Blocks as paragraphs and tables of a Word file."""

import hashlib
import re
from collections.abc import Iterator

from docx.document import Document as WordFile

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording
from serai.base.word import page
from serai.base.word.figures import picture
from serai.base.word.runs import Manner, Notes, RunWriter, paragraph_properties, words
from serai.base.word.tables import TableWriter
from serai.base.word.xml import Element, make, text, value

BULLETS = 1
NUMBERS = 1
LONGEST_NAME = 40
DEEPEST_LIST = 3
_UNNAMABLE = re.compile(r"[^A-Za-z0-9_]")


class BodyWriter:
    """Writes the body, counting tables, figures, lists and bookmarks."""

    def __init__(
        self,
        word: WordFile,
        document: tree.Document,
        wording: Wording,
        notes: Notes,
        pictures: tuple[bytes, ...],
    ) -> None:
        self.word, self.document, self.wording = word, document, wording
        self.notes, self.pictures = notes, pictures
        self.is_rtl = document.direction == "rtl"
        self.manner = Manner(document.language, self.is_rtl)
        self.runs = RunWriter(notes)
        self.tables = TableWriter(self.runs, is_rtl=self.is_rtl, language=document.language)
        self.width = page.TEXT_WIDTH
        self.table_count = self.figure_count = self.heading_count = 0
        self.number_count = BULLETS
        self.named: set[str] = set()
        self.is_breaking = False
        self.pages_of_headings: tuple[int, ...] = ()

    def cover(self) -> Iterator[Element]:
        """Title, meeting, day, audience; a page of its own."""
        document = self.document
        yield self.paragraph("Title", tree.words(document.title))
        if document.subtitle:
            yield self.paragraph("Subtitle", tree.words(document.subtitle))
        for line in self.wording.cover_lines(document):
            yield self.paragraph("CoverLine", tree.words(line))
        yield page.turn(page.section(is_turned=False, is_rtl=self.is_rtl, has_cover=True))

    def pages(self) -> Iterator[Element]:
        """All blocks; a wide table turns the page and turns it back."""
        runs = tuple(tree.page_runs(self.document.blocks))
        for number, (is_turned, blocks) in enumerate(runs, 1):
            self.width = page.TURNED_WIDTH if is_turned else page.TEXT_WIDTH
            yield from self.blocks(blocks)
            if is_turned or (number < len(runs) and runs[number][0]):
                section = page.section(is_turned=is_turned, is_rtl=self.is_rtl, has_cover=False)
                yield page.turn(section)

    def blocks(self, blocks: tuple[tree.Block, ...], style: str = "Normal") -> Iterator[Element]:
        """Blocks in order; `style` is that of plain paragraphs.

        A heading after a page break carries the break itself: no empty line stands above it.
        """
        for block, following in zip(blocks, (*blocks[1:], None), strict=False):
            if isinstance(block, tree.PageBreak) and isinstance(following, tree.Heading):
                self.is_breaking = True
            else:
                yield from self.block(block, style)

    def block(self, block: tree.Block, style: str) -> Iterator[Element]:
        """One block."""
        match block:
            case tree.Paragraph():
                yield self.paragraph(style, block.children)
            case tree.Heading():
                yield self.heading(block)
            case tree.List():
                yield from self.listing(block, 0)
            case tree.Table():
                self.table_count += 1
                yield from self.table(block, self.wording.table(self.table_count))
            case tree.Figure():
                yield from self.figure(block)
            case tree.KeyFigures():
                if not block.items:
                    return
                yield self.tables.key_figures(block, self.width)
                yield self.gap()
            case tree.Contents():
                yield from self.contents(block)
            case tree.PageBreak():
                yield make("w:p", make("w:r", make("w:br", type="page")))
            case _:
                yield from self.holder(block)

    def holder(self, block: tree.Block) -> Iterator[Element]:
        """A block that holds others."""
        match block:
            case tree.Callout():
                tone = block.tone.value.title()
                if block.title:
                    yield self.paragraph(f"CalloutTitle{tone}", tree.words(block.title))
                yield from self.blocks(block.blocks, f"Callout{tone}")
                yield self.gap()
            case tree.Quote():
                yield from self.blocks(block.blocks, "Quote")
                if block.source:
                    yield self.paragraph("QuoteSource", tree.words(block.source))
            case tree.Provision():
                yield from self.provision(block)
            case _:
                raise TypeError(f"No way to write {type(block).__name__}.")

    def paragraph(self, style: str, children: tuple[tree.Inline, ...], *before: Element) -> Element:
        """A paragraph in a style."""
        properties = paragraph_properties(style, self.is_rtl)
        return make("w:p", properties, *before, *self.runs.write(children, self.manner))

    def gap(self) -> Element:
        """A little air after a table or box, and the paragraph Word wants between tables."""
        spacing = make("w:spacing", before=0, after=0, line=160, lineRule="exact")
        return make("w:p", make("w:pPr", spacing))

    def heading(self, heading: tree.Heading) -> Element:
        """A heading inside its bookmarks: one for links, one for the contents."""
        self.heading_count += 1
        number = tree.words(f"{heading.number} " if heading.number else "")
        style = f"Heading{heading.level}"
        paragraph = self.paragraph(style, (*number, *heading.children))
        if self.is_breaking:
            paragraph[0].insert(1, make("w:pageBreakBefore"))
            self.is_breaking = False
        self.mark(paragraph, contents_bookmark(self.heading_count))
        self.mark(paragraph, self.notes.bookmarks.get(heading.key, ""))
        return paragraph

    def mark(self, paragraph: Element, name: str) -> None:
        """Set a bookmark around a paragraph's words, each name once."""
        if not name or name in self.named:
            return
        self.named.add(name)
        self.notes.mark_count += 1
        number = self.notes.mark_count
        paragraph.insert(1, make("w:bookmarkStart", id=number, name=name))
        paragraph.append(make("w:bookmarkEnd", id=number))

    def listing(self, block: tree.List, depth: int) -> Iterator[Element]:
        """A list; every numbered list starts its own count."""
        number = self.numbering(block) if block.is_ordered else BULLETS
        for item in block.items:
            yield from self.item(item, number, depth)

    def item(self, item: tree.ListItem, number: int, depth: int) -> Iterator[Element]:
        """An item: its first paragraph carries the mark."""
        level = min(depth, DEEPEST_LIST)
        for position, inner in enumerate(item.blocks or (tree.Paragraph(()),)):
            if isinstance(inner, tree.List):
                yield from self.listing(inner, depth + 1)
                continue
            for element in self.block(inner, "ListParagraph"):
                if position == 0 and element.tag.endswith("}p"):
                    marks = make("w:numPr", value("w:ilvl", level), value("w:numId", number))
                    element[0].insert(1, marks)
                yield element

    def numbering(self, block: tree.List) -> int:
        """A new count, from the list's own start."""
        self.number_count += 1
        start = value("w:startOverride", block.start)
        levels = [
            make("w:lvlOverride", start if not level else value("w:startOverride", 1), ilvl=level)
            for level in range(DEEPEST_LIST + 1)
        ]
        count = make("w:num", value("w:abstractNumId", NUMBERS), *levels, numId=self.number_count)
        self.word.part.numbering_part.element.append(count)
        return self.number_count

    def table(self, table: tree.Table, label: str) -> Iterator[Element]:
        """Caption, grid, notes."""
        if label:
            yield self.caption(label, table.caption, table.key)
        yield self.tables.write(table, self.width)
        for note in table.notes:
            yield self.paragraph("TableNote", note)
        yield self.gap()

    def caption(self, label: str, caption: tuple[tree.Inline, ...], key: str) -> Element:
        """Write "Table 3. Milestones" in the style Word knows captions by."""
        lead = tree.words(f"{label}. " if caption else label)
        paragraph = self.paragraph("Caption", (*lead, *caption))
        self.mark(paragraph, self.notes.bookmarks.get(key, ""))
        return paragraph

    def figure(self, figure: tree.Figure) -> Iterator[Element]:
        """Caption, picture, and the picture's numbers."""
        self.figure_count += 1
        number = self.figure_count
        yield self.caption(self.wording.figure(number), figure.caption, figure.key)
        run = picture(self.word, self.pictures[number - 1], figure, number, self.width)
        properties = paragraph_properties("Picture", self.is_rtl)
        if figure.table:
            properties.insert(1, make("w:keepNext"))
        yield make("w:p", properties, run)
        if figure.table:
            yield from self.table(figure.table, "")

    def provision(self, block: tree.Provision) -> Iterator[Element]:
        """The label hangs before the first paragraph."""
        head, rest = block.blocks[:1], block.blocks[1:]
        children: tuple[tree.Inline, ...] = ()
        if head and isinstance(head[0], tree.Paragraph):
            children = head[0].children
        else:
            rest = block.blocks
        label = [*words(block.label, Manner(self.document.language, self.is_rtl, is_bold=True))]
        label.append(make("w:r", make("w:tab")))
        paragraph = self.paragraph("Provision", children, *label)
        self.mark(paragraph, self.notes.bookmarks.get(block.key, ""))
        yield paragraph
        yield from self.blocks(rest, "ProvisionText")

    def contents(self, block: tree.Contents) -> Iterator[Element]:
        """A contents field that already reads right; Word renews it with page numbers."""
        yield self.paragraph("TOCHeading", tree.words(self.wording.contents))
        entries = [
            (number, heading)
            for number, heading in enumerate(tree.headings(self.document), 1)
            if heading.level <= block.depth
        ]
        start = [
            make("w:r", make("w:fldChar", fldCharType="begin", dirty="true")),
            make("w:r", text(f' TOC \\o "1-{block.depth}" \\h \\z \\u ', "w:instrText")),
            make("w:r", make("w:fldChar", fldCharType="separate")),
        ]
        for position, (number, heading) in enumerate(entries):
            yield self.entry(number, heading, start if position == 0 else [])
        properties = paragraph_properties("Normal", self.is_rtl)
        end = make("w:r", make("w:fldChar", fldCharType="end"))
        is_empty = not entries
        last = make("w:p", properties, *(start if is_empty else []), end)
        last.append(make("w:r", make("w:br", type="page")))
        yield last

    def entry(self, number: int, heading: tree.Heading, before: list[Element]) -> Element:
        """One line of the contents."""
        name = contents_bookmark(number)
        runs = [*words(tree.heading_text(heading), self.manner), make("w:r", make("w:tab"))]
        runs += page.page_reference(name, self.pages_of_headings[number - 1])
        link = make("w:hyperlink", *runs, anchor=name, history=1)
        return make("w:p", paragraph_properties(f"TOC{heading.level}", self.is_rtl), *before, link)


def contents_bookmark(number: int) -> str:
    """The name Word gives to the places its contents lead to."""
    return f"_Toc{number:08d}"


def bookmarks(document: tree.Document) -> dict[str, str]:
    """A bookmark name for every key: letters, digits and low lines, at most 40."""
    found = {}
    for block in tree.blocks_of(document.blocks):
        if not isinstance(block, tree.Heading | tree.Provision | tree.Table | tree.Figure):
            continue
        if block.key:
            name = f"k_{_UNNAMABLE.sub('_', block.key)}"
            if len(name) > LONGEST_NAME or name[2:] != block.key:
                digest = hashlib.sha256(block.key.encode()).hexdigest()[:8]
                name = f"{name[: LONGEST_NAME - 9]}_{digest}"
            found[block.key] = name
    return found
