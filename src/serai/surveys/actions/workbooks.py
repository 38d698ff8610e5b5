"""A workbook that came back: tried for its preview, taken over whole, undone whole."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer
from serai.calc.xforms import Ref
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.actions.answers import MOST_CHANGES, Change, Kept, Outcome, write_answers
from serai.surveys.actions.entries import add_entry, remove_entry, restore_entry
from serai.surveys.models import AnswerHead, Entry, Response, Suggestion
from serai.surveys.queries.filling import heads_of
from serai.surveys.queries.responses import enters_for, locked_response
from serai.surveys.queries.returned import Meant, Reading, Returned, RowAct, Stray, read_back
from serai.surveys.states import Source, SuggestionState


class Fate(StrEnum):
    """What becomes of one cell of a workbook."""

    NEW = "new"
    SAME = "same"
    SUGGESTED = "suggested"
    CONFLICT = "conflict"
    REFUSED = "refused"


FATES = {
    Kept.SAVED: Fate.NEW,
    Kept.SAME: Fate.SAME,
    Kept.SUGGESTED: Fate.SUGGESTED,
    Kept.CONFLICT: Fate.CONFLICT,
    Kept.REFUSED: Fate.REFUSED,
    Kept.LOCKED: Fate.REFUSED,
}
WRITES = frozenset({Fate.NEW, Fate.SUGGESTED})
TAKES_NOT = frozenset({Fate.CONFLICT, Fate.REFUSED})


@dataclass(frozen=True)
class CellFate:
    """One cell with what becomes of it, and why where it is not taken."""

    meant: Meant
    fate: Fate
    why: str = ""


@dataclass(frozen=True)
class Undo:
    """What puts a workbook back.

    Attributes:
        answers: path, entry, the number of the answer written, and value and reason before.
        added, removed: keys of entries.
        suggested: numbers of texts proposed.
    """

    answers: tuple[tuple[str, str, int, str, str], ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    suggested: tuple[int, ...] = ()


@dataclass
class Taken:
    """What a workbook does.

    Attributes:
        added: how many entries come; `removed`: how many go.
        digest: names all that it does, so that what was looked at is what is done.
    """

    cells: list[CellFate] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    undo: Undo = field(default_factory=Undo)

    def of(self, *fates: Fate) -> list[CellFate]:
        """Return the cells of some fates, in the workbook's order."""
        return [one for one in self.cells if one.fate in fates]

    @property
    def changes(self) -> int:
        """Return how many things would be written."""
        return len(self.of(*WRITES)) + self.added + self.removed

    @property
    def digest(self) -> str:
        """Return what names all that it does."""
        lines = [f"{self.added} {self.removed} {len(self.strays)}"]
        lines += [
            f"{one.fate}\t{one.meant.ref.path}\t{one.meant.ref.entry}\t{one.meant.value}\t{one.meant.reason}"
            for one in self.cells
        ]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def try_workbook(*, response: Response, returned: Returned, by: Viewer, now: datetime) -> Taken:
    """Return what a workbook would do, by doing it and taking it back in one transaction."""
    with transaction.atomic():
        taken = _Taking(response, returned, by, now).take()
        transaction.set_rollback(True)
    return taken


@transaction.atomic
def take_workbook(
    *, response: Response, returned: Returned, seen: str, by: Viewer, now: datetime
) -> Taken:
    """Take over every cell that can be, as the preview showed it.

    Args:
        response: whose answers; read again and locked.
        returned: the workbook as read.
        seen: the digest of the preview.
        by: who brings it.
        now: the moment.
    Returns:
        What it did, and what undoes it.
    Raises:
        Refused: it would do something else by now.
    """
    taken = _Taking(response, returned, by, now).take()
    if taken.digest != seen:
        raise Refused(_("The answers changed since the preview. Look at it again."))
    note_audit("take_workbook", response, by=by, now=now,
               after={"workbook": returned.digest, "changes": taken.changes})  # fmt: skip
    return taken


class _Taking:
    def __init__(self, response: Response, returned: Returned, by: Viewer, now: datetime) -> None:
        self.response = locked_response(response.pk)
        self.returned, self.by, self.now = returned, by, now
        is_entered = enters_for(by, self.response)
        asked = self.response.invitation
        self.house = asked.organisation_id if is_entered and asked else None
        self.source = Source.SECRETARIAT if is_entered else Source.XLSX
        self.before = heads_of(self.response)

    def take(self) -> Taken:
        reading = read_back(self.by, self.response, self.returned, self.now)
        taken = Taken(strays=list(reading.strays))
        added = self.add(reading, taken)
        meant = [one for one in reading.cells if not (one.is_same or one.why)]
        outcomes = self.write([self.change(one) for one in meant])
        fates = {id(one): outcome for one, outcome in zip(meant, outcomes, strict=True)}
        for one in reading.cells:
            taken.cells.append(self.fate(one, fates.get(id(one))))
        removed = self.remove(reading.removed, taken)
        taken.added, taken.removed = len(added), len(removed)
        taken.undo = self.undo(taken, added, removed)
        return taken

    def add(self, reading: Reading, taken: Taken) -> list[str]:
        """Add the new entries; a row that may not be added is named."""
        done = []
        for row, parent, key in reading.added:
            try:
                with transaction.atomic():
                    self.add_one(row, parent, key)
            except (Refused, Denied) as error:
                taken.strays.append(_row_stray(row, error))
            else:
                done.append(key)
        return done

    def add_one(self, row: RowAct, parent: str, key: str) -> None:
        gone = Entry.objects.filter(response=self.response, key=key, is_removed=True).exists()
        if gone:
            restore_entry(
                response=self.response, key=key, by=self.by, now=self.now, source=self.source,
                on_behalf_of=self.house,
            )  # fmt: skip
            return
        add_entry(
            response=self.response, repeat_path=row.repeat_path, parent=parent, key=key, by=self.by,
            now=self.now, source=self.source, on_behalf_of=self.house,
        )  # fmt: skip

    def change(self, meant: Meant) -> Change:
        stands = self.before.get(meant.ref)
        name = (
            f"{self.returned.digest} {meant.ref} {stands.answer_id if stands else 0} {meant.value}"
        )
        client_id = hashlib.sha256(name.encode()).hexdigest()[:32]
        return Change(client_id, meant.ref, meant.base, meant.value, meant.reason)

    def write(self, changes: Sequence[Change]) -> list[Outcome]:
        outcomes: list[Outcome] = []
        for start in range(0, len(changes), MOST_CHANGES):
            outcomes += write_answers(
                response=self.response, changes=changes[start : start + MOST_CHANGES], by=self.by,
                now=self.now, source=self.source, on_behalf_of=self.house,
            ).outcomes  # fmt: skip
        return outcomes

    def fate(self, meant: Meant, outcome: Outcome | None) -> CellFate:
        if outcome is not None:
            return CellFate(meant, FATES[outcome.kept], outcome.why)
        return CellFate(meant, Fate.SAME if meant.is_same else Fate.REFUSED, meant.why)

    def remove(self, rows: Sequence[RowAct], taken: Taken) -> list[str]:
        done = []
        for row in rows:
            try:
                with transaction.atomic():
                    remove_entry(
                        response=self.response, key=row.name, by=self.by, now=self.now,
                        source=self.source, on_behalf_of=self.house,
                    )  # fmt: skip
            except (Refused, Denied) as error:
                taken.strays.append(_row_stray(row, error))
            else:
                done.append(row.name)
        return done

    def undo(self, taken: Taken, added: list[str], removed: list[str]) -> Undo:
        places = {one.meant.ref for one in taken.of(Fate.NEW)}
        heads = heads_of(self.response)
        answers = []
        for ref in sorted(places):
            was = self.before.get(ref)
            before = (was.value, was.reason) if was else ("", "")
            answers.append((ref.path, ref.entry, heads[ref].answer_id, *before))
        proposed = [one.meant.ref for one in taken.of(Fate.SUGGESTED)]
        rows = Suggestion.objects.filter(
            response=self.response, by_id=self.by.person_id, at=self.now,
            path__in=[ref.path for ref in proposed],
        )  # fmt: skip
        suggested = tuple(rows.values_list("pk", flat=True)) if proposed else ()
        return Undo(tuple(answers), tuple(added), tuple(removed), suggested)


def _row_stray(row: RowAct, error: Exception) -> Stray:
    why = str(error) if isinstance(error, Refused) else _("This entry is not in your hands.")
    return Stray(row.sheet, row.address, "", why)


@transaction.atomic
def undo_workbook(*, response: Response, undo: Undo, by: Viewer, now: datetime) -> int:
    """Put everything back that a workbook wrote, by further changes; return how many.

    Raises:
        Refused: somebody has changed one of the answers since; then nothing is put back.
    """
    found = locked_response(response.pk)
    is_entered = enters_for(by, found)
    asked = found.invitation
    house = asked.organisation_id if is_entered and asked else None
    source = Source.SECRETARIAT if is_entered else Source.XLSX
    _require_untouched(found, undo)
    for key in undo.removed:
        restore_entry(response=found, key=key, by=by, now=now, source=source, on_behalf_of=house)
    changes = [
        Change(
            hashlib.sha256(f"undo {answer_id}".encode()).hexdigest()[:32], Ref(path, entry),
            answer_id, value, reason,
        )
        for path, entry, answer_id, value, reason in undo.answers
        if entry not in undo.added
    ]  # fmt: skip
    for start in range(0, len(changes), MOST_CHANGES):
        written = write_answers(
            response=found, changes=changes[start : start + MOST_CHANGES], by=by, now=now,
            source=source, on_behalf_of=house,
        )  # fmt: skip
        if any(one.kept not in {Kept.SAVED, Kept.SAME} for one in written.outcomes):
            raise Refused(_("An answer cannot be put back any more. Change the answers by hand."))
    for key in reversed(undo.added):
        remove_entry(response=found, key=key, by=by, now=now, source=source, on_behalf_of=house)
    Suggestion.objects.filter(pk__in=undo.suggested).update(
        state=SuggestionState.DECLINED, closed_by_id=by.person_id, closed_at=now
    )
    note_audit("undo_workbook", found, by=by, now=now, after={"changes": len(undo.answers)})
    return len(undo.answers) + len(undo.added) + len(undo.removed) + len(undo.suggested)


def _require_untouched(found: Response, undo: Undo) -> None:
    """Refuse where somebody changed an answer, wrote in a new entry, or decided on a text since."""
    wrote = {(path, entry): answer_id for path, entry, answer_id, *_rest in undo.answers}
    heads = AnswerHead.objects.filter(response=found).exclude(answer__source=Source.CALCULATION)
    new = set(undo.added)
    for path, entry, number in heads.values_list("path", "entry", "answer_id"):
        is_other = wrote.get((path, entry), number) != number
        if is_other or (entry in new and (path, entry) not in wrote):
            raise Refused(_("Somebody changed these answers since. Change them by hand."))
    open_now = Suggestion.objects.filter(pk__in=undo.suggested, state=SuggestionState.OPEN)
    if open_now.count() != len(undo.suggested):
        raise Refused(_("A proposed text was decided on since. Nothing was put back."))
