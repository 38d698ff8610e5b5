"""Markdown people write or paste, as safe HTML and as blocks; what is left out is told.

Allowed: paragraphs, headings, lists, quotes, emphasis, links, tables, line breaks, and footnotes
written where they belong: ^[their words]. Pictures, code, HTML and whatever a word processor
pastes along are taken out and listed in words.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import nh3
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from serai.base import blocks as b
from serai.base.characters import clean

TAGS = frozenset(
    [
        "p",
        "h2",
        "h3",
        "h4",
        "h5",
        "ul",
        "ol",
        "li",
        "blockquote",
        "strong",
        "em",
        "a",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "hr",
    ]
)
ATTRIBUTES = {"a": {"href"}, "ol": {"start"}}
SCHEMES = frozenset({"https", "http", "mailto"})
_HTML = re.compile(r"<!--.*?-->|<!\[.*?\]>|</?[A-Za-z][\w:-]*(?:\s[^<>]*)?/?>", re.DOTALL)
_HIDDEN = re.compile(
    r"<(style|script|head|xml|title)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE
)
_WORD_TAG = re.compile(r"</?(?:o|w|v|st1|m):|mso-|class=\"?Mso", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BLOCK_END = re.compile(r"</(?:p|div|h[1-6]|li|tr|table)\s*>", re.IGNORECASE)


@dataclass(frozen=True)
class Safe:
    """Cleaned Markdown, and in words what was taken out."""

    source: str
    dropped: tuple[str, ...]


@functools.cache
def parser() -> MarkdownIt:
    """CommonMark with tables and inline footnotes; no HTML, no pictures, no code."""
    found = MarkdownIt("commonmark", {"html": False}).enable("table")
    found.inline.ruler.before("link", "footnote", read_footnote)
    found.add_render_rule("footnote_open", _open_bracket)
    found.add_render_rule("footnote_close", _close_bracket)
    return found.disable(["image", "backticks", "code", "fence", "html_block", "html_inline"])


def read_footnote(state: StateInline, is_silent: bool) -> bool:
    """Read ^[words] as a footnote; one inside another, or without its end, stays plain text."""
    start = state.pos
    if not state.src.startswith("^[", start) or state.env.get("in_footnote"):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1)
    if end < 0 or not state.src[start + 2 : end].strip():
        return False
    if not is_silent:
        longest = state.posMax
        state.pos, state.posMax = start + 2, end
        state.push("footnote_open", "", 1)
        state.env["in_footnote"] = True
        state.md.inline.tokenize(state)
        state.env["in_footnote"] = False
        state.push("footnote_close", "", -1)
        state.posMax = longest
    state.pos = end + 1
    return True


def _open_bracket(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    """A page has no foot: the note stands in brackets where it belongs."""
    return " ("


def _close_bracket(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: object, env: object
) -> str:
    return ")"


def safe(source: str) -> Safe:
    """Take out what may not stay: HTML, control characters, pictures; say what it was."""
    cleaned = clean(source)
    dropped: list[str] = []
    if cleaned.control_count:
        dropped.append(_("invisible control characters"))
    if cleaned.direction_count:
        dropped.append(_("hidden changes of the direction of text"))
    text = cleaned.text
    if _HTML.search(text):
        text = _without_html(text, dropped)
    return Safe(_without_pictures(text, dropped), tuple(dropped))


def markdown_html(source: str) -> tuple[SafeString, tuple[str, ...]]:
    """Safe HTML, and what was dropped."""
    found = safe(source)
    html = parser().render(found.source)
    html = re.sub(r"<(/?)h([1-6])>", lambda m: f"<{m[1]}h{min(5, int(m[2]) + 1)}>", html)
    html = nh3.clean(
        html, tags=set(TAGS), attributes=ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None
    )
    return SafeString(html.strip()), found.dropped


def markdown_blocks(
    source: str, *, top_level: int = 3
) -> tuple[tuple[b.Block, ...], tuple[str, ...]]:
    """Blocks, and what was dropped; the first level of headings becomes `top_level`."""
    found = safe(source)
    reader = _Reader(parser().parse(found.source), top_level)
    return tuple(reader.blocks("")), found.dropped


def _without_html(text: str, dropped: list[str]) -> str:
    if _WORD_TAG.search(text):
        dropped.append(_("formatting of a word processor"))
    hidden = Counter(found[1].lower() for found in _HIDDEN.finditer(text))
    text = _HIDDEN.sub("", text)
    text = _BLOCK_END.sub("\n\n", _BREAK_TAG.sub("\n", text))
    names = Counter(
        re.sub(r"^</?|[\s/>].*$", "", found[0], flags=re.DOTALL).lower() or "comment"
        for found in _HTML.finditer(text)
    )
    tags = sorted(name for name in {*names, *hidden} if name.isalnum())
    if tags:
        dropped.append(_("HTML: %(tags)s") % {"tags": ", ".join(tags)})
    return _HTML.sub("", text)


def _without_pictures(text: str, dropped: list[str]) -> str:
    text, count = re.subn(r"!\[([^\]]*)\]\([^)]*\)", r"\1", text)
    if count:
        dropped.append(
            ngettext("%(count)d picture", "%(count)d pictures", count) % {"count": count}
        )
    return text


class _Reader:
    """Walks the parser's tokens once."""

    def __init__(self, tokens: Sequence[Token], top_level: int) -> None:
        self.tokens = iter(tokens)
        self.top_level = top_level

    def blocks(self, until: str) -> Iterator[b.Block]:
        """Blocks up to a closing token."""
        for token in self.tokens:
            if token.type == until:
                return
            block = self.block(token)
            if block is not None:
                yield block

    def block(self, token: Token) -> b.Block | None:
        """The block a token opens; a line across the page says nothing."""
        match token.type:
            case "paragraph_open":
                return b.Paragraph(self.inline("paragraph_close"))
            case "heading_open":
                level = min(b.MAX_HEADING_LEVEL, int(token.tag[1]) + self.top_level - 1)
                return b.Heading(level, self.inline("heading_close"))
            case "bullet_list_open":
                return b.List(self.items("bullet_list_close"))
            case "ordered_list_open":
                start = int(token.attrs.get("start", 1))
                return b.List(self.items("ordered_list_close"), is_ordered=True, start=start)
            case "blockquote_open":
                return b.Quote(tuple(self.blocks("blockquote_close")))
            case "table_open":
                return self.table()
        return None

    def inline(self, until: str) -> tuple[b.Inline, ...]:
        """The runs of one paragraph."""
        found: tuple[b.Inline, ...] = ()
        for token in self.tokens:
            if token.type == until:
                break
            found += _runs(iter(token.children or ()), "")
        return found

    def items(self, until: str) -> tuple[b.ListItem, ...]:
        """The items of a list."""
        found = []
        for token in self.tokens:
            if token.type == until:
                break
            found.append(b.ListItem(tuple(self.blocks("list_item_close"))))
        return tuple(found)

    def table(self) -> b.Table:
        """A table; its first row is the heads."""
        rows: list[tuple[tuple[b.Inline, ...], ...]] = []
        cells: list[tuple[b.Inline, ...]] = []
        for token in self.tokens:
            if token.type == "table_close":
                break
            if token.type in {"th_open", "td_open"}:
                cells.append(self.inline(token.type.replace("open", "close")))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
                cells = []
        head, *body = rows
        lines = tuple(b.Row(tuple(b.Cell(cell) for cell in row)) for row in body)
        return b.Table((), tuple(b.Column(cell) for cell in head), lines)


def _runs(tokens: Iterator[Token], until: str) -> tuple[b.Inline, ...]:
    found: list[b.Inline] = []
    for token in tokens:
        if token.type == until:
            break
        match token.type:
            case "strong_open":
                found.append(b.Strong(_runs(tokens, "strong_close")))
            case "em_open":
                found.append(b.Emphasis(_runs(tokens, "em_close")))
            case "link_open":
                address = str(token.attrs.get("href", ""))
                found.append(b.Link(_runs(tokens, "link_close"), address))
            case "footnote_open":
                found.append(b.Footnote(_runs(tokens, "footnote_close")))
            case "softbreak":
                found.append(b.Text(" "))
            case "hardbreak":
                found.append(b.Text("\n"))
            case _:
                found.append(b.Text(token.content))
    return _joined(found)


def _joined(runs: list[b.Inline]) -> tuple[b.Inline, ...]:
    found: list[b.Inline] = []
    for run in runs:
        if isinstance(run, b.Text) and not run.text:
            continue
        if isinstance(run, b.Text) and found and isinstance(found[-1], b.Text):
            found[-1] = b.Text(found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)
