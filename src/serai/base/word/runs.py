"""Runs inside a Word paragraph: styles, languages, notes, changes, remarks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from serai.base.blocks import tree
from serai.base.characters import direction
from serai.base.word.xml import Element, make, text, value

REGIONS = {
    "en": "en-GB", "ru": "ru-RU", "az": "az-Latn-AZ", "ka": "ka-GE", "kk": "kk-KZ",
    "ky": "ky-KG", "mn": "mn-MN", "tg": "tg-Cyrl-TJ", "tk": "tk-TM", "uz": "uz-Latn-UZ",
    "fa": "fa-IR", "ps": "ps-AF", "ur": "ur-PK", "ar": "ar-SA", "zh": "zh-CN", "xx": "en-GB",
}  # fmt: skip
HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_RTL_SIGN = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_RIGHT = re.compile(
    f"[{_RTL_SIGN}](?:[^A-Za-z\u00c0-\u058f\u10a0-\u1fff\u3000-\ua4cf\n]*[{_RTL_SIGN}])?"
)
_LEFT_SIGN = "A-Za-z\u00c0-\u024f\u0370-\u058f\u10a0-\u10ff\u3400-\u9fff"
_LEFT = re.compile(f"[{_LEFT_SIGN}](?:[^{_RTL_SIGN}\n]*[{_LEFT_SIGN}0-9])?")


@dataclass(frozen=True)
class Manner:
    """How a run looks and sounds."""

    language: str
    is_rtl: bool
    """The direction of the paragraph around it."""
    is_bold: bool = False
    is_slanted: bool = False
    style: str = ""
    is_deleted: bool = False
    is_marked: bool = False


@dataclass
class Notes:
    """What a file keeps beside its text: footnotes, remarks, outside links."""

    footnotes: list[Element] = field(default_factory=list)
    comments: list[Element] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    change_count: int = 0
    mark_count: int = 0
    bookmarks: dict[str, str] = field(default_factory=dict)
    """Bookmark of each key in the document."""

    def link(self, address: str) -> str:
        """The relation's id of an outside address."""
        return self.links.setdefault(address, f"rIdLink{len(self.links) + 1}")


class RunWriter:
    """Turns runs into elements of a paragraph."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes

    def write(self, children: tuple[tree.Inline, ...], manner: Manner) -> list[Element]:
        """The runs in order."""
        return [element for child in children for element in self.run(child, manner)]

    def run(self, run: tree.Inline, manner: Manner) -> list[Element]:
        """One run."""
        match run:
            case tree.Text() | tree.Number():
                return list(words(run.text, manner))
            case tree.Strong():
                return self.write(run.children, replace(manner, is_bold=True))
            case tree.Emphasis():
                return self.write(run.children, replace(manner, is_slanted=True))
            case tree.Foreign():
                return self.write(run.children, replace(manner, language=run.language))
            case tree.Link():
                return self.link(run, manner)
            case tree.Footnote():
                return [self.footnote(run, manner)]
            case tree.Inserted() | tree.Deleted():
                return [self.change(run, manner)]
            case tree.CommentMark():
                return self.comment(run, manner)
        raise TypeError(f"No way to write {type(run).__name__}.")

    def link(self, run: tree.Link, manner: Manner) -> list[Element]:
        """A link outward or to a bookmark; the words alone where neither is right."""
        address = run.safe_address
        inner = self.write(run.children, replace(manner, style="Hyperlink"))
        if address.startswith("#"):
            anchor = self.notes.bookmarks.get(address[1:])
            if anchor is None:
                return self.write(run.children, manner)
            return [make("w:hyperlink", *inner, anchor=anchor, history=1)]
        if not address:
            return self.write(run.children, manner)
        return [make("w:hyperlink", *inner, r_id=self.notes.link(address), history=1)]

    def footnote(self, run: tree.Footnote, manner: Manner) -> Element:
        """A footnote's mark; its words go to the footnotes' part."""
        number = len(self.notes.footnotes) + 1
        plain = Manner(manner.language, manner.is_rtl)
        mark = make(
            "w:r", make("w:rPr", value("w:rStyle", "FootnoteReference")), make("w:footnoteRef")
        )
        body = [mark, *words(" ", plain), *self.write(run.children, plain)]
        paragraph = make("w:p", paragraph_properties("FootnoteText", manner.is_rtl), *body)
        self.notes.footnotes.append(make("w:footnote", paragraph, id=number))
        style = make("w:rPr", value("w:rStyle", "FootnoteReference"))
        return make("w:r", style, make("w:footnoteReference", id=number))

    def change(self, run: tree.Inserted | tree.Deleted, manner: Manner) -> Element:
        """A change Word's reviewer can take or leave."""
        self.notes.change_count += 1
        is_deleted = isinstance(run, tree.Deleted)
        inner = self.write(run.children, replace(manner, is_deleted=is_deleted))
        name = "w:del" if is_deleted else "w:ins"
        number = self.notes.change_count
        return make(name, *inner, id=number, author=run.author, date=stamp(run.at))

    def comment(self, run: tree.CommentMark, manner: Manner) -> list[Element]:
        """Words with a remark in the margin."""
        number = len(self.notes.comments)
        plain = Manner(manner.language, manner.is_rtl)
        body = make(
            "w:p", paragraph_properties("CommentText", manner.is_rtl), *words(run.comment, plain)
        )
        initials = "".join(part[0] for part in run.author.split() if part)[:3]
        remark = make(
            "w:comment", body, id=number, author=run.author, date=stamp(run.at), initials=initials
        )
        self.notes.comments.append(remark)
        mark = make("w:r", make("w:rPr", value("w:rStyle", "CommentReference")))
        mark.append(make("w:commentReference", id=number))
        return [
            make("w:commentRangeStart", id=number),
            *self.write(run.children, manner),
            make("w:commentRangeEnd", id=number),
            mark,
        ]


def words(content: str, manner: Manner) -> Iterator[Element]:
    """Plain words as runs; a stretch of the other direction is a run of its own."""
    for number, line in enumerate(content.split("\n")):
        if number:
            yield make("w:r", make("w:br"))
        for stretch, is_rtl in stretches(line, is_rtl=manner.is_rtl):
            name = "w:delText" if manner.is_deleted else "w:t"
            yield make("w:r", run_properties(manner, is_rtl=is_rtl), text(stretch, name))


def stretches(line: str, *, is_rtl: bool) -> Iterator[tuple[str, bool]]:
    """Cut a line where the direction of its script turns."""
    other = _LEFT if is_rtl else _RIGHT
    at = 0
    for found in other.finditer(line):
        if found.start() > at:
            yield line[at : found.start()], is_rtl
        yield found[0], not is_rtl
        at = found.end()
    if at < len(line):
        yield line[at:], is_rtl


def run_properties(manner: Manner, *, is_rtl: bool) -> Element:
    """The properties of a run, in the order the format demands."""
    found = []
    if manner.style:
        found.append(value("w:rStyle", manner.style))
    if manner.is_bold:
        found += [make("w:b"), make("w:bCs")]
    if manner.is_slanted:
        found += [make("w:i"), make("w:iCs")]
    if is_rtl:
        found.append(make("w:rtl"))
    found.append(language(manner.language))
    return make("w:rPr", *found)


def language(code: str) -> Element:
    """The language a run is checked and read in."""
    main = code.lower().partition("-")[0]
    region = REGIONS.get(main, code)
    if direction(code) == "rtl":
        return make("w:lang", bidi=region)
    if main == "zh":
        return make("w:lang", eastAsia=region)
    return make("w:lang", val=region)


def paragraph_properties(style: str, is_rtl: bool, *more: Element) -> Element:
    """The properties of a paragraph; `more` is what comes before `bidi` in the format's order."""
    bidi = [make("w:bidi")] if is_rtl else []
    return make("w:pPr", value("w:pStyle", style), *more, *bidi)


def stamp(at: datetime) -> str:
    """A time as Word writes it, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
