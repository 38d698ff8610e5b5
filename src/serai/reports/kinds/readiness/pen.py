"""What writes the parts of the report: words with gaps, numbers with traces, cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from serai.base.blocks import (
    Cell,
    Column,
    ColumnKind,
    Inline,
    List,
    ListItem,
    Number,
    Paragraph,
    Row,
    Table,
    Text,
    words,
)
from serai.readiness.queries.agency_page import AgencyPage
from serai.readiness.queries.report import ReadinessReport
from serai.readiness.states.result_words import UNITS
from serai.reports.kinds.kind import Ask
from serai.reports.kinds.readiness import words as say
from serai.reports.kinds.readiness.traces import Book, Trace

GAP = re.compile(r"%\((\w+)\)s")
Said = Inline | str | None
Head = tuple[str, ColumnKind] | tuple[str, ColumnKind, int]
"""The words of a column's head, its kind and, of words, its share of the width."""


@dataclass
class Pen:
    """Writes one document; every number it writes is in its book."""

    ask: Ask
    report: ReadinessReport
    book: Book = field(default_factory=Book)
    warnings: list[str] = field(default_factory=list)

    # ------------------------------------------------------------ words
    def say(self, pattern: str, **gaps: Said) -> tuple[Inline, ...]:
        """Fill the gaps of a sentence; its own words hold no numeral."""
        parts = GAP.split(pattern)
        found: list[Inline] = []
        for place, part in enumerate(parts):
            if place % 2:
                found += self.inline(gaps[part])
            elif part:
                found.append(Text(part))
        return tuple(found)

    def paragraph(self, pattern: str, **gaps: Said) -> Paragraph:
        """Write a paragraph."""
        return Paragraph(self.say(pattern, **gaps))

    @staticmethod
    def inline(said: Said) -> tuple[Inline, ...]:
        """Turn what fills a gap or a cell into runs."""
        if isinstance(said, str):
            return words(said)
        return () if said is None else (said,)

    def name(self, text: str) -> str:
        """Let a name stand."""
        return self.book.name(text)

    def in_room(self, name: str, room: str) -> str:
        """Let a name stand, with the room it is of."""
        return self.name(f"{name} ({room})" if room else name)

    def days(self) -> str:
        """Write the report's day."""
        return self.book.day(self.report.as_of)

    # ------------------------------------------------------------ numbers
    def count(self, key: str, value: int, formula: str = "count", **more: str) -> Number:
        """Write a figure of the whole edition; its sources are all offices of it."""
        sources = tuple(f"assessment:{one.assessment}" for one in self.report.agencies)
        trace = Trace(formula, self.framework, (), sources)
        return self.book.number(key, value, trace, **more)  # type: ignore[arg-type]

    def tally(self, key: str, pages: Iterable[AgencyPage], formula: str = "count") -> Number:
        """Write how many offices these are, each of them a source."""
        sources = tuple(f"assessment:{one.assessment}" for one in pages)
        return self.book.number(key, len(sources), Trace(formula, self.framework, (), sources))

    def of_framework(self, key: str, value: float, **more: object) -> Number:
        """Write a figure that the framework itself says."""
        trace = Trace("framework", self.framework)
        return self.book.number(key, value, trace, **more)  # type: ignore[arg-type]

    def of_agency(
        self, page: AgencyPage, key: str, value: float | Decimal, formula: str, **more: object
    ) -> Number:
        """Write a number of one office."""
        facts = more.pop("facts", ())
        sources = more.pop("sources", ())
        trace = self.trace(page, formula, facts, sources)  # type: ignore[arg-type]
        return self.book.number(f"{page.office}/{key}", value, trace, **more)  # type: ignore[arg-type]

    def trace(
        self, page: AgencyPage, formula: str, facts: Iterable[str] = (), sources: Iterable[str] = ()
    ) -> Trace:
        """Return where a number of one office comes from."""
        kept = tuple(facts) if page.line is not None else ()
        found = (f"assessment:{page.assessment}", *sources)
        return Trace(formula, f"framework {page.edition}", kept, found)

    @property
    def framework(self) -> str:
        """Return the version that framework-wide figures are counted by."""
        return f"framework {self.report.edition}"

    def value(
        self, page: AgencyPage, key: str, fact: str, value: object, in_words: str, unit: str
    ) -> Said:
        """Write a fact's or a threshold's value: a choice in words, a number with its unit."""
        if value is None:
            return say.none_known()
        if isinstance(value, str):
            trace = self.trace(page, "need", (fact,))
            return self.book.whole(f"{page.office}/{key}", in_words or value, trace)
        number = round(float(value), 1)  # type: ignore[arg-type]
        if unit == "months" and number >= say.NEVER:
            return say.never()
        decimals = 0 if number == int(number) else 1
        return self.of_agency(
            page, key, number, "need", facts=(fact,), decimals=decimals,
            unit=str(UNITS.get(unit, "")),
        )  # fmt: skip

    # ------------------------------------------------------------ tables
    def cell(self, said: Said) -> Cell:
        """Write a cell; an empty one holds a dash."""
        return Cell(self.inline(said) or words(say.dash()))

    def row(self, *cells: Said, is_total: bool = False) -> Row:
        """Write a row."""
        return Row(tuple(self.cell(one) for one in cells), is_total=is_total)

    def table(
        self,
        key: str,
        caption: tuple[Inline, ...],
        heads: Iterable[Head],
        rows: Iterable[Row],
        notes: Iterable[tuple[Inline, ...]] = (),
    ) -> Table:
        """Write a table."""
        columns = tuple(
            Column(words(head[0]), head[1], head[2] if len(head) > 2 else 1) for head in heads
        )
        return Table(caption, columns, tuple(rows), tuple(notes), key=key)

    @staticmethod
    def bullets(items: Iterable[tuple[Inline, ...]]) -> List:
        """Write a list of sentences."""
        return List(tuple(ListItem((Paragraph(one),)) for one in items))
