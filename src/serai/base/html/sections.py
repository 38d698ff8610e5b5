"""A document cut into parts for web pages, each light enough for a slow line."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from django.utils.safestring import SafeString

from serai.base.blocks import tree
from serai.base.blocks.wording import wording_of
from serai.base.html.runs import Runs
from serai.base.html.writer import Continued, Writer

SECTION_BYTES = 40_000
"""Leaves 10 kB of a 50 kB page for its frame."""

Blocks = tuple[tree.Block, ...]


@dataclass(frozen=True)
class Section:
    """One page's part of a document."""

    key: str
    title: str
    html: SafeString

    @property
    def byte_count(self) -> int:
        return len(self.html.encode())


def sections(
    document: tree.Document,
    *,
    address: Callable[[str], str] = str,
    limit: int = SECTION_BYTES,
) -> tuple[Section, ...]:
    """Cut a document at its first-level headings, smaller where a part is too heavy.

    Args:
        document: what to show.
        address: the page of a section, from its key; the keys of headings follow as fragment.
        limit: bytes a section may have.
    """
    parts = tuple(split_parts(with_keys(document).blocks))
    weighed = [piece for part in parts for piece in _lightened(document, part, limit)]
    named = _named(weighed, document.title)
    targets = _targets(named, address)
    return tuple(_written(document, named, targets))


def with_keys(document: tree.Document) -> tree.Document:
    """Give a key to every heading that has none, so that contents can lead to it."""
    taken = {heading.key for heading in tree.headings(document)}
    count = 0

    def keyed(block: tree.Block) -> tree.Block:
        nonlocal count
        if not isinstance(block, tree.Heading) or block.key:
            return block
        count += 1
        while f"h-{count}" in taken:
            count += 1
        return replace(block, key=f"h-{count}")

    return replace(document, blocks=tuple(keyed(block) for block in document.blocks))


def split_parts(blocks: Blocks, level: int = 1) -> Iterator[Blocks]:
    """Cut before every heading of a level; contents go with what precedes the first."""
    part: list[tree.Block] = []
    for block in blocks:
        if isinstance(block, tree.Heading) and block.level <= level and part:
            yield tuple(part)
            part = []
        part.append(block)
    if part:
        yield tuple(part)


def _lightened(document: tree.Document, part: Blocks, limit: int) -> list[Blocks]:
    if _weight(document, part) <= limit:
        return [part]
    pieces: list[Blocks] = []
    for block in part:
        for piece in _split_block(document, block, limit):
            if pieces and _weight(document, (*pieces[-1], piece)) <= limit:
                pieces[-1] = (*pieces[-1], piece)
            else:
                pieces.append((piece,))
    return pieces


def _split_block(document: tree.Document, block: tree.Block, limit: int) -> list[tree.Block]:
    if not isinstance(block, tree.Table) or _weight(document, (block,)) <= limit:
        return [block]
    middle = len(block.rows) // 2
    if not middle:
        return [block]
    first = replace(block, rows=block.rows[:middle], notes=())
    rest = Continued(
        block.caption, block.columns, block.rows[middle:], block.notes, is_wide=block.is_wide
    )
    return [piece for half in (first, rest) for piece in _split_block(document, half, limit)]


def _weight(document: tree.Document, part: Blocks) -> int:
    wording = wording_of(document)
    writer = Writer(wording, Runs(wording, {}))
    return len((writer.write(part) + writer.take_notes()).encode())


def _named(parts: list[Blocks], title: str) -> list[tuple[str, str, Blocks]]:
    named: list[tuple[str, str, Blocks]] = []
    for number, part in enumerate(parts, 1):
        first = next((block for block in part if isinstance(block, tree.Heading)), None)
        before = named[-1][1] if named else title
        is_led = first is not None and part[0] is first
        words = tree.heading_text(first) if first is not None and is_led else before
        key = first.key if first is not None and is_led else f"part-{number}"
        named.append((key, words, part))
    return named


def _targets(named: list[tuple[str, str, Blocks]], address: Callable[[str], str]) -> dict[str, str]:
    return {
        block.key: f"{address(key)}#{block.key}"
        for key, _title, part in named
        for block in tree.blocks_of(part)
        if isinstance(block, tree.Heading | tree.Provision | tree.Table | tree.Figure) and block.key
    }


def _written(
    document: tree.Document, named: list[tuple[str, str, Blocks]], targets: dict[str, str]
) -> Iterator[Section]:
    wording = wording_of(document)
    writer = Writer(wording, Runs(wording, targets))
    writer.contents = tree.headings(with_keys(document))
    for key, title, part in named:
        inner = writer.write(part)
        yield Section(key, title, SafeString(inner + writer.take_notes()))
