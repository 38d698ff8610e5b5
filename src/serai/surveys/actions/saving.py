"""Write what a response has become: answers, heads, issues, marks, the line in the audit."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from serai.base.access import Viewer
from serai.base.bulk import insert_texts, update_row
from serai.base.ready import ANY_NUMBER, Ready
from serai.calc.xforms import (
    Asked,
    EntryAt,
    Issue,
    IssueKind,
    Progress,
    Ref,
    asked_of,
    check,
    completeness_of,
)
from serai.surveys.actions.acts import note_audit, tell_rooms
from serai.surveys.actions.proofs import digest
from serai.surveys.models import (
    Answer,
    AnswerHead,
    AnswerIssue,
    Entry,
    EntryAct,
    Response,
    SectionMark,
)
from serai.surveys.queries.filling import Filling, Noted, Stands, page_entry
from serai.surveys.queries.forms import Part, part_of, parts_of
from serai.surveys.states import EntryVerb, Source, SurveyEvent


@dataclass
class Pen:
    """Who writes, how and when.

    Attributes:
        on_behalf_of: number of the organisation for which the secretariat writes.
    """

    by: Viewer | None
    source: Source
    now: datetime
    on_behalf_of: int | None = None


@dataclass(frozen=True)
class Given:
    """One text to be stored as an answer."""

    ref: Ref
    value: str
    reason: str = ""
    client_id: str = ""


TEXTS = ("path", "entry", "value", "reason", "source", "client_id", "salt")
"""Columns of which each answer of one act brings its own text."""


class Row(NamedTuple):
    """One row of answers as it was stored: `TEXTS`, and who, when, its number."""

    path: str
    entry: str
    value: str
    reason: str
    source: str
    client_id: str
    salt: str
    author_id: int | None
    at: datetime | None
    pk: int


@dataclass
class Draft:
    """What one act changes before it is written.

    Attributes:
        given: what a person answered.
        calculated: what followed from it.
        came, went: entries that calculation brought or took.
        shifted: places that are asked now, or required, and were not before, or the reverse.
    """

    given: dict[Ref, Given] = field(default_factory=dict)
    calculated: dict[Ref, str] = field(default_factory=dict)
    came: list[EntryAt] = field(default_factory=list)
    went: list[EntryAt] = field(default_factory=list)
    shifted: set[Ref] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.given or self.calculated or self.came or self.went)


def write_draft(
    response: Response, filling: Filling, draft: Draft, pen: Pen, verb: str = "answer",
    *, is_first: bool = False, issues: list[Issue] | None = None,
) -> dict[Ref, Stands]:  # fmt: skip
    """Store a draft; return the answers that stand now at the places it touched.

    `is_first`: nothing is stored yet, and every section is brought up to date. `issues`: what is
    wrong with the response, where its writer has checked it.
    """
    _write_entries(response, draft, pen)
    house = Pen(None, Source.CALCULATION, pen.now)
    follows = (
        Given(ref, value) for ref, value in draft.calculated.items() if ref not in draft.given
    )
    rows = store_rows(response, (draft.given.values(), pen), (follows, house))
    move_heads(response, rows)
    stands = {
        Ref(row.path, row.entry): Stands(
            row.pk, row.value, row.reason, row.author_id, row.source, row.at
        )
        for row in rows
    }
    filling.heads.update(stands)
    entries = (Ref(one.repeat_path, one.key) for one in (*draft.came, *draft.went))
    touched = {*stands, *draft.shifted, *entries}
    settle(response, filling, None if is_first else touched, pen, issues)
    note_rows(response, rows, pen, verb)
    tell_rooms(response, SurveyEvent.CHANGED)
    return stands


def note_rows(response: Response, rows: list["Row"], pen: Pen, verb: str) -> None:
    """Leave in the audit what proves the rows of one act."""
    note_audit(
        verb, response, by=pen.by, now=pen.now,
        after={"answers": {str(row.pk): digest(row) for row in rows},
               **({"sample": True} if response.sample else {})},
    )  # fmt: skip


def store_rows(response: Response, *acts: tuple[Iterable[Given], Pen]) -> list["Row"]:
    """Store texts as rows of answers, in one statement; those before them stay."""
    is_anonymous = response.wave.survey.is_anonymous
    texts = [
        (one.ref.path, one.ref.entry, one.value, one.reason, pen.source.value,
         one.client_id or secrets.token_hex(16), secrets.token_hex(16),
         pen.by.person_id if pen.by and not is_anonymous else None, pen.on_behalf_of)
        for given, pen in acts for one in given
    ]  # fmt: skip
    at = None if is_anonymous else acts[0][1].now
    numbers = insert_texts(
        Answer, (*TEXTS, "author_id", "on_behalf_of_id"), texts,
        {"response_id": response.pk, "form_version_id": response.version_id, "at": at,
         "sample": response.sample},
    )  # fmt: skip
    return [Row(*text[:-1], at, number) for text, number in zip(texts, numbers, strict=True)]


def move_heads(response: Response, rows: list["Row"]) -> None:
    """Let the newest row of each place stand: of this act, under the response's lock."""
    if not rows:
        return
    heads, answers = AnswerHead._meta.db_table, Answer._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {heads} (response_id, path, entry, answer_id) "  # noqa: S608 names are ours
            f"SELECT response_id, path, entry, id FROM {answers} "
            "WHERE response_id = %s AND id >= %s "
            "ON CONFLICT (response_id, path, entry) DO UPDATE SET answer_id = excluded.answer_id",
            [response.pk, min(row.pk for row in rows)],
        )


def _write_entries(response: Response, draft: Draft, pen: Pen) -> None:
    """Store entries that calculation brought, and mark those it took."""
    if draft.came:
        known = {
            entry.key: entry
            for entry in Entry.objects.filter(
                response=response, key__in=[one.key for one in draft.came]
            )
        }
        for one in draft.came:
            entry = known.get(one.key)
            if entry is None:
                add_row(response, one, pen, Source.CALCULATION)
            elif entry.is_removed:
                mark_entry(entry, EntryVerb.RESTORE, pen, Source.CALCULATION)
    if draft.went:
        keys = [one.key for one in draft.went]
        for entry in Entry.objects.filter(response=response, key__in=keys, is_removed=False):
            mark_entry(entry, EntryVerb.REMOVE, pen, Source.CALCULATION)


def add_row(response: Response, at: EntryAt, pen: Pen, source: Source) -> Entry:
    """Store a new entry at the end of its repeat."""
    siblings = Entry.objects.filter(response=response, repeat_path=at.repeat_path, parent=at.parent)
    last = siblings.order_by("-position").values_list("position", flat=True).first()
    entry = Entry.objects.create(
        response=response, repeat_path=at.repeat_path, parent=at.parent, key=at.key,
        position=0 if last is None else last + 1,
    )  # fmt: skip
    _note_entry(entry, EntryVerb.ADD, pen, source)
    return entry


def store_entries(response: Response, entries: list[EntryAt], pen: Pen) -> int:
    """Store the entries of a response that has none yet, in their order.

    Returns:
        The number of the newest act; 0 for none.
    """
    places: dict[tuple[str, str], int] = {}
    rows = []
    for one in entries:
        place = places[one.repeat_path, one.parent] = (
            places.get((one.repeat_path, one.parent), -1) + 1
        )
        rows.append(
            Entry(
                response=response, repeat_path=one.repeat_path, parent=one.parent, key=one.key,
                position=place,
            )
        )  # fmt: skip
    Entry.objects.bulk_create(rows)
    acts = EntryAct.objects.bulk_create(
        _act(one, EntryVerb.ADD, pen, pen.source) for one in rows
    )  # fmt: skip
    return max((one.pk for one in acts), default=0)


def mark_entry(
    entry: Entry, verb: EntryVerb, pen: Pen, source: Source, position: int | None = None
) -> None:
    """Take an entry out, bring it back, or move it; the act is a row of its own."""
    entry.is_removed = verb == EntryVerb.REMOVE
    if position is not None:
        entry.position = position
    entry.save(update_fields=["is_removed", "position"])
    _note_entry(entry, verb, pen, source)


def _note_entry(entry: Entry, verb: EntryVerb, pen: Pen, source: Source) -> None:
    _act(entry, verb, pen, source).save()


def _act(entry: Entry, verb: EntryVerb, pen: Pen, source: Source) -> EntryAct:
    is_anonymous = entry.response.wave.survey.is_anonymous
    return EntryAct(
        entry=entry, verb=verb.value, position=entry.position, source=source.value,
        by_id=pen.by.person_id if pen.by and not is_anonymous else None,
        at=None if is_anonymous else pen.now, sample=entry.response.sample,
    )  # fmt: skip


# ---------------------------------------------------------------- what follows from answers
def settle(
    response: Response, filling: Filling, touched: Iterable[Ref] | None, pen: Pen,
    checked: list[Issue] | None = None,
) -> None:  # fmt: skip
    """Bring issues, marks and shares up to date; `touched` None means all sections."""
    checked = check(filling.state) if checked is None else checked
    issues = [one for one in checked if one.kind is not IssueKind.REQUIRED]
    _write_issues(
        response, filling,
        {(one.ref.path, one.ref.entry, one.kind.value, one.message) for one in issues},
    )  # fmt: skip
    parts = parts_of(filling.form)
    if touched is not None:
        wanted = {part_of(filling.form, ref.path) for ref in touched}
        parts = tuple(part for part in parts if part in wanted)
    asked = asked_of(filling.state)
    _write_marks(response, filling, parts, asked, issues)
    whole = completeness_of(filling.state, asked, issues, filling.reasons)
    response.completeness, response.sufficiency = whole.completeness, whole.sufficiency
    response.revision += 1
    if not response.wave.survey.is_anonymous:
        response.changed_at = pen.now
    update_row(response, ("completeness", "sufficiency", "revision", "changed_at", "is_on_behalf"))


def _write_issues(response: Response, filling: Filling, wanted: set[Noted]) -> None:
    """Store what is wrong now; a response kept open knows what is stored."""
    if filling.noted is None:
        filling.noted = {
            (row.path, row.entry, row.kind, row.message): row.pk
            for row in AnswerIssue.objects.filter(response=response)
        }
    stored = filling.noted
    if wanted == set(stored):
        return
    if gone := [pk for key, pk in stored.items() if key not in wanted]:
        AnswerIssue.objects.filter(pk__in=gone).delete()
    made = AnswerIssue.objects.bulk_create(
        AnswerIssue(response=response, path=path, entry=entry, kind=kind, message=message)
        for path, entry, kind, message in sorted(wanted - set(stored))
    )
    filling.noted = {key: pk for key, pk in stored.items() if key in wanted}
    filling.noted |= {(row.path, row.entry, row.kind, row.message): row.pk for row in made}


def _write_marks(
    response: Response,
    filling: Filling,
    parts: Iterable[Part],
    asked: list[Asked],
    issues: list[Issue],
) -> None:
    visited = set()
    if response.revision:  # else it is being begun, and nobody was here
        marks = _visited().rows(number=response.pk)
        visited = set(marks)
    write_marks(response, marks_of(filling, parts, asked, issues, visited))


@lru_cache(maxsize=1)
def _visited() -> "Ready[tuple[str, str]]":
    marks = SectionMark.objects.filter(response_id=ANY_NUMBER, visited_at__isnull=False)
    return Ready(marks.values_list("section", "entry"))


def marks_of(
    filling: Filling, parts: Iterable[Part], asked: list[Asked], issues: list[Issue],
    visited: set[tuple[str, str]],
) -> list[tuple[str, str, str, float | None]]:  # fmt: skip
    """Return section, entry, mark and share of each page of some parts."""
    on_page, reasons = _by_page(filling, asked), filling.reasons
    rows = []
    for part in parts:
        for entry in entries_on(filling, part):
            found = completeness_of(
                filling.state, on_page.get((part.slug, entry or ""), ()), issues, reasons,
                is_visited=(part.slug, entry or "") in visited,
            )  # fmt: skip
            rows.append((part.slug, entry or "", found.progress.value, found.completeness))
    return rows


def write_marks(response: Response, rows: list[tuple[str, str, str, float | None]]) -> None:
    """Store marks over those before them."""
    insert_texts(
        SectionMark, ("section", "entry", "mark", "completeness"), rows,
        {"response_id": response.pk},
        over=(("response_id", "section", "entry"), ("mark", "completeness")),
    )  # fmt: skip


def _by_page(filling: Filling, asked: list[Asked]) -> dict[tuple[str, str], list[Asked]]:
    """Return questions by their section, and by their entry where that is a page."""
    found: dict[tuple[str, str], list[Asked]] = {}
    for one in asked:
        if part := part_of(filling.form, one.ref.path):
            entry = page_entry(filling, one.ref.entry) if part.repeat_path else ""
            found.setdefault((part.slug, entry), []).append(one)
    return found


def entries_on(filling: Filling, part: Part) -> list[str | None]:
    """Return the entries that are pages of their own; None alone for a section without them."""
    if not part.repeat_path:
        return [None]
    return [one.key for one in filling.state.all_entries() if one.repeat_path == part.repeat_path]


def note_visit(*, response: Response, section: str, entry: str, now: datetime) -> None:
    """Keep that somebody saved a page, so that an empty one is not called unopened."""
    mark = SectionMark.objects.filter(response=response, section=section, entry=entry)
    moment = None if response.wave.survey.is_anonymous else now
    mark.filter(visited_at=None).update(visited_at=moment)
    mark.filter(mark=Progress.NOT_VISITED).update(mark=Progress.UNANSWERED)
