"""The one sequence of words that every format of a document shows."""

from collections.abc import Iterator

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording


def plain_text(document: tree.Document, wording: Wording) -> str:
    """The words of a document, one line for each paragraph, heading, caption, cell and label.

    Left out: contents (a repetition), page heads and feet, the words inside pictures (their
    figures stand in the table beneath), the marks of lists, and footnotes, which `footnotes` gives.
    """
    lines = [document.title, document.subtitle, *wording.cover_lines(document)]
    lines.extend(Reader(wording).lines(document.blocks))
    return "\n".join(line for line in lines if line)


def footnotes(document: tree.Document) -> tuple[str, ...]:
    """The words of every footnote, in order."""
    return tuple(
        tree.inline_text(run.children)
        for children in runs_of(document.blocks)
        for run in tree.inlines_of(children)
        if isinstance(run, tree.Footnote)
    )


def runs_of(blocks: tuple[tree.Block, ...]) -> Iterator[tuple[tree.Inline, ...]]:
    """Every sequence of runs in reading order: paragraphs, headings, captions, cells, notes."""
    for block in tree.blocks_of(blocks):
        if isinstance(block, tree.Heading | tree.Paragraph):
            yield block.children
        elif isinstance(block, tree.Table):
            yield from table_runs(block)
        elif isinstance(block, tree.Figure):
            yield block.caption
            if block.table:
                yield from table_runs(block.table)
        elif isinstance(block, tree.KeyFigures):
            for item in block.items:
                yield (item.value,)


def table_runs(table: tree.Table) -> Iterator[tuple[tree.Inline, ...]]:
    """A table's sequences of runs: caption, heads, cells row by row, notes."""
    yield table.caption
    for column in table.columns:
        yield column.heading
    for row in table.rows:
        for cell in row.cells:
            yield cell.children
    yield from table.notes


class Reader:
    """Reads a tree aloud, counting tables and figures as every writer does."""

    def __init__(self, wording: Wording) -> None:
        self.wording = wording
        self.table_count = 0
        self.figure_count = 0

    def lines(self, blocks: tuple[tree.Block, ...]) -> Iterator[str]:
        """One line for each thing that stands apart."""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: tree.Block) -> Iterator[str]:
        match block:
            case tree.Heading():
                yield tree.heading_text(block)
            case tree.Paragraph():
                yield tree.inline_text(block.children)
            case tree.List():
                for item in block.items:
                    yield from self.lines(item.blocks)
            case tree.Table():
                yield from self._table(block)
            case tree.Figure():
                yield from self._figure(block)
            case tree.KeyFigures():
                for figure in block.items:
                    yield from (tree.inline_text((figure.value,)), figure.label, figure.note)
            case tree.Callout() | tree.Quote() | tree.Provision():
                yield from self._holder(block)

    def _holder(self, block: tree.Callout | tree.Quote | tree.Provision) -> Iterator[str]:
        if isinstance(block, tree.Callout):
            yield block.title
        elif isinstance(block, tree.Provision):
            yield block.label
        yield from self.lines(block.blocks)
        if isinstance(block, tree.Quote):
            yield block.source

    def _figure(self, figure: tree.Figure) -> Iterator[str]:
        self.figure_count += 1
        yield captioned(self.wording.figure(self.figure_count), tree.inline_text(figure.caption))
        if figure.table:
            yield from self._cells(figure.table)

    def _table(self, table: tree.Table) -> Iterator[str]:
        self.table_count += 1
        yield captioned(self.wording.table(self.table_count), tree.inline_text(table.caption))
        yield from self._cells(table)

    def _cells(self, table: tree.Table) -> Iterator[str]:
        yield from (tree.inline_text(column.heading) for column in table.columns)
        for row in table.rows:
            yield from (tree.inline_text(cell.children) for cell in row.cells)
        yield from (tree.inline_text(note) for note in table.notes)


def captioned(label: str, caption: str) -> str:
    """Join label and caption, "Table 3. Milestones"; or give the label alone."""
    return f"{label}. {caption}" if caption else label
