"""Where every number of the report comes from; one that comes from nowhere stops the build.

A number is written as a `Number` with its key. Words that hold numerals of their own (a day, a
name, a code, a threshold of the framework, a sentence of advice) are told to the book whole, each
with its key, and come back as `Traced`. `check` then looks at every word of the document: any
other numeral is refused, also where the same words were told to the book for another place.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from serai.base.blocks import (
    Block,
    Callout,
    Document,
    Figure,
    Heading,
    Inline,
    KeyFigures,
    Node,
    Number,
    Paragraph,
    Provision,
    Quote,
    Table,
    Text,
    blocks_of,
    inlines_of,
)
from serai.base.characters import harmless
from serai.base.charts import Chart
from serai.reports.kinds.kind import CannotBuild
from serai.reports.kinds.readiness import words as say

SHOWN_SIGNS = 60
N = TypeVar("N", bound=Node)
SHOWN = frozenset(
    {"text", "label", "note", "title", "source", "alt", "chart_svg", "narrow_svg", "number"}
)
"""Fields of nodes that readers see as words."""
NUMERALS = frozenset({"Nd", "Nl", "No"})
PLACE = re.compile(r"[1-9]\d?(\.[1-9]\d?)*")
"""The number of a chapter."""


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


class Traced(str):
    """Words with numerals, under a key of the book; only the book makes them."""

    key: str


@dataclass
class Book:
    """All traces of one document, and what stands under each."""

    traces: dict[str, Trace] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)

    def number(
        self, key: str, value: float | Decimal, trace: Trace, *, unit: str = "", decimals: int = 0
    ) -> Number:
        """Write a number under its key; one key has one value."""
        exact = value if isinstance(value, Decimal) else Decimal(str(value))
        made = Number(exact, unit, decimals, key)
        self._hold(key, made.text, trace)
        return made

    def whole(self, key: str, text: str, trace: Trace) -> str:
        """Let words with numerals of their own stand, under a key."""
        if not has_numeral(text):
            return text
        made = Traced(harmless(text))
        made.key = key
        self._hold(key, made, trace)
        return made

    def _hold(self, key: str, text: str, trace: Trace) -> None:
        if self.values.setdefault(key, str(text)) != text:
            raise ValueError(f"{key}: {self.values[key]} and {text}, one key for two numbers.")
        self.traces.setdefault(key, trace)

    def name(self, text: str) -> str:
        """Let a name, a code or a unit stand that holds numerals: Office 3, E2, G.107."""
        return self.whole(f"name/{text}", text, Trace("name"))

    def day(self, value: date) -> str:
        """Write a day in full."""
        return self.whole(f"day/{value.isoformat()}", say.day(value), Trace("day"))

    def figure(self, key: str, chart: Chart, trace: Trace) -> Chart:
        """Let what a figure draws stand, under the key of the figure."""
        return dataclasses.replace(
            chart,
            svg=self.whole(f"{key}/drawing", chart.svg, trace),
            narrow=self.whole(f"{key}/narrow", chart.narrow, trace),
            summary=self.whole(key, chart.summary, trace),
        )

    def blocks(self, found: Iterable[Block], key: str, trace: Trace) -> tuple[Block, ...]:
        """Let every run of words of some blocks stand, such as a narrative's, under one key."""
        return tuple(_retold(one, lambda text: self._run(key, text, trace)) for one in found)

    def _run(self, key: str, text: str, trace: Trace) -> str:
        named = f"{key}/{text[:SHOWN_SIGNS]}"
        place = 1
        while self.values.get(named, text) != text:
            place += 1
            named = f"{key}/{text[:SHOWN_SIGNS]}/{place}"
        return self.whole(named, text, trace)


def _retold(node: N, tell: Callable[[str], str]) -> N:
    """Return a node with all its words told anew, those of the nodes inside too."""

    def told(name: str, value: object) -> object:
        if isinstance(value, tuple):
            return tuple(told(name, one) for one in value)
        if isinstance(value, Node):
            return _retold(value, tell)
        return tell(value) if name in SHOWN and isinstance(value, str) else value

    changed = {
        one.name: told(one.name, getattr(node, one.name)) for one in dataclasses.fields(node)
    }
    return dataclasses.replace(node, **changed)


class UntracedNumber(CannotBuild):
    """A numeral of the report comes from nowhere; the sentence says which, and where."""


def has_numeral(text: str) -> bool:
    """Tell whether a text holds a digit of any script, a fraction or a Roman numeral's own sign."""
    return any(sign.isdigit() or unicodedata.category(sign) in NUMERALS for sign in text)


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
        if not _stands(text, book):
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
        if not _stands(text, book):
            yield text
    if isinstance(block, Heading) and not (
        PLACE.fullmatch(block.number) or _stands(block.number, book)
    ):
        yield block.number
    if isinstance(block, Figure) and block.table is not None:
        yield from _of_block(block.table, book)


def _of_inlines(children: tuple[Inline, ...], book: Book) -> Iterator[str]:
    for one in inlines_of(children):
        if isinstance(one, Number):
            if one.trace not in book.traces or book.values.get(one.trace) != one.text:
                yield one.text
        elif isinstance(one, Text) and not _stands(one.text, book):
            yield one.text


def _stands(text: str, book: Book) -> bool:
    """Tell whether words hold no numeral, or stand under a key of this book."""
    if not has_numeral(text):
        return True
    return isinstance(text, Traced) and book.values.get(text.key) == text


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
