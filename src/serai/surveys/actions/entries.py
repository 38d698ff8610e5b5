"""Entries of repeats: added, removed, brought back, moved; nothing in them is lost."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from serai.base.access import Denied, Viewer
from serai.calc.xforms import CannotChange, Delta, EntryAt, Ref
from serai.surveys import access
from serai.surveys.actions.acts import Refused, note_audit
from serai.surveys.actions.saving import Draft, Pen, add_row, mark_entry, settle, write_draft
from serai.surveys.models import Entry, Response
from serai.surveys.queries.filling import Filling, borrowed, given_back, opened
from serai.surveys.queries.forms import part_of
from serai.surveys.queries.opening import opening_of
from serai.surveys.queries.responses import enters_for, locked_response
from serai.surveys.queries.workbook import share_in
from serai.surveys.states import EntryVerb, Source


@dataclass
class Work:
    """A response under its lock, whose entries somebody changes."""

    response: Response
    filling: Filling
    pen: Pen

    def done(self, delta: Delta, verb: str, entry: str) -> None:
        """Write what followed from an act on an entry."""
        draft = Draft(calculated=dict(delta.values), shifted={*delta.relevant, *delta.required})
        inside = {entry}
        for one, is_there in delta.entries.items():
            if one.parent in inside and not is_there:
                inside.add(one.key)  # it goes, and comes back, with the entry around it
            elif one.key != entry:
                (draft.came if is_there else draft.went).append(one)
        if draft.is_empty:
            settle(self.response, self.filling, None, self.pen)
            note_audit(
                verb, self.response, by=self.pen.by, now=self.pen.now, after={"entry": entry}
            )
        else:
            write_draft(self.response, self.filling, draft, self.pen, verb)
        transaction.on_commit(partial(given_back, self.response, self.filling))


@transaction.atomic
def add_entry(
    *, response: Response, repeat_path: str, parent: str = "", key: str = "", by: Viewer,
    now: datetime, source: Source = Source.WEB, on_behalf_of: int | None = None,
) -> str:  # fmt: skip
    """Add an entry at the end of a repeat; return its key. The same key again adds nothing."""
    work = _begin(response, by, now, source, on_behalf_of)
    if key and (known := Entry.objects.filter(response=work.response, key=key).first()):
        return known.key
    key = key or uuid4().hex
    _require(work, repeat_path, parent or key)
    try:
        delta = work.filling.state.add_entry(repeat_path, parent, key)
    except (CannotChange, KeyError) as error:
        raise Refused(_("No entry can be added here: the form fixes them.")) from error
    add_row(work.response, EntryAt(repeat_path, parent, key), work.pen, source)
    for ref, text in work.filling.state.answers().items():
        if ref.entry == key:
            delta.values.setdefault(ref, text)
    work.done(delta, "add_entry", key)
    return key


@transaction.atomic
def remove_entry(
    *, response: Response, key: str, by: Viewer, now: datetime, source: Source = Source.WEB,
    on_behalf_of: int | None = None,
) -> None:  # fmt: skip
    """Take an entry out; its answers stay and come back with it."""
    work = _begin(response, by, now, source, on_behalf_of)
    entry = _entry(work, key, is_removed=False)
    try:
        delta = work.filling.state.remove_entry(key)
    except (CannotChange, KeyError) as error:
        raise Refused(_("This entry cannot be removed: the form fixes them.")) from error
    mark_entry(entry, EntryVerb.REMOVE, work.pen, source)
    work.done(delta, "remove_entry", key)


@transaction.atomic
def restore_entry(
    *, response: Response, key: str, by: Viewer, now: datetime, source: Source = Source.WEB,
    on_behalf_of: int | None = None,
) -> None:  # fmt: skip
    """Bring a removed entry back, with its answers."""
    work = _begin(response, by, now, source, on_behalf_of)
    entry = _entry(work, key, is_removed=True)
    _again(
        work, "restore_entry", key, lambda: mark_entry(entry, EntryVerb.RESTORE, work.pen, source)
    )


@transaction.atomic
def move_entry(
    *, response: Response, key: str, by: Viewer, now: datetime, source: Source = Source.WEB
) -> None:
    """Put an entry one place up among its siblings."""
    work = _begin(response, by, now, source)
    entry = _entry(work, key, is_removed=False)
    siblings = list(
        Entry.objects.filter(
            response=work.response, repeat_path=entry.repeat_path, parent=entry.parent,
            is_removed=False,
        )
    )  # fmt: skip
    place = [one.key for one in siblings].index(key)
    siblings.insert(max(0, place - 1), siblings.pop(place))

    def write() -> None:
        for position, one in enumerate(siblings):
            if one.position != position:
                mark_entry(one, EntryVerb.MOVE, work.pen, source, position)

    _again(work, "move_entry", key, write)


def _again(work: Work, verb: str, key: str, write: Callable[[], None]) -> None:
    """Change the stored entries, read the response anew, and write what follows from that."""
    before = work.filling.state.answers()
    write()
    work.filling = opened(work.response, work.pen.now)
    after = work.filling.state.answers()
    differs = {
        ref: after.get(ref, "")
        for ref in sorted({*before, *after})
        if before.get(ref, "") != after.get(ref, "") and _is_calculated(work.filling, ref)
    }
    work.done(Delta(values=differs), verb, key)


def _is_calculated(filling: Filling, ref: Ref) -> bool:
    """Tell whether a place is still there and its text follows from others."""
    return (
        ref.entry in filling.state.flow.by_key and "calculate" in filling.form.spec(ref.path).rules
    )


def _begin(
    response: Response, by: Viewer, now: datetime, source: Source,
    on_behalf_of: int | None = None,
) -> Work:  # fmt: skip
    found = locked_response(response.pk)
    if not (access.may_answer(by, found) or (on_behalf_of and enters_for(by, found))):
        raise Denied("surveys.may_answer")
    if not opening_of(found).lets_entries(found):
        raise Refused(_("The answers are locked: no entry can be added, removed or moved."))
    return Work(found, borrowed(found, now), Pen(by, source, now, on_behalf_of))


def _entry(work: Work, key: str, *, is_removed: bool) -> Entry:
    entry = Entry.objects.filter(response=work.response, key=key, is_removed=is_removed).first()
    if entry is None:
        raise Refused(_("This entry is not there any more. Load the page again."))
    _require(work, entry.repeat_path, key)
    return entry


def _require(work: Work, repeat_path: str, entry: str) -> None:
    """Let only those act on an entry who write on its page."""
    below = next(
        (spec.path for spec in work.filling.form.specs if spec.path.startswith(f"{repeat_path}/")
         and part_of(work.filling.form, spec.path)),
        "",
    )  # fmt: skip
    part = part_of(work.filling.form, below)
    share = share_in(work.pen.by, work.response) if work.pen.by else access.Share()
    if part is None or not share.writes(part.slug, entry):
        raise Denied("surveys.may_answer")
