"""The tree as plain data for the template: text enters as strings, never as markup."""

import json
from datetime import UTC, datetime

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording
from serai.base.characters import direction
from serai.base.fonts.families import families
from serai.base.pictures import is_tall, self_contained

Plain = dict[str, object]

REGIONS = {"zh": "CN"}
PSEUDO = "xx"
NARROW_COLUMNS, NARROW_TEXT = 3, 32


class Writer:
    """Turns a document into the template's data and the figures' files."""

    def __init__(self, document: tree.Document, wording: Wording) -> None:
        self.document = document
        self.wording = wording
        self.figures: list[str] = []
        self.table_count = 0
        self.figure_count = 0
        self.level = 0
        self.keys: set[str] = set()
        self.targets = {
            block.key
            for block in tree.blocks_of(document.blocks)
            if isinstance(block, tree.Heading | tree.Provision | tree.Table | tree.Figure)
        } - {""}

    def json(self) -> bytes:
        """Everything the template needs, as JSON."""
        document, wording = self.document, self.wording
        whole = {
            "title": document.title,
            "subtitle": document.subtitle,
            "cover": wording.cover_lines(document),
            "day": [document.date.year, document.date.month, document.date.day],
            "publisher": document.publisher,
            "reference": document.reference,
            "mark": wording.mark(document),
            "dir": document.direction,
            "fonts": [f if isinstance(f, str) else dict(f) for f in families(document.language)],
            "words": {"contents": wording.contents, "page": wording.page_pattern},
            **self.language(document.language),
            "blocks": self.pages(),
        }
        return json.dumps(whole, ensure_ascii=False, sort_keys=True).encode()

    @staticmethod
    def language(code: str) -> Plain:
        """A language as the typesetter names it."""
        main = code.lower().partition("-")[0]
        return {"lang": "en" if main == PSEUDO else main, "region": REGIONS.get(main)}

    def blocks(self, blocks: tuple[tree.Block, ...]) -> list[Plain]:
        """Blocks in order."""
        return [self.block(block) for block in blocks]

    def pages(self) -> list[Plain]:
        """The document's blocks, those that turn the page gathered."""
        found: list[Plain] = []
        for is_turned, blocks in tree.page_runs(self.document.blocks):
            inner = self.blocks(blocks)
            found.extend([{"k": "wide", "c": inner}] if is_turned else inner)
        return found

    def block(self, block: tree.Block) -> Plain:
        """One block."""
        match block:
            case tree.Heading():
                return self.heading(block)
            case tree.Paragraph():
                return {"k": "p", "c": self.runs(block.children)}
            case tree.List():
                items = [self.blocks(item.blocks) for item in block.items]
                return {"k": "list", "o": block.is_ordered, "start": block.start, "c": items}
            case tree.Table():
                self.table_count += 1
                return self.table(block, self.wording.table(self.table_count))
            case tree.Figure():
                return self.figure(block)
            case tree.KeyFigures():
                return {"k": "keys", "c": [self.key_figure(item) for item in block.items]}
            case tree.Contents():
                return {"k": "contents", "depth": block.depth}
            case tree.PageBreak():
                return {"k": "break"}
        return self.holder(block)

    def holder(self, block: tree.Block) -> Plain:
        """A block that holds others."""
        match block:
            case tree.Callout():
                inner = self.blocks(block.blocks)
                return {"k": "callout", "title": block.title, "tone": block.tone.value, "c": inner}
            case tree.Quote():
                return {"k": "quote", "source": block.source, "c": self.blocks(block.blocks)}
            case tree.Provision():
                key, inner = self.key(block.key), self.blocks(block.blocks)
                return {"k": "provision", "key": key, "label": block.label, "c": inner}
        raise TypeError(f"No way to set {type(block).__name__}.")

    def heading(self, heading: tree.Heading) -> Plain:
        """A heading; a skipped level is closed up, PDF/UA demands unbroken levels."""
        self.level = min(heading.level, self.level + 1)
        return {
            "k": "h",
            "l": self.level,
            "key": self.key(heading.key),
            "n": heading.number,
            "c": self.runs(heading.children),
        }

    def table(self, table: tree.Table, label: str) -> Plain:
        """A table with its label; an empty label leaves the caption away."""
        return {
            "k": "table",
            "key": self.key(table.key),
            "label": label,
            "caption": self.runs(table.caption) if label else [],
            "narrow": is_narrow(table),
            "columns": [
                {"c": self.runs(column.heading), "kind": column.kind.value, "w": column.weight}
                for column in table.columns
            ],
            "rows": [
                {"total": row.is_total, "c": [self.runs(cell.children) for cell in row.cells]}
                for row in table.rows
            ],
            "notes": [self.runs(note) for note in table.notes],
        }

    def figure(self, figure: tree.Figure) -> Plain:
        """A figure, its picture kept aside as a file."""
        self.figure_count += 1
        self.figures.append(self_contained(figure.chart_svg))
        return {
            "k": "figure",
            "key": self.key(figure.key),
            "label": self.wording.figure(self.figure_count),
            "caption": self.runs(figure.caption),
            "alt": figure.alt or tree.inline_text(figure.caption),
            "file": f"figure-{len(self.figures)}.svg",
            "tall": is_tall(figure.chart_svg),
            "table": self.table(figure.table, "") if figure.table else None,
        }

    def key_figure(self, item: tree.KeyFigure) -> Plain:
        """One number of the strip."""
        return {"v": self.runs((item.value,)), "label": item.label, "note": item.note}

    def key(self, key: str) -> str:
        """A key that can be linked to; a doubled one only the first time."""
        if key in self.keys:
            return ""
        self.keys.add(key)
        return key

    def runs(self, children: tuple[tree.Inline, ...]) -> list[object]:
        """Runs in order; plain text is a bare string."""
        return [self.run(child) for child in children]

    def run(self, run: tree.Inline) -> object:
        """One run."""
        match run:
            case tree.Text() | tree.Number():
                return run.text
            case tree.Strong() | tree.Emphasis() | tree.Footnote():
                kind = type(run).__name__.lower()
                return {"k": kind, "c": self.runs(run.children)}
            case tree.Link():
                inner = self.runs(run.children)
                return {"k": "link", "to": self.target(run.safe_address), "c": inner}
            case tree.Foreign():
                return self.foreign(run)
            case tree.Inserted() | tree.Deleted():
                kind = "ins" if isinstance(run, tree.Inserted) else "del"
                return {"k": kind, "c": self.runs(run.children)}
            case tree.CommentMark():
                remark = self.wording.comment(run)
                return {"k": "comment", "note": remark, "c": self.runs(run.children)}
        raise TypeError(f"No way to set {type(run).__name__}.")

    def foreign(self, run: tree.Foreign) -> Plain:
        """Words in another language, in its fonts and direction."""
        return {
            "k": "foreign",
            **self.language(run.language),
            "fonts": [f if isinstance(f, str) else dict(f) for f in families(run.language)],
            "dir": direction(run.language),
            "c": self.runs(run.children),
        }

    def target(self, address: str) -> str:
        """Where a link leads; a key that is not in this document leads nowhere."""
        if address.startswith("#"):
            return address if address[1:] in self.targets else ""
        return address


def is_narrow(table: tree.Table) -> bool:
    """A small table stands close together, not stretched over the page."""
    cells = (tree.inline_text(cell.children) for row in table.rows for cell in row.cells)
    return len(table.columns) <= NARROW_COLUMNS and max(map(len, cells), default=0) <= NARROW_TEXT


def timestamp(document: tree.Document) -> int:
    """The document's day as the PDF's date; no clock is read."""
    day = document.date
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
