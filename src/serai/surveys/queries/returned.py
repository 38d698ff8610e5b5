"""A workbook that came back: what its cells mean as answers to the form as it is now."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from serai.base.access import Viewer
from serai.calc.xforms import CannotChange, Change, Ref, compare
from serai.surveys.models import Answer, FormVersion, Response
from serai.surveys.queries.filling import Filling, Stands, heads_at, page_entry
from serai.surveys.queries.forms import compiled, narrow_of, part_of
from serai.surveys.queries.own import reasons_of
from serai.surveys.queries.sections import widget_of
from serai.surveys.queries.workbook import MANY, Asked, filling_in, share_in
from serai.surveys.states import VersionState

FILE_NOT_HERE = "file"


@dataclass(frozen=True)
class Given:
    """One answer of a workbook as typed.

    Attributes:
        entry: key of its entry, or the name of a new row.
        base: number of the answer its writer saw; None in an entry's row, which knows `seen`.
        seen: number of the newest answer when the workbook was made.
        text: what stands in the cell; `marks` by choice where several may hold.
        fault: why the cell cannot be read at all, such as a formula without a value.
    """

    sheet: str
    address: str
    path: str
    entry: str
    base: int | None
    seen: int
    text: str = ""
    reason: str = ""
    marks: Mapping[str, str] | None = None
    fault: str = ""


@dataclass(frozen=True)
class RowAct:
    """One row of a repeat that is to be added or taken out; `name` stands for a new one's key."""

    sheet: str
    address: str
    repeat_path: str
    name: str
    parent: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class Stray:
    """A cell that belongs nowhere: its key was changed."""

    sheet: str
    address: str
    text: str
    why: str


@dataclass(frozen=True)
class Returned:
    """A workbook as read.

    Attributes:
        digest: of its bytes: the same file again means the same.
    """

    response: str
    version: str
    language: str
    digest: str
    given: tuple[Given, ...]
    rows: tuple[RowAct, ...]
    strays: tuple[Stray, ...]


@dataclass(frozen=True)
class Meant:
    """One cell as an answer.

    Attributes:
        base: number of the answer that its writer's answer may take the place of.
        before: what stands now, as its reader knows it.
        is_same, why: nothing is meant by it, or it cannot be taken.
    """

    given: Given
    ref: Ref
    question: str
    value: str = ""
    reason: str = ""
    base: int = 0
    before: str = ""
    after: str = ""
    is_same: bool = False
    why: str = ""


@dataclass
class Reading:
    """What a whole workbook means.

    Attributes:
        added: repeat, parent and key of each new entry, outer ones first.
        removed: keys of entries to take out.
    """

    cells: list[Meant] = field(default_factory=list)
    added: list[tuple[RowAct, str, str]] = field(default_factory=list)
    removed: list[RowAct] = field(default_factory=list)
    strays: list[Stray] = field(default_factory=list)


def read_back(viewer: Viewer, found: Response, returned: Returned, now: datetime) -> Reading:
    """Say what a workbook means, against the form and the answers as they are now."""
    return _Reader(viewer, found, returned, now).read()


class _Reader:
    def __init__(self, viewer: Viewer, found: Response, returned: Returned, now: datetime) -> None:
        self.found, self.returned = found, returned
        self.filling: Filling = filling_in(viewer, found, now, returned.language)
        self.state = self.filling.state
        self.share = share_in(viewer, found)
        self.paths = paths_since(found, returned.version)
        self.reasons = {word.casefold(): code for code, word in reasons_of(found)}
        bases = {one.base for one in returned.given if one.base}
        rows = Answer.objects.filter(response=found, pk__in=bases)
        self.seen = {(row.pk, Ref(row.path, row.entry)): (row.value, row.reason) for row in rows}
        self.then: dict[int, dict[Ref, Stands]] = {}
        self.keys: dict[str, str] = {}

    def read(self) -> Reading:
        reading = Reading(strays=list(self.returned.strays))
        self.rows(reading)
        for given in self.returned.given:
            reading.cells.append(self.cell(given))
        return reading

    # ------------------------------------------------------------ entries
    def rows(self, reading: Reading) -> None:
        """Place new entries, so that their cells can be read; note which are to go."""
        there = {one.key for one in self.state.all_entries()}
        for row in self.returned.rows:
            path = self.repeat(row.repeat_path)
            if not row.is_new:
                if row.name in there:
                    reading.removed.append(row)
                continue
            key = hashlib.sha256(f"{self.returned.digest} {row.name}".encode()).hexdigest()[:32]
            parent = self.keys.get(row.parent, row.parent)
            if key not in there:
                try:
                    self.state.add_entry(path, parent, key)
                except (CannotChange, KeyError):
                    why = _("No entry can be added here: the form fixes them.")
                    reading.strays.append(Stray(row.sheet, row.address, "", why))
                    continue
                reading.added.append((replace(row, repeat_path=path), parent, key))
            self.keys[row.name] = key

    def repeat(self, path: str) -> str:
        """Return a repeat's path in the form of now: where its questions went."""
        for old, (new, _why) in self.paths.items():
            if new and old.startswith(f"{path}/"):
                spec = self.filling.form.spec(new)
                if spec.repeat >= 0:
                    return self.filling.form.specs[self.filling.form.repeats[spec.repeat].spec].path
        return path

    # ------------------------------------------------------------ one cell
    def cell(self, given: Given) -> Meant:
        path, why = self.paths.get(given.path, (given.path, ""))
        ref = Ref(path, self.keys.get(given.entry, given.entry))
        meant = Meant(given, ref, given.path, why=given.fault or why)
        try:
            asked = self.asked(ref)
        except KeyError:
            return replace(
                meant, why=why or _("This question, or its entry, is not in the form any more.")
            )
        if not self.reads(ref):
            # All alike, whatever is typed: “same as before” would tell who guesses what stands there.
            return replace(meant, why=_("This question is not in your hands."))
        meant = replace(meant, question=asked.label)
        if meant.why:
            return meant
        return self.meaning(meant, asked)

    def reads(self, ref: Ref) -> bool:
        """Tell whether the viewer reads a place: what stands elsewhere is not told them."""
        part = part_of(self.filling.form, ref.path)
        slug, entry = (part.slug if part else ""), page_entry(self.filling, ref.entry)
        narrow = narrow_of(self.filling.form, ref.path)
        return self.share.reads(slug, entry, narrow)

    def asked(self, ref: Ref) -> Asked:
        cell = self.state.cell(ref)
        control = cell.spec.control
        if control is None or cell.spec.is_group:
            raise KeyError(ref)
        has_choices = bool(control.items or control.itemset)
        return Asked(
            ref, widget_of(control, cell.spec.type, is_locked=cell.readonly), cell.spec.type,
            self.state.label(control, ref.entry), cell.text,
            choices=tuple((one.value, one.label) for one in self.state.choices(ref))
            if has_choices else (),
        )  # fmt: skip

    def meaning(self, meant: Meant, asked: Asked) -> Meant:
        """Compare three answers: what was seen, what stands, what came back."""
        given, stands = meant.given, self.filling.heads.get(meant.ref)
        seen = self.seen_at(given, meant.ref)
        now = (stands.value, stands.reason) if stands else ("", "")
        value, reason, why = self.typed(given, asked, seen)
        said = _said(asked, *now), _said(asked, value, reason)
        meant = replace(
            meant, value=value, reason=reason, before=said[0], after=said[1] or given.text
        )
        if (value, reason) in {seen, now} and not why:
            return replace(meant, is_same=True)
        if asked.widget == "file":
            return replace(meant, why=_("Files are handed in on the page."))
        if why:
            return replace(meant, why=why)
        try:
            self.state.set(meant.ref, value)
        except CannotChange as error:
            return replace(meant, why=str(error))
        # The same text under another number is what its writer saw: a later version carried it.
        base = stands.answer_id if stands and now == seen else (given.base or 0)
        if given.base is None and now != seen:
            base = -1
        return replace(meant, base=base)

    def seen_at(self, given: Given, ref: Ref) -> tuple[str, str]:
        if given.base is not None:
            places = (ref, Ref(given.path, given.entry))  # it may have moved since
            found = (self.seen.get((given.base, place)) for place in places)
            return next((one for one in found if one is not None), ("", ""))
        if given.entry in self.keys:
            return "", ""
        if given.seen not in self.then:
            self.then[given.seen] = heads_at(self.found, given.seen)
        heads = self.then[given.seen]
        stands = heads.get(Ref(given.path, given.entry)) or heads.get(ref)
        return (stands.value, stands.reason) if stands else ("", "")

    def typed(self, given: Given, asked: Asked, seen: tuple[str, str]) -> tuple[str, str, str]:
        """Return value, reason and what is wrong with what was typed."""
        if given.marks is not None or asked.widget in MANY:
            value, why = _marked(given.marks or {}, asked, seen[0])
        else:
            value, why = _single(given.text, asked, seen[0])
        typed = given.reason.strip()
        inner = given.text.strip().removeprefix("[").removesuffix("]")
        if not typed and f"[{inner}]" == given.text and inner.casefold() in self.reasons:
            typed, value, why = inner, "", ""
        if not typed or why:
            return value, "", why
        reason = self.reasons.get(typed.casefold())
        if reason is None:
            return value, "", _("“%(text)s” is none of the reasons. Choose one.") % {"text": typed}
        if value and (value, reason) != seen:
            if value != seen[0]:
                # An answer written beside the reason that stood there takes its place.
                return (value, "", "") if reason == seen[1] else (
                    value, "", _("Give either an answer or a reason, not both.")
                )  # fmt: skip
            return "", reason, ""
        return value, reason, ""


def _single(text: str, asked: Asked, seen: str) -> tuple[str, str]:
    if asked.widget == "file":
        return (seen if text == seen.partition(" ")[2] else text), ""
    if asked.widget == "tick":
        return ((seen or "OK") if text else ""), ""
    if not asked.choices or not text:
        # Cells lose blanks at both ends; an answer that differs in nothing else is the same.
        return (seen if text == plain_text(seen) else text), ""
    for value, label in asked.choices:
        if text.casefold() in {label.casefold(), value.casefold(), f"{label} ({value})".casefold()}:
            return value, ""
    if text == seen:
        return seen, ""
    return text, _("“%(text)s” is none of the choices. Choose from the list.") % {"text": text}


def plain_text(value: str) -> str:
    """Return a text as a cell gives it back."""
    return value.replace("\r\n", "\n").strip()


def _marked(marks: Mapping[str, str], asked: Asked, seen: str) -> tuple[str, str]:
    before = seen.split()
    values = [value for value, _label in asked.choices]
    if unknown := [one for one in marks if one not in values and marks[one]]:
        return seen, _("“%(text)s” is not offered here.") % {"text": unknown[0]}
    if asked.widget == "rank":
        return _ranked(marks, before)
    chosen = {one for one in values if marks.get(one, one in before)}
    if chosen == set(before):
        return seen, ""
    return " ".join(one for one in values if one in chosen), ""


def _ranked(marks: Mapping[str, str], before: list[str]) -> tuple[str, str]:
    numbers = {one: text for one, text in marks.items() if text}
    wrong = next((text for text in numbers.values() if not text.isdigit()), "")
    if wrong or len(set(numbers.values())) < len(numbers):
        return " ".join(before), _("Write 1, 2, 3 beside the choices, each number once.")
    return " ".join(sorted(numbers, key=lambda one: int(numbers[one]))), ""


def _said(asked: Asked, value: str, reason: str) -> str:
    labels = dict(asked.choices)
    if reason:
        return f"[{reason}]"
    if asked.widget == "file":
        return value.partition(" ")[2]
    return ", ".join(labels.get(one, one) for one in value.split()) if labels else value


def paths_since(found: Response, version: str) -> dict[str, tuple[str, str]]:
    """Return where each question of a former version stands now, and why one cannot be taken.

    Versions are compared one after the other, as answers were carried; empty for the same version.
    """
    steps = list(
        FormVersion.objects.filter(
            survey_id=found.version.survey_id, number__lte=found.version.number,
            state__in=[VersionState.PUBLISHED, VersionState.SUPERSEDED],
        )
        .order_by("number")
        .defer("xform", "sheets", "warnings")
    )  # fmt: skip
    names = [one.version for one in steps]
    if version not in names or version == found.version.version:
        return {}
    steps = steps[names.index(version) :]
    paths = {spec.path: (spec.path, "") for spec in compiled(steps[0]).specs if not spec.is_group}
    for before, after in zip(steps, steps[1:], strict=False):
        changes = compare(compiled(before), compiled(after), after.moves).by_old()
        for old, (path, why) in paths.items():
            change = changes.get(path)
            if why or change is None:
                continue
            if not change.new or Change.REMOVED in change.changes:
                paths[old] = ("", _("A later version of the form does not ask this any more."))
            elif Change.REPEAT_CHANGED in change.changes:
                paths[old] = (
                    change.new,
                    _("A later version of the form asks this elsewhere. Answer it on the page."),
                )
            else:
                paths[old] = (change.new, "")
    return paths
