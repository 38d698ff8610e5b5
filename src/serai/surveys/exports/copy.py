"""A response as a document to keep: questions, answers in words, who signed and cleared."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from serai.base import typst, word
from serai.base.access import Viewer
from serai.base.blocks import (
    Block,
    Callout,
    Cell,
    Column,
    ColumnKind,
    Document,
    Heading,
    Row,
    Strong,
    Table,
    Text,
    Tone,
    cell,
    paragraph,
    words,
)
from serai.base.days import plain_day
from serai.base.files import Checked
from serai.surveys.queries import Response, head_of, reasons_of, steps_of
from serai.surveys.queries.own import Step
from serai.surveys.queries.rows import told_words
from serai.surveys.queries.workbook import Asked, Leaf, Workbook, workbook
from serai.surveys.states import UNLOCKED, ResponseState
from serai.surveys.states.words import state_mark

WRITERS = {"pdf": typst.pdf, "docx": word.docx}
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def written(viewer: Viewer, found: Response, kind: str, now: datetime, language: str) -> Checked:
    """Write what the viewer may read of a response into a file of a kind, "pdf" or "docx"."""
    book = workbook(viewer, found, now, language)
    document = copy_of(book, found, viewer, language)
    content = WRITERS[kind](document, fonts=tuple(settings.FONT_DIRS))
    name = f"{found.wave.survey.code}-{found.public_id}.{kind}"
    return Checked(content, name, MEDIA_TYPES[kind])


def copy_of(book: Workbook, found: Response, viewer: Viewer, language: str) -> Document:
    """Lay a response out as a document; `book` holds what the viewer reads."""
    head = head_of(found)
    reasons = dict(reasons_of(found))
    blocks: list[Block] = [_about(found)]
    for leaf in book.leaves:
        blocks += _leaf(leaf, book, reasons)
    if steps := steps_of(viewer, found):
        blocks += _steps(steps)
    day = max(
        [one.at.date() for one in steps], default=(found.changed_at or found.wave.made_at).date()
    )
    return Document(
        title=head.title,
        subtitle=", ".join(one for one in (head.organisation, head.unit, head.country) if one),
        language=language,
        date=day,
        audience=_("Copy for %(name)s") % {"name": viewer.name},
        blocks=tuple(blocks),
        publisher=head.organisation or head.title,
        reference=f"{head.wave} · {found.public_id}",
        sample=found.sample,
        draft=ResponseState(found.state) in UNLOCKED,
    )


def _about(found: Response) -> Block:
    mark = state_mark(ResponseState(found.state))
    said = _("State: %(state)s. Version of the questionnaire: %(version)s.") % {
        "state": mark.word, "version": found.version.version,
    }  # fmt: skip
    return Callout(_("What this is"), (paragraph(said),), Tone.NOTE)


def _leaf(leaf: Leaf, book: Workbook, reasons: dict[str, str]) -> Iterator[Block]:
    """Yield a section, or the entries of a repeat; what is not asked is left out."""
    rows = [asked for asked in leaf.asked if _is_shown(asked)]
    if rows:
        yield Heading(1, words(leaf.title or _("Questions")))
        yield _answers(leaf.title or _("Questions"), rows, reasons)
    if not leaf.repeat_path:
        return
    yield Heading(1, words(leaf.title or _("Entries")))
    if not leaf.lines:
        yield paragraph(_("No entries."))
    numbers = {
        line.key: line.number for other in book.leaves
        if other.repeat_path == leaf.parent_path for line in other.lines
    }  # fmt: skip
    for line in leaf.lines:
        title = f"{leaf.title} {line.number}"
        if leaf.parent_path:
            title = _("%(title)s, belongs to no. %(number)s") % {
                "title": title, "number": numbers.get(line.parent, ""),
            }  # fmt: skip
        yield Heading(2, words(title))
        if shown := [asked for asked in line.asked if _is_shown(asked)]:
            yield _answers(title, shown, reasons)


def _is_shown(asked: Asked) -> bool:
    return asked.is_relevant and asked.widget != "note"


def _answers(title: str, rows: Sequence[Asked], reasons: dict[str, str]) -> Table:
    columns = (Column(words(_("Question")), weight=3), Column(words(_("Answer")), weight=2))
    return Table(
        words(title), columns,
        tuple(Row((cell(one.label), _answer(one, reasons))) for one in rows),
    )  # fmt: skip


def _answer(asked: Asked, reasons: dict[str, str]) -> Cell:
    if asked.reason:
        return cell(
            _("No answer: %(reason)s") % {"reason": reasons.get(asked.reason, asked.reason)}
        )
    said = in_words(asked)
    return Cell((Strong((Text(said),)),)) if said else cell("–")


def in_words(asked: Asked) -> str:
    """Write an answer as its reader knows it: of choices, their labels; of a file, its name."""
    labels = dict(asked.choices)
    if asked.widget == "file":
        return asked.value.partition(" ")[2]
    if asked.widget == "tick":
        return _("yes") if asked.value else ""
    if labels and asked.value:
        return "; ".join(labels.get(one, one) for one in asked.value.split())
    return told_words(asked.value, asked.type)


def _steps(steps: Sequence[Step]) -> list[Block]:
    said = {"signed": _("Signed"), "cleared": _("Cleared"), "returned": _("Returned")}
    columns = (
        Column(words(_("Step")), ColumnKind.SHORT), Column(words(_("By"))),
        Column(words(_("Day")), ColumnKind.SHORT), Column(words(_("Note"))),
    )  # fmt: skip
    rows = tuple(
        Row((cell(said.get(one.verb, one.verb)), cell(one.who), cell(plain_day(one.at.date())),
             cell(one.note)))
        for one in steps
    )  # fmt: skip
    title = _("Signed and cleared")
    return [Heading(1, words(title)), Table(words(title), columns, rows)]
