"""Write what a response has become: answers, heads, issues, marks, the line in the audit."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from serai.base import jobs
from serai.base.access import Viewer
from serai.calc.xforms import (
    EntryAt,
    Issue,
    IssueKind,
    Progress,
    Ref,
    check,
    completeness,
)
from serai.surveys.actions.acts import note_audit
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
from serai.surveys.queries.filling import Filling, Noted, Stands
from serai.surveys.queries.forms import Part, part_of, parts_of, paths_on
from serai.surveys.states import EntryVerb, Source


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
    *, is_first: bool = False,
) -> dict[Ref, Stands]:  # fmt: skip
    """Store a draft; return the answers that stand now at the places it touched.

    `is_first` brings every section up to date, not only those that were touched.
    """
    _write_entries(response, draft, pen)
    rows = [_row(response, given, pen, pen.source) for given in draft.given.values()]
    house = Pen(None, Source.CALCULATION, pen.now)
    for ref, value in draft.calculated.items():
        if ref not in draft.given:
            rows.append(_row(response, Given(ref, value), house, Source.CALCULATION))
    Answer.objects.bulk_create(rows)
    AnswerHead.objects.bulk_create(
        [AnswerHead(response=response, path=row.path, entry=row.entry, answer=row) for row in rows],
        update_conflicts=True,
        unique_fields=["response", "path", "entry"],
        update_fields=["answer"],
    )
    stands = {
        Ref(row.path, row.entry): Stands(
            row.pk, row.value, row.reason, row.author_id, row.source, row.at
        )
        for row in rows
    }
    filling.heads.update(stands)
    entries = (Ref(one.repeat_path, one.key) for one in (*draft.came, *draft.went))
    touched = {*stands, *draft.shifted, *entries}
    settle(response, filling, None if is_first else touched, pen)
    note_audit(
        verb, response, by=pen.by, now=pen.now,
        after={"answers": {str(row.pk): digest(row) for row in rows},
               **({"sample": True} if response.sample else {})},
    )  # fmt: skip
    if changed := response.wave.survey.on_event.get("changed"):
        jobs.enqueue(changed, response=response.pk)
    return stands


def _row(response: Response, given: Given, pen: Pen, source: Source) -> Answer:
    is_anonymous = response.wave.survey.is_anonymous
    return Answer(
        response=response,
        path=given.ref.path,
        entry=given.ref.entry,
        value=given.value,
        reason=given.reason,
        form_version_id=response.version_id,
        author_id=pen.by.person_id if pen.by and not is_anonymous else None,
        on_behalf_of_id=pen.on_behalf_of,
        source=source.value,
        client_id=given.client_id or secrets.token_hex(16),
        at=None if is_anonymous else pen.now,
        salt=secrets.token_hex(16),
        sample=response.sample,
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
    is_anonymous = entry.response.wave.survey.is_anonymous
    EntryAct.objects.create(
        entry=entry, verb=verb.value, position=entry.position, source=source.value,
        by_id=pen.by.person_id if pen.by and not is_anonymous else None,
        at=None if is_anonymous else pen.now, sample=entry.response.sample,
    )  # fmt: skip


# ---------------------------------------------------------------- what follows from answers
def settle(response: Response, filling: Filling, touched: Iterable[Ref] | None, pen: Pen) -> None:
    """Bring issues, marks and shares up to date; `touched` None means all sections."""
    issues = [one for one in check(filling.state) if one.kind is not IssueKind.REQUIRED]
    _write_issues(
        response, filling,
        {(one.ref.path, one.ref.entry, one.kind.value, one.message) for one in issues},
    )  # fmt: skip
    reasons = filling.reasons
    parts = parts_of(filling.form)
    if touched is not None:
        wanted = {part_of(filling.form, ref.path) for ref in touched}
        parts = tuple(part for part in parts if part in wanted)
    _write_marks(response, filling, parts, issues, reasons)
    whole = completeness(filling.state, issues, reasons)
    response.completeness, response.sufficiency = whole.completeness, whole.sufficiency
    response.revision += 1
    if not response.wave.survey.is_anonymous:
        response.changed_at = pen.now
    response.save(
        update_fields=[
            "completeness",
            "sufficiency",
            "revision",
            "changed_at",
            "is_on_behalf",
        ]
    )


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
    issues: list[Issue],
    reasons: set[Ref],
) -> None:
    visited = set(
        SectionMark.objects.filter(response=response, visited_at__isnull=False).values_list(
            "section", "entry"
        )
    )
    rows = []
    for part in parts:
        for entry in entries_on(filling, part):
            found = completeness(
                filling.state, issues, reasons, within=part.path,
                only=None if part.path else paths_on(filling.form, part.slug), entry=entry,
                is_visited=(part.slug, entry or "") in visited,
            )  # fmt: skip
            rows.append(
                SectionMark(
                    response=response, section=part.slug, entry=entry or "",
                    mark=found.progress.value, completeness=found.completeness,
                )
            )  # fmt: skip
    SectionMark.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["response", "section", "entry"],
        update_fields=["mark", "completeness"],
    )


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
