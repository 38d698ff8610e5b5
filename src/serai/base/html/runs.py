"""Runs inside a paragraph as HTML. Every word is escaped; no tag comes from outside."""

from dataclasses import dataclass, field

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from serai.base.blocks import tree
from serai.base.blocks.wording import Wording
from serai.base.characters import direction

NOTHING = SafeString("")


@dataclass
class Runs:
    """Writes runs and gathers the notes they carry."""

    wording: Wording
    targets: dict[str, str]
    """Where each key stands: "#goal", or an address on another page."""
    prefix: str = ""
    """Stands before the ids of notes, so that two parts can share a page."""
    note_count: int = 0
    notes: list[tuple[int, SafeString]] = field(default_factory=list)

    def write(self, children: tuple[tree.Inline, ...]) -> SafeString:
        """The runs in order."""
        return format_html_join("", "{}", ((self.run(child),) for child in children))

    def run(self, run: tree.Inline) -> SafeString:
        """One run."""
        match run:
            case tree.Text():
                lines = run.text.split("\n")
                return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
            case tree.Number():
                return format_html('<bdi class="doc-number">{}</bdi>', run.text)
            case tree.Footnote():
                return self.note(self.write(run.children))
            case tree.CommentMark():
                mark = format_html("<mark>{}</mark>", self.write(run.children))
                return mark + self.note(conditional_escape(self.wording.comment(run)))
        return self.holder(run, self.write(tree.inside(run)))

    def holder(self, run: tree.Inline, inner: SafeString) -> SafeString:
        """A run that holds others."""
        match run:
            case tree.Strong():
                return format_html("<strong>{}</strong>", inner)
            case tree.Emphasis():
                return format_html("<em>{}</em>", inner)
            case tree.Foreign():
                way = direction(run.language)
                return format_html('<span lang="{}" dir="{}">{}</span>', run.language, way, inner)
            case tree.Link():
                return self.link(run, inner)
            case tree.Inserted():
                title = self.wording.inserted_pattern % {"author": run.author}
                return changed("ins", run.at.date().isoformat(), title, inner)
            case tree.Deleted():
                title = self.wording.deleted_pattern % {"author": run.author}
                return changed("del", run.at.date().isoformat(), title, inner)
        raise TypeError(f"No way to write {type(run).__name__}.")

    def link(self, run: tree.Link, inner: SafeString) -> SafeString:
        """A link; where the address is not one we follow, the words alone."""
        address = run.safe_address
        if address.startswith("#"):
            address = self.targets.get(address[1:], "")
        return format_html('<a href="{}">{}</a>', address, inner) if address else inner

    def note(self, inner: SafeString) -> SafeString:
        """A note's number in the text; its words wait for the end of the part."""
        self.note_count += 1
        self.notes.append((self.note_count, inner))
        mark = '<sup class="doc-mark"><a id="{0}ref-{1}" href="#{0}note-{1}">{1}</a></sup>'
        return format_html(mark, self.prefix, self.note_count)

    def take_notes(self) -> list[tuple[int, SafeString]]:
        """The notes since the last part."""
        notes, self.notes = self.notes, []
        return notes


def changed(tag: str, day: str, title: str, inner: SafeString) -> SafeString:
    """A change somebody made."""
    form = "<{0} datetime={1} title={2}>{3}</{0}>"
    quoted = [format_html('"{}"', value) for value in (day, title)]
    return format_html(form, mark_safe(tag), *quoted, inner)  # noqa: S308 - our own tag
