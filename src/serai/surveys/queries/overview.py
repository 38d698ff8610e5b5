"""A response as a whole: its sections, who holds them, what is missing."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from serai.base.access import Viewer
from serai.calc.xforms import IssueKind, Progress
from serai.surveys import access
from serai.surveys.models import Delegation, Entry, Response, SectionMark
from serai.surveys.queries.filling import Filling, env_of, given_back, page_entry, problems_of
from serai.surveys.queries.forms import Part, heading, part_of, parts_of
from serai.surveys.queries.opening import opening_of
from serai.surveys.queries.sections import filling_for


@dataclass(frozen=True)
class Holder:
    """Who was given a section or entry."""

    public_id: str
    name: str
    scope: str
    state: str
    due_on: date | None


@dataclass(frozen=True)
class SectionRow:
    """One section, or one entry of it.

    Attributes:
        mark: a `Progress`.
        percent: of weight answered, 0 to 100; None where nothing is asked.
        missing, wrong: how many required answers are missing, and answers not right.
        is_repeat: a heading above its entries, which `repeat_path` holds.
    """

    slug: str
    entry: str
    label: str
    number: int
    mark: Progress
    percent: int | None
    missing: int
    wrong: int
    proposals: int
    requests: int
    holders: tuple[Holder, ...]
    may_open: bool
    is_repeat: bool = False
    may_add: bool = False
    repeat_path: str = ""


@dataclass(frozen=True)
class RemovedEntry:
    """An entry that was taken out and can come back."""

    key: str
    label: str


@dataclass(frozen=True)
class Overview:
    """A response as its people find it."""

    rows: tuple[SectionRow, ...]
    removed: tuple[RemovedEntry, ...]
    percent: int | None

    @property
    def pages(self) -> list[SectionRow]:
        """Return the rows that are pages, in order."""
        return [row for row in self.rows if not row.is_repeat]


def overview(viewer: Viewer, found: Response, now: datetime) -> Overview:
    """Return the sections of a response that a viewer may know of."""
    filling = filling_for(viewer, found, now)
    counter = _Counter(viewer, found, filling)
    rows: list[SectionRow] = []
    for number, part in enumerate(parts_of(filling.form), 1):
        rows += counter.rows(part, number)
    removed = counter.removed()
    share = found.completeness
    if access.reads_through(viewer, found) is None:
        filling.state.use(env_of(found, now))
        given_back(found, filling)
    return Overview(tuple(rows), removed, _percent(share))


class _Counter:
    """Counts what stands in each section."""

    def __init__(self, viewer: Viewer, found: Response, filling: Filling) -> None:
        self.viewer, self.response, self.filling = viewer, found, filling
        self.share = access.share_of(viewer, found)
        self.is_open = access.is_unlocked(found)
        self.lets_entries = opening_of(found).lets_entries(found)
        self.marks = {
            (row.section, row.entry): row for row in SectionMark.objects.filter(response=found)
        }
        self.delegations = [
            one
            for one in Delegation.objects.filter(
                response=found, state__in=access.HELD_OPEN
            ).select_related("person")
            if self.share.writes_all or one.person_id == viewer.person_id
        ]
        self.counts: dict[tuple[str, str, str], int] = {}
        self.count_problems()
        self.count_rows("proposals", found.suggestions.filter(state="open"))
        self.count_rows("requests", found.requests.filter(state="asked"))

    def count_problems(self) -> None:
        for issue in problems_of(self.filling):
            kind = "missing" if issue.kind is IssueKind.REQUIRED else "wrong"
            self.add(kind, issue.ref.path, issue.ref.entry)

    def count_rows(self, kind: str, rows: "QuerySet[Any]") -> None:
        for path, entry in rows.values_list("path", "entry"):
            self.add(kind, path, entry)

    def add(self, kind: str, path: str, entry: str) -> None:
        part = part_of(self.filling.form, path)
        if part is not None:
            at = page_entry(self.filling, entry) if part.repeat_path else ""
            key = (kind, part.slug, at)
            self.counts[key] = self.counts.get(key, 0) + 1

    def rows(self, part: Part, number: int) -> list[SectionRow]:
        label = heading(self.filling.state, part)
        if not part.repeat_path:
            return [self.row(part, "", label, number)]
        keys = self.filling.state.entries(part.repeat_path)
        repeat = self.filling.form.repeats[self.filling.form.spec(part.repeat_path).repeat]
        frames = [self.filling.state.flow.by_key[key] for key in keys]
        is_asked = not frames or any(one.cells[0].relevant for one in frames)
        may_add = (
            is_asked and self.lets_entries and self.share.writes(part.slug, "")
            and not repeat.is_fixed and not repeat.has_count
        )  # fmt: skip
        head = SectionRow(
            part.slug, "", label, number, Progress.NOT_APPLICABLE, None, 0, 0, 0, 0,
            self.holders(part.slug, ""), self.share.reads(part.slug, ""), is_repeat=True,
            may_add=may_add, repeat_path=part.repeat_path,
        )  # fmt: skip
        return [head, *(self.row(part, key, label, place) for place, key in enumerate(keys, 1))]

    def row(self, part: Part, entry: str, label: str, number: int) -> SectionRow:
        mark = self.marks.get((part.slug, entry))
        place = (part.slug, entry)
        return SectionRow(
            slug=part.slug,
            entry=entry,
            label=label,
            number=number,
            mark=Progress(mark.mark) if mark else Progress.NOT_VISITED,
            percent=_percent(mark.completeness) if mark else None,
            missing=self.counts.get(("missing", *place), 0),
            wrong=self.counts.get(("wrong", *place), 0),
            proposals=self.counts.get(("proposals", *place), 0),
            requests=self.counts.get(("requests", *place), 0),
            holders=self.holders(*place),
            may_open=self.share.reads(*place),
        )

    def holders(self, slug: str, entry: str) -> tuple[Holder, ...]:
        return tuple(
            Holder(one.public_id, one.person.full_name, one.scope, one.state, one.due_on)
            for one in self.delegations
            if (one.section, one.entry) == (slug, entry)
        )

    def removed(self) -> tuple[RemovedEntry, ...]:
        if not self.share.writes_all or not self.is_open:
            return ()
        heads = {part.repeat_path: part for part in parts_of(self.filling.form) if part.repeat_path}
        rows = Entry.objects.filter(
            response=self.response, is_removed=True, repeat_path__in=list(heads), parent=""
        )
        return tuple(
            RemovedEntry(row.key, heading(self.filling.state, part))
            for row in rows
            if (part := heads[row.repeat_path])
        )


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)
