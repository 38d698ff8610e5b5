"""Where every number of the report comes from; one that comes from nowhere stops the build.

A number is written as a `Number` with its key. Words that hold numerals of their own (a day, a
name, a code, a threshold of the framework, a sentence of advice) are told to the book whole, each
with its key. `check` then looks at every word of the document: any other numeral is refused.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from serai.base.blocks import (
    Block,
    Callout,
    Document,
    Figure,
    Heading,
    Inline,
    KeyFigures,
    Number,
    Paragraph,
    Provision,
    Quote,
    Table,
    Text,
    blocks_of,
    inlines_of,
)
from serai.base.charts import Chart
from serai.reports.kinds.kind import CannotBuild
from serai.reports.kinds.readiness import words as say

SHOWN_SIGNS = 60


@dataclass(frozen=True)
class Trace:
    """How one number came about.

    Attributes:
        formula: code of a formula in `formulas`.
        version: of the framework, rule or table it was counted by.
        facts: keys of the facts that went in.
        sources: what they rest on: `assessment:…`, `answer:…`, `run:…`, `file:…`, `price:…`.
    """

    formula: str
    version: str = ""
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass
class Book:
    """All traces of one document, and the words with numerals that have one."""

    traces: dict[str, Trace] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def number(
        self, key: str, value: float | Decimal, trace: Trace, *, unit: str = "", decimals: int = 0
    ) -> Number:
        """Write a number under its key; one key has one value."""
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        made = Number(exact, unit, decimals, key)
        if self.values.setdefault(key, made.text) != made.text:
            raise ValueError(f"{key}: {self.values[key]} and {made.text}, one key for two numbers.")
        self.traces.setdefault(key, trace)
        return made

    def whole(self, key: str, text: str, trace: Trace) -> str:
        """Let words with numerals of their own stand, under a key."""
        if has_numeral(text):
            self.traces.setdefault(key, trace)
            self.values.setdefault(key, text)
            self.named.setdefault(text, key)
        return text

    def name(self, text: str) -> str:
        """Let a name, a code or a unit stand that holds numerals: Office 3, E2, G.107."""
        return self.whole(f"name/{text}", text, Trace("name"))

    def day(self, value: date) -> str:
        """Write a day in full."""
        text = say.day(value)
        return self.whole(f"day/{value.isoformat()}", text, Trace("day"))

    def figure(self, key: str, chart: Chart, trace: Trace) -> None:
        """Let what a figure draws stand, under the key of the figure."""
        self.traces.setdefault(key, trace)
        self.values.setdefault(key, chart.summary)
        for text in (chart.svg, chart.narrow, chart.summary):
            self.named.setdefault(text, key)

    def blocks(self, blocks: tuple[Block, ...], key: str, trace: Trace) -> None:
        """Let every run of words of some blocks stand, under one key."""
        for block in blocks_of(blocks):
            for children in _children(block):
                self.texts(children, key, trace)
            for text in _plain(block):
                self.whole(f"{key}/{text[:SHOWN_SIGNS]}", text, trace)

    def texts(self, children: tuple[Inline, ...], key: str, trace: Trace) -> None:
        """Let every run of words of a text stand, such as a narrative's, under one key."""
        for child in inlines_of(children):
            if isinstance(child, Text):
                self.whole(f"{key}/{child.text[:SHOWN_SIGNS]}", child.text, trace)


class UntracedNumber(CannotBuild):
    """A numeral of the report comes from nowhere; the sentence says which, and where."""


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a digit of any script."""
    return any(sign.isdigit() for sign in text)


def check(document: Document, book: Book) -> None:
    """Look at every word of a document.

    Raises:
        UntracedNumber: for the first numeral without a trace.
    """
    for where, text in untraced(document, book):
        raise UntracedNumber(say.untraced(text[:SHOWN_SIGNS], where[:SHOWN_SIGNS]))


def untraced(document: Document, book: Book) -> Iterator[tuple[str, str]]:
    """Yield each text with a numeral that no trace explains: (where, text)."""
    for text in (document.title, document.subtitle, document.reference, document.publisher,
                 document.audience):  # fmt: skip
        if has_numeral(text) and not all(_is_named(line, book) for line in text.split("\n")):
            yield document.title, text
    where = ""
    for block in blocks_of(document.blocks):
        if isinstance(block, Heading):
            where = "".join(one.text for one in block.children if isinstance(one, Text))
        for text in _of_block(block, book):
            yield where, text


def _of_block(block: Block, book: Book) -> Iterator[str]:
    for children in _children(block):
        yield from _of_inlines(children, book)
    for text in _plain(block):
        if has_numeral(text) and not _is_named(text, book):
            yield text
    if isinstance(block, Figure) and block.table is not None:
        yield from _of_block(block.table, book)


def _of_inlines(children: tuple[Inline, ...], book: Book) -> Iterator[str]:
    for one in inlines_of(children):
        if isinstance(one, Number):
            if one.trace not in book.traces or book.values.get(one.trace) != one.text:
                yield one.text
        elif isinstance(one, Text) and has_numeral(one.text) and not _is_named(one.text, book):
            yield one.text


def _is_named(text: str, book: Book) -> bool:
    return text in book.named or not has_numeral(text)


def _children(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield every run of words of one block; the blocks inside it come by themselves."""
    if isinstance(block, Heading | Paragraph):
        yield block.children
    elif isinstance(block, Table):
        yield block.caption
        yield from (column.heading for column in block.columns)
        yield from (cell.children for row in block.rows for cell in row.cells)
        yield from block.notes
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, KeyFigures):
        yield from ((item.value,) for item in block.items)


def _plain(block: Block) -> Iterator[str]:
    """Yield the texts that are no runs, and a figure's drawing whole."""
    if isinstance(block, KeyFigures):
        yield from (text for item in block.items for text in (item.label, item.note))
    elif isinstance(block, Callout):
        yield block.title
    elif isinstance(block, Quote):
        yield block.source
    elif isinstance(block, Provision):
        yield block.label
    elif isinstance(block, Figure):
        yield block.alt
        yield block.chart_svg
        yield block.narrow_svg
