"""A table of translations that came back: what it changes, what is wrong with it, packed for later."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.utils.translation import gettext as _

from serai.base.access import ServedRequest
from serai.base.imports import Fault
from serai.base.tables import Column, SheetFault, Table, read_sheet
from serai.base.xlsform import translations_in
from serai.surveys import queries
from serai.surveys.forms import TableForm
from serai.surveys.queries.phrases import LanguageOf, quotes, source_hash

KEPT_SECONDS = 2 * 3600
SALT, UNDO_SALT = "serai.surveys.phrases", "serai.surveys.phrases_undo"
MOST_SHOWN = 200


@dataclass(frozen=True)
class Kept:
    """What a preview carries: texts and what was seen, by the hash of their source."""

    texts: Mapping[str, str]
    seen: Mapping[str, str]


@dataclass(frozen=True)
class KeptUndo:
    """What undoing needs: what stood before, and what the table wrote."""

    before: Mapping[str, tuple[str, str]]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Change:
    """One text that the table changes."""

    source: str
    old: str
    new: str


@dataclass(frozen=True)
class Read:
    """What a table would do; with any fault nothing is written."""

    changes: Mapping[str, Change]
    seen: Mapping[str, str]
    same: int
    faults: tuple[Fault, ...]

    def table(self) -> Table:
        """Return what changes, old and new beside each other."""
        return Table(
            _("What changes"),
            [Column("source", _("Text")), Column("old", _("Now")), Column("new", _("Then"))],
            [(one.source, one.old, one.new) for one in [*self.changes.values()][:MOST_SHOWN]],
        )

    @property
    def left_out(self) -> int:
        """Return how many changes are not shown."""
        return max(0, len(self.changes) - MOST_SHOWN)

    def packed(self) -> str:
        """Return what the preview's form carries."""
        texts = {name: one.new for name, one in self.changes.items()}
        seen = {name: self.seen[name] for name in texts}
        return signing.dumps([texts, seen], salt=SALT, compress=True)


def read(request: ServedRequest, form: TableForm, of: LanguageOf) -> Read | None:
    """Read an uploaded table; None where it is no such table, said at the field."""
    if not form.is_valid():
        return None
    file = form.cleaned_data["table"]
    try:
        sheet = read_sheet(file.read(), file.name)
        translations_in(sheet)
    except SheetFault as error:
        form.add_error("table", str(error))
        return None
    sources = queries.sources_by_key(of)
    known = {row.hash: row for row in queries.phrases(request.viewer, of)}
    changes: dict[str, Change] = {}
    first: dict[str, tuple[int, str]] = {}
    faults: list[Fault] = []
    same = 0
    for row in sheet[1:]:
        key, text = row[0], row[2].strip()
        if not text:
            continue
        source = sources.get(key)
        name = source_hash(source) if source is not None else ""
        why = _wrong(source, text, first.get(name))
        if why:
            faults.append(Fault(sheet.name, row.number, sheet[0][0 if source is None else 2], why))
            continue
        first.setdefault(name, (row.number, text))
        if text == known[name].text:
            same += name not in changes
        else:
            changes[name] = Change(known[name].source, known[name].text, text)
    seen = {name: row.seen for name, row in known.items()}
    return Read(changes, seen, same, tuple(faults))


def _wrong(source: str | None, text: str, first: tuple[int, str] | None) -> str:
    """Say what is wrong with one row; "" for nothing."""
    if source is None:
        return _("The form has no such text. Download the table again.")
    if quotes(text) != quotes(source):
        return _("It must quote the same answers as the original, such as ${name}.")
    if first is not None and first[1] != text:
        return _("Row {row} translates the same text otherwise. Write one of the two.").format(
            row=first[0]
        )
    return ""


def unpacked(text: str) -> Kept | None:
    """Return what a preview carried; None when it is older than two hours or not ours."""
    try:
        texts, seen = signing.loads(text, salt=SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return Kept(texts, seen)


def pack_undo(before: Mapping[str, tuple[str, str]], texts: Mapping[str, str]) -> str:
    """Return what the button that undoes carries."""
    wrote = {name: texts[name] for name in before}
    return signing.dumps([dict(before), wrote], salt=UNDO_SALT, compress=True)


def unpacked_undo(text: str) -> KeptUndo | None:
    """Return what undoing needs; None when it is older than two hours or not ours."""
    try:
        before, texts = signing.loads(text, salt=UNDO_SALT, max_age=KEPT_SECONDS)
    except signing.BadSignature:
        return None
    return KeptUndo({name: (was[0], was[1]) for name, was in before.items()}, texts)
