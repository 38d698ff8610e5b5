"""One tree for every document: the same words in HTML, Word and PDF.

No node holds HTML, Typst or OOXML (a figure's SVG is a picture, never text), and no node can
hold a control character: every text is cleaned as it enters. A line end inside `Text` is a
line break.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from serai.base.characters import direction, harmless

WIDE_COLUMNS = 7
MAX_HEADING_LEVEL = 4
SAFE_ADDRESSES = ("https://", "http://", "mailto:", "#")


@dataclass(frozen=True)
class Node:
    """Anything in the tree."""

    def __post_init__(self) -> None:
        for field in dataclasses.fields(self):
            value = getattr(self, field.name)
            if type(value) is str:
                object.__setattr__(self, field.name, harmless(value))


@dataclass(frozen=True)
class Inline(Node):
    """A run inside a paragraph."""


@dataclass(frozen=True)
class Block(Node):
    """A thing that stands on lines of its own."""


# --- inside a paragraph ---------------------------------------------------------------------


@dataclass(frozen=True)
class Text(Inline):
    text: str


@dataclass(frozen=True)
class Strong(Inline):
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Emphasis(Inline):
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Link(Inline):
    children: tuple[Inline, ...]
    address: str
    """An https, http or mailto address, or "#key" of something in the document."""

    @property
    def safe_address(self) -> str:
        """The address if it is of a kind we follow, else nothing: the words stay."""
        is_safe = self.address.lower().startswith(SAFE_ADDRESSES) and " " not in self.address
        return self.address if is_safe else ""


@dataclass(frozen=True)
class Footnote(Inline):
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Foreign(Inline):
    """Words in another language than the text around them."""

    children: tuple[Inline, ...]
    language: str


@dataclass(frozen=True)
class Number(Inline):
    value: Decimal
    unit: str = ""
    decimals: int = 0

    @property
    def text(self) -> str:
        """Write the number in one way for all formats: 12 345.60 %, never broken over lines."""
        digits = f"{self.value:,.{self.decimals}f}".replace(",", "\u00a0").replace("-", "\u2212")
        joint = "" if self.unit in {"", "%", "°"} else "\u00a0"
        return f"{digits}{joint}{self.unit}"


@dataclass(frozen=True)
class Inserted(Inline):
    children: tuple[Inline, ...]
    author: str
    at: datetime


@dataclass(frozen=True)
class Deleted(Inline):
    children: tuple[Inline, ...]
    author: str
    at: datetime


@dataclass(frozen=True)
class CommentMark(Inline):
    """Words somebody remarked on, and the remark."""

    children: tuple[Inline, ...]
    comment: str
    author: str
    at: datetime


# --- on lines of their own ------------------------------------------------------------------


@dataclass(frozen=True)
class Heading(Block):
    level: int
    children: tuple[Inline, ...]
    key: str = ""
    number: str = ""
    """ "2.1" or "Annex A"; part of the words, so every format shows the same."""

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 1 <= self.level <= MAX_HEADING_LEVEL:
            raise ValueError(f"A heading has level 1 to {MAX_HEADING_LEVEL}, not {self.level}.")


@dataclass(frozen=True)
class Paragraph(Block):
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class ListItem(Node):
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class List(Block):
    items: tuple[ListItem, ...]
    is_ordered: bool = False
    start: int = 1


class ColumnKind(StrEnum):
    WORDS = "words"
    NUMBER = "number"
    SHORT = "short"
    """Dates, codes, states: as narrow as its content."""


@dataclass(frozen=True)
class Column(Node):
    heading: tuple[Inline, ...]
    kind: ColumnKind = ColumnKind.WORDS
    weight: int = 1
    """Share of the free width among the columns of words."""


@dataclass(frozen=True)
class Cell(Node):
    children: tuple[Inline, ...]


@dataclass(frozen=True)
class Row(Node):
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True)
class Table(Block):
    caption: tuple[Inline, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[tuple[Inline, ...], ...] = ()
    key: str = ""
    is_wide: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f'Table "{inline_text(self.caption)}", row {number}: {len(row.cells)} cells'
                    f" for {len(self.columns)} columns."
                )

    @property
    def turns_page(self) -> bool:
        """A wide table: PDF and Word turn the page, HTML scrolls it in its own box."""
        return self.is_wide or len(self.columns) > WIDE_COLUMNS


@dataclass(frozen=True)
class Figure(Block):
    chart_svg: str
    caption: tuple[Inline, ...]
    alt: str
    table: Table | None = None
    key: str = ""
    narrow_svg: str = ""
    """The same for phones; only web pages use it."""


@dataclass(frozen=True)
class KeyFigure(Node):
    value: Inline
    label: str
    note: str = ""


@dataclass(frozen=True)
class KeyFigures(Block):
    items: tuple[KeyFigure, ...]


class Tone(StrEnum):
    NOTE = "note"
    GOOD = "good"
    ATTENTION = "attention"
    WRONG = "wrong"


@dataclass(frozen=True)
class Callout(Block):
    title: str
    blocks: tuple[Block, ...]
    tone: Tone = Tone.NOTE


@dataclass(frozen=True)
class Quote(Block):
    blocks: tuple[Block, ...]
    source: str = ""


@dataclass(frozen=True)
class Contents(Block):
    depth: int = 2


@dataclass(frozen=True)
class PageBreak(Block):
    pass


@dataclass(frozen=True)
class Provision(Block):
    """A numbered provision of a text under discussion, with its lasting key."""

    key: str
    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Document(Node):
    title: str
    subtitle: str
    language: str
    date: date
    audience: str
    """In words, as the cover says it: "For members"."""
    blocks: tuple[Block, ...]
    publisher: str = ""
    reference: str = ""
    """ "Report 12": stands on the cover and at the foot of every page."""
    sample: bool = False
    draft: bool = False
    """Not issued: every page says so."""

    @property
    def direction(self) -> str:
        return direction(self.language)


def words(text: str) -> tuple[Inline, ...]:
    """Plain text as the content of a paragraph, heading or cell."""
    return (Text(text),) if text else ()


def paragraph(text: str) -> Paragraph:
    return Paragraph(words(text))


def cell(text: str) -> Cell:
    return Cell(words(text))


def blocks_of(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block in reading order, those inside others after the one that holds them."""
    for block in blocks:
        yield block
        if isinstance(block, List):
            for item in block.items:
                yield from blocks_of(item.blocks)
        elif isinstance(block, Callout | Quote | Provision):
            yield from blocks_of(block.blocks)


def page_runs(blocks: tuple[Block, ...]) -> Iterator[tuple[bool, tuple[Block, ...]]]:
    """Cut blocks where the page turns: (is turned, blocks).

    A wide table takes the headings just above it to its own page.
    """
    upright: list[Block] = []
    for block in blocks:
        if not (isinstance(block, Table) and block.turns_page):
            upright.append(block)
            continue
        above = len(upright)
        while above and isinstance(upright[above - 1], Heading):
            above -= 1
        if upright[:above]:
            yield False, tuple(upright[:above])
        yield True, (*upright[above:], block)
        upright = []
    if upright:
        yield False, tuple(upright)


def headings(document: Document, depth: int = MAX_HEADING_LEVEL) -> tuple[Heading, ...]:
    """All headings down to a level, in reading order."""
    found = (b for b in blocks_of(document.blocks) if isinstance(b, Heading))
    return tuple(heading for heading in found if heading.level <= depth)


def heading_text(heading: Heading) -> str:
    """The heading with its number, as every format shows it."""
    title = inline_text(heading.children)
    return f"{heading.number} {title}" if heading.number else title


def inlines_of(children: tuple[Inline, ...]) -> Iterator[Inline]:
    """Every run, those inside others after the one that holds them."""
    for child in children:
        yield child
        if not isinstance(child, Text | Number):
            yield from inlines_of(inside(child))


def inside(inline: Inline) -> tuple[Inline, ...]:
    """The runs a run holds; none for text and numbers."""
    children: tuple[Inline, ...] = getattr(inline, "children", ())
    return children


def inline_text(children: tuple[Inline, ...], *, with_footnotes: bool = False) -> str:
    """The words of a paragraph; the words of footnotes only on request."""
    parts = []
    for child in children:
        if isinstance(child, Text | Number):
            parts.append(child.text)
        elif with_footnotes or not isinstance(child, Footnote):
            parts.append(inline_text(inside(child), with_footnotes=with_footnotes))
    return "".join(parts)
