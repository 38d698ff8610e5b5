"""What a response's workbook holds: its questions as the viewer reads them, in the form's order."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from serai.base.access import Viewer
from serai.calc.xforms import CannotChange, Control, FormState, Ref, Spec
from serai.surveys import access
from serai.surveys.access import Share
from serai.surveys.models import Answer, Response
from serai.surveys.queries.filling import Filling, env_of, opened, page_entry
from serai.surveys.queries.forms import Part, heading, narrow_of, parts_of, tag_of
from serai.surveys.queries.responses import enters_for
from serai.surveys.queries.sections import widget_of

MANY = frozenset({"many", "rank"})
NO_ANSWER = frozenset({"result", "note"})


# A repeat on a page: its path, what is asked in it, the controls that may name it.
Inside = tuple[str, Sequence[Control], tuple[Control, ...]]


@dataclass(frozen=True)
class Asked:
    """One question at one place.

    Attributes:
        choices: value and label of each.
        base: number of the answer that stands, 0 for none.
    """

    ref: Ref
    widget: str
    type: str
    label: str
    value: str = ""
    reason: str = ""
    base: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    is_relevant: bool = True

    @property
    def takes_answer(self) -> bool:
        """Tell whether a person answers it here; files are handed in on the page."""
        return self.widget not in NO_ANSWER


@dataclass(frozen=True)
class Line:
    """One entry of a repeat, with its questions in the order of the grid's columns."""

    key: str
    parent: str
    number: int
    asked: tuple[Asked, ...]


@dataclass
class Leaf:
    """One sheet: the questions of a section, or the entries of a repeat.

    Attributes:
        columns: of a repeat, each question once, as a new entry would be asked.
        parent_path: the repeat around this one; "" for none.
    """

    title: str
    asked: list[Asked] = field(default_factory=list)
    repeat_path: str = ""
    parent_path: str = ""
    columns: tuple[Asked, ...] = ()
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Workbook:
    """A response as a workbook, before it is written.

    Attributes:
        seen: number of the newest answer there was.
        language: tag of the language its labels are in.
        hash: names what stands in it.
    """

    response: str
    version: str
    language: str
    seen: int
    leaves: tuple[Leaf, ...]
    hash: str


def share_in(viewer: Viewer, response: Response) -> Share:
    """Return what the viewer fills in here: their own share, or all where they enter a letter."""
    if enters_for(viewer, response):
        return Share(reads_all=True, writes_all=True, reads_narrow=True)
    return access.share_of(viewer, response)


def filling_in(viewer: Viewer, response: Response, now: datetime, language: str) -> Filling:
    """Open a response as the viewer reads it, in a language; never one that others keep open."""
    is_entered = enters_for(viewer, response)
    through = None if is_entered else access.reads_through(viewer, response)
    acts = None if is_entered else access.reads_acts(viewer, response)
    filling = opened(response, now, through=through, acts=acts)
    filling.state.use(env_of(response, now, language=language))
    return filling


def workbook(viewer: Viewer, response: Response, now: datetime, language: str) -> Workbook:
    """Return what the viewer's workbook of a response holds; four queries at most."""
    filling = filling_in(viewer, response, now, language)
    walk = _Walk(filling, share_in(viewer, response))
    leaves = tuple(leaf for part in parts_of(filling.form) for leaf in walk.leaves(part))
    newest = Answer.objects.filter(response=response).order_by("-pk").values_list("pk", flat=True)
    lines = [
        f"{one.ref.path}@{one.ref.entry}\t{one.value}\t{one.reason}"
        for leaf in leaves
        for one in (*leaf.asked, *(cell for line in leaf.lines for cell in line.asked))
    ]
    return Workbook(
        response=response.public_id,
        version=response.version.version,
        language=tag_of(filling.state.flow.focus.env.language),
        seen=newest.first() or 0,
        leaves=leaves,
        hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )


class _Walk:
    def __init__(self, filling: Filling, share: Share) -> None:
        self.filling = filling
        self.state: FormState = filling.state
        self.share = share
        self.tried: set[str] = set()

    def leaves(self, part: Part) -> Iterator[Leaf]:
        """Yield the sheets of one page of the form that the viewer reads something of."""
        title = heading(self.state, part)
        if part.repeat_path:
            named: tuple[Control, ...] = (part.label,) if part.label else ()
            yield from self.repeat(part, part.repeat_path, part.controls, named)
            return
        if not self.share.reads(part.slug, ""):
            return
        leaf = Leaf(title)
        inner: list[Inside] = []
        leaf.asked = list(self.plain(part, part.controls, "", inner))
        if leaf.asked:
            yield leaf
        for path, controls, named in inner:
            yield from self.repeat(part, path, controls, named)

    def plain(
        self, part: Part, controls: Sequence[Control], entry: str,
        inner: list[Inside], around: Control | None = None,
    ) -> Iterator[Asked]:  # fmt: skip
        """Yield the questions outside further repeats, which are put into `inner`."""
        for control in controls:
            if control.kind == "repeat":
                inner.append(self.inside(control, around))
            elif control.kind == "group":
                yield from self.plain(part, control.children, entry, inner, control)
            elif found := self.asked(part, control, entry):
                yield found

    def repeat(
        self, part: Part, path: str, controls: Sequence[Control], named: Sequence[Control]
    ) -> Iterator[Leaf]:
        """Yield the sheet of a repeat, and of those inside it."""
        entries = [
            one for one in self.state.all_entries()
            if one.repeat_path == path and one.key not in self.tried
        ]  # fmt: skip
        readable = [
            one for one in entries
            if self.share.reads(part.slug, page_entry(self.filling, one.key) if part.repeat_path else "")
        ]  # fmt: skip
        if not readable and not self.share.reads(part.slug, ""):
            return
        tried = "" if entries else self.try_entry(path)
        inner: list[Inside] = []
        columns = tuple(self.columns(part, controls, inner))
        spec = self.filling.form.spec(path)
        around = self.filling.form.repeats[spec.repeat].parent
        title = self.called(named) if named else spec.name
        leaf = Leaf(title, repeat_path=path, columns=columns)
        if around >= 0:
            leaf.parent_path = self.filling.form.specs[self.filling.form.repeats[around].spec].path
        for number, one in enumerate(readable, 1):
            cells = {asked.ref.path: asked for asked in self.plain(part, controls, one.key, [])}
            row = tuple(cells.get(each.ref.path, each) for each in columns)
            leaf.lines.append(Line(one.key, one.parent, number, row))
        yield leaf
        for below, children, names in inner:
            yield from self.repeat(part, below, children, names)
        if tried:
            self.tried.discard(tried)
            self.state.remove_entry(tried)

    def try_entry(self, path: str) -> str:
        """Add an entry for as long as a repeat without any is described; "" where none may be."""
        around = self.filling.form.repeats[self.filling.form.spec(path).repeat].parent
        key = f"tried:{path}"
        try:
            parent = self.any_entry(around) if around >= 0 else ""
            self.state.add_entry(path, parent, key)
        except (CannotChange, KeyError):
            return ""
        self.tried.add(key)
        return key

    def columns(
        self, part: Part, controls: Sequence[Control],
        inner: list[Inside], around: Control | None = None,
    ) -> Iterator[Asked]:  # fmt: skip
        """Yield the questions of a repeat as a new entry would be asked them."""
        for control in controls:
            if control.kind == "repeat":
                inner.append(self.inside(control, around))
            elif control.kind == "group":
                yield from self.columns(part, control.children, inner, control)
            elif control.spec >= 0 and not self.is_hidden(part, self.spec(control), ""):
                spec = self.spec(control)
                first = self.first_entry(spec)
                label = self.state.label(control, first) if first else spec.name
                choices = self.choices(control, Ref(spec.path, first)) if first else ()
                widget = widget_of(control, spec.type, is_locked=False)
                yield Asked(Ref(spec.path), widget, spec.type, label, choices=choices)

    def inside(self, control: Control, around: Control | None) -> Inside:
        """Return a repeat that stands inside a page, with what may name it."""
        named = tuple(one for one in (control, around) if one is not None and one.spec >= 0)
        return self.path(control), control.children, named

    def called(self, named: Sequence[Control]) -> str:
        """Return what a repeat is called: as itself, or as the group around it."""
        labels = (self.label_from(one, self.first_entry(self.spec(one))) for one in named)
        return next((label for label in labels if label), self.spec(named[0]).name)

    def label_from(self, control: Control, entry: str) -> str:
        is_outside = self.spec(control).repeat < 0
        return self.state.label(control, entry) if entry or is_outside else ""

    def first_entry(self, spec: Spec) -> str:
        """Return an entry from which a question of a repeat can be read; "" where there is none."""
        return self.any_entry(spec.repeat) if spec.repeat >= 0 else ""

    def any_entry(self, repeat: int) -> str:
        """Return an entry of a repeat; "" where there is none."""
        wanted = self.filling.form.specs[self.filling.form.repeats[repeat].spec].path
        found = (one.key for one in self.state.all_entries() if one.repeat_path == wanted)
        return next(found, "")

    def asked(self, part: Part, control: Control, entry: str) -> Asked | None:
        if control.spec < 0:
            return None
        spec = self.spec(control)
        page = page_entry(self.filling, entry) if part.repeat_path else ""
        if self.is_hidden(part, spec, page):
            return None
        ref = Ref(spec.path, entry)
        cell, stands = self.state.cell(ref), self.filling.heads.get(ref)
        return Asked(
            ref=ref,
            widget=widget_of(control, spec.type, is_locked=cell.readonly),
            type=spec.type,
            label=self.label(control, entry),
            value=cell.text,
            reason=stands.reason if stands else "",
            base=stands.answer_id if stands else 0,
            choices=self.choices(control, ref),
            is_required=cell.required,
            is_relevant=cell.relevant,
        )

    def is_hidden(self, part: Part, spec: Spec, page: str) -> bool:
        narrow = narrow_of(self.filling.form, spec.path)
        return bool(narrow) and not self.share.reads(part.slug, page, narrow)

    def choices(self, control: Control, ref: Ref) -> tuple[tuple[str, str], ...]:
        if not (control.items or control.itemset):
            return ()
        return tuple((one.value, one.label) for one in self.state.choices(ref))

    def label(self, control: Control, entry: str) -> str:
        return self.state.label(control, entry)

    def path(self, control: Control) -> str:
        return self.spec(control).path

    def spec(self, control: Control) -> Spec:
        return self.filling.form.specs[control.spec]
