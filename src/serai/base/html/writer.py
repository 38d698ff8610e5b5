"""Blocks as HTML, through the templates of `serai/blocks/`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.template.loader import get_template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording
from serai.base.html.runs import NOTHING, Runs

FIRST_LEVEL = 2
"""Level 1 of a document is h2: h1 is its title."""


@dataclass(frozen=True)
class Continued(tree.Table):
    """The rest of a table that began on the page before; it keeps the number."""


class Writer:
    """Writes blocks, counting tables and figures over the whole document."""

    def __init__(
        self,
        wording: Wording,
        runs: Runs,
        *,
        with_picture: Callable[[tree.Figure], str] | None = None,
    ) -> None:
        self.wording = wording
        self.runs = runs
        self.with_picture = with_picture or page_picture
        self.table_count = 0
        self.figure_count = 0
        self.contents: tuple[tree.Heading, ...] = ()

    def write(self, blocks: tuple[tree.Block, ...]) -> SafeString:
        """The blocks in order, a line each."""
        return format_html_join("", "{}\n", ((self.block(block),) for block in blocks))

    def block(self, block: tree.Block) -> SafeString:
        """One block."""
        match block:
            case tree.Paragraph():
                return format_html("<p>{}</p>", self.runs.write(block.children))
            case tree.Heading():
                return self.heading(block)
            case tree.List():
                return self.listing(block)
            case tree.Table():
                self.table_count += not isinstance(block, Continued)
                return self.table(block, self.wording.table(self.table_count))
            case tree.Figure():
                return self.figure(block)
            case tree.KeyFigures():
                items = [(self.runs.run(i.value), i.label, i.note) for i in block.items]
                return render("key_figures", {"items": items})
            case tree.Contents():
                return self.table_of_contents(block)
            case tree.PageBreak():
                return NOTHING
        return self.holder(block)

    def holder(self, block: tree.Block) -> SafeString:
        """A block that holds others."""
        match block:
            case tree.Callout():
                inner = self.write(block.blocks)
                tone = block.tone.value
                return render("callout", {"title": block.title, "tone": tone, "inner": inner})
            case tree.Quote():
                return render("quote", {"source": block.source, "inner": self.write(block.blocks)})
            case tree.Provision():
                inner = self.write(block.blocks)
                key, label = block.key, block.label
                return render("provision", {"key": key, "label": label, "inner": inner})
        raise TypeError(f"No way to write {type(block).__name__}.")

    def heading(self, heading: tree.Heading) -> SafeString:
        """A heading with the id others link to."""
        number = format_html('<span class="doc-no">{}</span> ', heading.number)
        return format_html(
            "<h{0}{1}>{2}{3}</h{0}>",
            heading.level + FIRST_LEVEL - 1,
            format_html(' id="{}"', heading.key) if heading.key else NOTHING,
            number if heading.number else NOTHING,
            self.runs.write(heading.children),
        )

    def listing(self, items: tree.List) -> SafeString:
        """A list; an item of one paragraph needs no paragraph inside."""
        tag = "ol" if items.is_ordered else "ul"
        is_later = items.is_ordered and items.start != 1
        start = format_html(' start="{}"', items.start) if is_later else NOTHING
        inner = format_html_join("", "<li>{}</li>\n", ((self.item(i),) for i in items.items))
        return format_html("<{0}{1}>\n{2}</{0}>", tag, start, inner)

    def item(self, item: tree.ListItem) -> SafeString:
        """What stands in one item."""
        if item.blocks and isinstance(item.blocks[0], tree.Paragraph):
            rest = self.write(item.blocks[1:])
            return self.runs.write(item.blocks[0].children) + rest
        return self.write(item.blocks)

    def table(self, table: tree.Table, label: str) -> SafeString:
        """A table; a wide one scrolls in its own box."""
        kinds = [column.kind.value for column in table.columns]
        heads = [(self.runs.write(column.heading), column.kind.value) for column in table.columns]
        caption = self.runs.write(table.caption) if label else NOTHING
        rows = [
            (row.is_total, list(zip(map(self.cell, row.cells), kinds, strict=True)))
            for row in table.rows
        ]
        notes = [self.runs.write(note) for note in table.notes]
        whole = {"key": table.key, "label": label, "caption": caption, "wide": table.turns_page}
        return render("table", {**whole, "heads": heads, "rows": rows, "notes": notes})

    def cell(self, cell: tree.Cell) -> SafeString:
        """What stands in one cell."""
        return self.runs.write(cell.children)

    def figure(self, figure: tree.Figure) -> SafeString:
        """A figure, with its numbers as a table beneath."""
        self.figure_count += 1
        caption = self.runs.write(figure.caption)
        return render(
            "figure",
            {
                "key": figure.key,
                "label": self.wording.figure(self.figure_count),
                "caption": caption,
                "alt": figure.alt,
                "svg": mark_safe(self.with_picture(figure)),  # noqa: S308 - our charts
                "table": self.table(figure.table, "") if figure.table else NOTHING,
            },
        )

    def table_of_contents(self, block: tree.Contents) -> SafeString:
        """The headings as links."""
        entries = [
            (heading.level, self.runs.targets.get(heading.key, ""), tree.heading_text(heading))
            for heading in self.contents
            if heading.level <= block.depth
        ]
        return render("contents", {"title": self.wording.contents, "entries": entries})

    def take_notes(self) -> SafeString:
        """The notes of the part just written, or nothing."""
        notes = self.runs.take_notes()
        context = {"notes": notes, "title": self.wording.notes, "prefix": self.runs.prefix}
        return render("notes", context) if notes else NOTHING


def page_picture(figure: tree.Figure) -> str:
    """The drawing for wide pages and the one for phones; the style sheet shows one."""
    return figure.chart_svg + figure.narrow_svg


def render(name: str, context: Mapping[str, object]) -> SafeString:
    """Fill a template of `serai/blocks/`."""
    return SafeString(get_template(f"serai/blocks/_{name}.html").render(dict(context)).strip())
