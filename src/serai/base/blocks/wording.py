"""The few words a document adds of itself, in the document's language."""

from dataclasses import dataclass
from datetime import date

from django.utils import translation
from django.utils.translation import gettext as _

from serai.base.blocks.tree import CommentMark, Document
from serai.base.days import plain_day


@dataclass(frozen=True)
class Wording:
    """Words of one language; they join the recipe, for a new translation changes the files."""

    contents: str
    table_pattern: str
    figure_pattern: str
    page_pattern: str
    sample: str
    sample_sentence: str
    draft: str
    draft_sentence: str
    notes: str
    inserted_pattern: str
    deleted_pattern: str
    comment_pattern: str
    date_pattern: str
    day: str

    def table(self, number: int) -> str:
        return self.table_pattern % {"number": number}

    def figure(self, number: int) -> str:
        return self.figure_pattern % {"number": number}

    def comment(self, mark: CommentMark) -> str:
        return self.comment_pattern % {"author": mark.author, "comment": mark.comment}

    def mark(self, document: Document) -> str:
        """What every page says of a document that is a draft, or shows sample data."""
        marks = (self.draft if document.draft else "", self.sample if document.sample else "")
        return " · ".join(mark for mark in marks if mark)

    def cover_lines(self, document: Document) -> tuple[str, ...]:
        """What stands under the title: day, audience, reference, publisher, draft, sample."""
        lines = (
            self.date_pattern % {"day": self.day},
            document.audience,
            document.reference,
            document.publisher,
            self.draft_sentence if document.draft else "",
            self.sample_sentence if document.sample else "",
        )
        return tuple(line for line in lines if line)


def wording_of(document: Document) -> Wording:
    """The words for this document."""
    return wording(document.language, document.date)


def wording(language: str, day: date) -> Wording:
    """The words for a language, with a day written out in it."""
    with translation.override(language):
        return Wording(
            contents=_("Contents"),
            table_pattern=_("Table %(number)s"),
            figure_pattern=_("Figure %(number)s"),
            page_pattern=_("Page %(number)s of %(count)s"),
            sample=_("Sample"),
            sample_sentence=_("Sample data: not for use."),
            draft=_("Draft"),
            draft_sentence=_("Draft: not issued, it may still change."),
            date_pattern=_("Date of this document: %(day)s"),
            notes=_("Notes"),
            inserted_pattern=_("Added by %(author)s"),
            deleted_pattern=_("Removed by %(author)s"),
            comment_pattern=_("Remark by %(author)s: %(comment)s"),
            day=plain_day(day),
        )
