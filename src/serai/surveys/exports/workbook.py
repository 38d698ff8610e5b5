"""A response as a workbook to be filled in: a sheet a section, a sheet a repeat, hidden keys."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from serai.base.characters import direction
from serai.base.tables import Blank, BlankSheet, Plain, read_as
from serai.calc.xforms import Ref
from serai.surveys.queries import Response, head_of, reasons_of
from serai.surveys.queries.workbook import MANY, Asked, Leaf, Workbook

# What the hidden first row of a sheet calls its columns.
KEY, ANSWER, REASON = "serai:key", "serai:answer", "serai:reason"
ENTRY, DELETE, NUMBER, OF = "serai:entry", "serai:delete", "serai:number", "serai:of"
ABOUT = ("response", "version", "language", "seen", "hash")
CHOSEN = "x"


@dataclass(frozen=True)
class NotTaken:
    """One cell that was not taken over: where, what stood there, why."""

    sheet: str
    address: str
    question: str
    text: str
    why: str
    ref: Ref | None = None


def check_of(response: str, key: str) -> str:
    """Return what tells that a key was not changed by accident; rights do not rest on it."""
    return hashlib.sha256(f"{response} {key}".encode()).hexdigest()[:8]


def key_of(response: str, *words: object) -> str:
    """Return a key as it stands in a hidden cell."""
    key = "|".join(str(word) for word in words)
    return f"{key}|{check_of(response, key)}"


def labels_of(asked: Asked) -> dict[str, str]:
    """Return what each choice is called here: its label, with its value where two are the same."""
    labels = [label for _value, label in asked.choices]
    return {
        value: label if label and labels.count(label) == 1 else f"{label} ({value})".strip()
        for value, label in asked.choices
    }


def reason_cell(word: str) -> str:
    """Return how a reason stands in place of an answer, in the sheet of a repeat."""
    return f"[{word}]"


def workbook_file(book: Workbook, found: Response, not_taken: Sequence[NotTaken] = ()) -> bytes:
    """Write a workbook; cells that were not taken over stand in it as they were typed."""
    # A start without a workbook need not pay for it.
    from serai.base.tables.filled_book import filled_book  # noqa: PLC0415

    head = head_of(found)
    sheets = [_about(book, found)]
    if not_taken:
        sheets.append(_not_taken(not_taken))
    notes = {one.ref: one for one in not_taken if one.ref is not None}
    reasons = dict(reasons_of(found))
    for leaf in book.leaves:
        make = _grid if leaf.repeat_path else _section
        sheets.append(make(leaf, book, reasons, notes))
    return filled_book(head.title, sheets, right_to_left=direction(get_language() or "en") == "rtl")


def _about(book: Workbook, found: Response) -> BlankSheet:
    head = head_of(found)
    said: list[tuple[Plain, ...]] = [
        (_("Questionnaire"), head.title, ""),
        (_("Wave"), head.wave, ""),
        (_("Who answers"), ", ".join(one for one in (head.organisation, head.unit) if one), ""),
        (_("Due"), head.due_on, ""),
        (_("Version"), book.version, "version"),
        (_("Language"), book.language, "language"),
        (_("Number of the answers"), book.response, "response"),
        (_("State of the answers"), str(book.seen), "seen"),
        (_("Checksum"), book.hash, "hash"),
        ("", "", ""),
        (_("Fill in the yellow cells only. Where a list opens, choose from it."), "", ""),
        (_("Where several choices may hold, write x beside each one that does."), "", ""),
        (_("For a ranking, write 1 beside the first choice, 2 beside the second."), "", ""),
        (_("A new entry is a new row without a number; to take one out, write x under Delete."), "", ""),
        (_("Do not change hidden columns or rows; they say which answer belongs where."), "", ""),
        (_("Files are handed in on the page. Then upload this workbook there; you see every change first."), "", ""),
    ]  # fmt: skip
    rows: list[list[Plain | Blank]] = [list(row) for row in said]
    return BlankSheet(
        _("Read me"), ["Serai", "", ""], rows, hidden=frozenset({2}), widths={0: 44, 1: 44}
    )


def _not_taken(rows: Sequence[NotTaken]) -> BlankSheet:
    head = [_("Sheet"), _("Cell"), _("Question"), _("What stood there"), _("Why it was not taken")]
    return BlankSheet(
        _("Not taken"), head,
        [[one.sheet, one.address, one.question, one.text, one.why] for one in rows],
        widths={0: 20, 2: 44, 3: 30, 4: 60},
    )  # fmt: skip


# ---------------------------------------------------------------- a section
def _section(
    leaf: Leaf, book: Workbook, reasons: Mapping[str, str], notes: Mapping[Ref, NotTaken]
) -> BlankSheet:
    rows: list[list[Plain | Blank]] = []
    for number, asked in enumerate(leaf.asked, 1):
        note = notes.get(asked.ref)
        key = _key(book, asked)
        mark = Blank(reasons.get(asked.reason, ""), tuple(reasons.values())) if key else None
        state = _("yes") if asked.is_required else ""
        said = note.why if note else _comment(asked)
        answer = _answer(asked, note) if asked.widget not in MANY else None
        rows.append([number, asked.label, answer, mark, state, said, key])
        if asked.widget in MANY:
            rows += [
                [None, f"- {label}", _mark(asked, value, note), None, None, None,
                 key and key_of(book.response, f"{_name(asked.ref)}#{value}", asked.base)]
                for value, label in labels_of(asked).items()
            ]  # fmt: skip
    return BlankSheet(
        leaf.title or _("Questions"),
        [_("No."), _("Question"), _("Answer"), _("Reason, without an answer"), _("Required"),
         _("Comment"), ""],
        rows,
        marks=["", "", ANSWER, REASON, "", "", KEY],
        hidden=frozenset({6}),
        widths={0: 6, 1: 60, 2: 40, 3: 24, 4: 10, 5: 50},
    )  # fmt: skip


def _comment(asked: Asked) -> str:
    if asked.widget == "file":
        return _("A file: hand it in on the page.")
    if asked.widget == "result":
        return _("Calculated.")
    if not asked.is_relevant:
        return _("Not asked after the answers given so far.")
    return ""


def _key(book: Workbook, asked: Asked) -> str:
    return key_of(book.response, _name(asked.ref), asked.base) if asked.takes_answer else ""


def _name(ref: Ref) -> str:
    return f"{ref.path}@{ref.entry}" if ref.entry else ref.path


def _answer(asked: Asked, note: NotTaken | None) -> Plain | Blank:
    if not asked.takes_answer:
        return cell_value(asked)
    value = note.text if note else cell_value(asked)
    choices = tuple(labels_of(asked).values()) if asked.widget == "one" else ()
    return Blank(value, choices, is_noted=note is not None)


def cell_value(asked: Asked) -> Plain:
    """Return an answer as its cell holds it: read back, it is the same text."""
    value = asked.value
    if asked.widget == "one":
        return labels_of(asked).get(value, value)
    if asked.widget == "file":
        return value.partition(" ")[2]
    if asked.widget == "tick":
        return CHOSEN if value else ""
    return read_as(_typed(asked.type, value), value)


def _typed(sort: str, value: str) -> Plain:
    try:
        if sort == "int":
            return int(value)
        if sort == "decimal":
            return float(value)
        if sort == "date":
            return date.fromisoformat(value)
    except ValueError:
        pass
    return value


def _mark(asked: Asked, choice: str, note: NotTaken | None = None) -> Blank:
    chosen = asked.value.split()
    if choice not in chosen:
        return Blank(None, is_noted=note is not None)
    return Blank(
        chosen.index(choice) + 1 if asked.widget == "rank" else CHOSEN, is_noted=note is not None
    )


# ---------------------------------------------------------------- a repeat
def _grid(
    leaf: Leaf, book: Workbook, reasons: Mapping[str, str], notes: Mapping[Ref, NotTaken]
) -> BlankSheet:
    head = ["", _("No."), _("Delete")]
    marks = [f"{ENTRY}:{leaf.repeat_path}", NUMBER, DELETE]
    if leaf.parent_path:
        head.append(_("Belongs to no."))
        marks.append(f"{OF}:{leaf.parent_path}")
    numbers = _numbers(book, leaf.parent_path)
    for column in leaf.columns:
        head += [title for title, _mark_name in _heads(column)]
        marks += [name for _title, name in _heads(column)]
    rows: list[list[Plain | Blank]] = []
    for line in leaf.lines:
        row: list[Plain | Blank] = [
            key_of(book.response, line.key, book.seen), line.number, Blank()
        ]  # fmt: skip
        if leaf.parent_path:
            row.append(Blank(numbers.get(line.parent)))
        for column, asked in zip(leaf.columns, line.asked, strict=True):
            row += _cells(column, asked, reasons, notes.get(asked.ref))
        rows.append(row)
    first = 4 if leaf.parent_path else 3
    return BlankSheet(
        leaf.title or _("Entries"), head, rows, marks=marks, hidden=frozenset({0}),
        widths=dict.fromkeys(range(first, len(head)), 24),
    )  # fmt: skip


def _numbers(book: Workbook, path: str) -> dict[str, int]:
    found: Iterable[Leaf] = (leaf for leaf in book.leaves if path and leaf.repeat_path == path)
    return {line.key: line.number for leaf in found for line in leaf.lines}


def _heads(column: Asked) -> list[tuple[str, str]]:
    """Return title and hidden name of each column of a question: one a choice where several hold."""
    if not column.takes_answer:
        return [(column.label, "")]
    if column.widget not in MANY:
        return [(column.label, column.ref.path)]
    return [
        (f"{column.label}: {label}", f"{column.ref.path}#{value}")
        for value, label in labels_of(column).items()
    ]


def _cells(
    column: Asked, asked: Asked, reasons: Mapping[str, str], note: NotTaken | None
) -> list[Plain | Blank]:
    if not asked.takes_answer or not column.takes_answer:
        return [cell_value(asked) for _head in _heads(column)]
    if column.widget in MANY:
        return [_mark(asked, value) for value, _label in column.choices]
    said = tuple(reason_cell(word) for word in reasons.values())
    if note is None and asked.reason:
        return [Blank(reason_cell(reasons.get(asked.reason, asked.reason)), said)]
    cell = _answer(asked, note)
    if isinstance(cell, Blank) and cell.choices:
        cell = replace(cell, choices=(*cell.choices, *said))
    return [cell]
