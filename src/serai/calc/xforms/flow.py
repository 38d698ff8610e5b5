"""Recalculation: runs the rules of a form in order, all of them or only those a change reaches."""

import heapq
import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from serai.calc.xforms.answers import as_answer
from serai.calc.xforms.focus import CannotEvaluate, Env, Focus
from serai.calc.xforms.form import (
    CALCULATE,
    COUNT,
    READONLY,
    RELEVANT,
    REQUIRED,
    CompiledForm,
    Repeat,
    Rule,
    Seed,
)
from serai.calc.xforms.frames import Cell, Frame, all_frames, inside
from serai.calc.xforms.tree import DOCUMENT, ELEMENT, Node
from serai.calc.xforms.values import Profile, Rules
from serai.calc.xforms.wording import FormHost, offered_values, ranked

# Entries of one repeat, and of a whole response: counts inside counts multiply.
MAX_ENTRIES = 5_000
MAX_ALL_ENTRIES = 20_000
# Runs after one change of rules that read other entries: some seconds at most.
MOST_CROSSINGS = 200_000


class Ref(NamedTuple):
    """Names an answer: the path without positions, and the key of the entry it stands in."""

    path: str
    entry: str = ""


class NeverSettles(ValueError):
    """Entries are calculated from each other and never come to rest.

    Attributes:
        path: of the field that is calculated anew and anew.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"{path}: entries are calculated from each other and never come to rest.")


class EntryAt(NamedTuple):
    """Names an entry: its repeat's path, the entry around it ("" for none), its own key."""

    repeat_path: str
    parent: str
    key: str


@dataclass(slots=True)
class Delta:
    """What a change brought about, itself included.

    Attributes:
        values: answers that changed.
        relevant, read_only, required: fields whose property changed.
        choices: fields whose choices may have changed.
        entries: entries that came (true) or went (false).
    """

    values: dict[Ref, str] = field(default_factory=dict)
    relevant: dict[Ref, bool] = field(default_factory=dict)
    read_only: dict[Ref, bool] = field(default_factory=dict)
    required: dict[Ref, bool] = field(default_factory=dict)
    choices: set[Ref] = field(default_factory=set)
    entries: dict[EntryAt, bool] = field(default_factory=dict)


def ref_of(cell: Cell) -> Ref:
    """Return the name of a cell's answer."""
    return Ref(cell.spec.path, cell.frame.key)


class Flow:
    """The frames of one response and the rules that run over them.

    Attributes:
        delta: gathers what changes until it is taken.
        fresh: entries created since they were last looked at, for `odk-new-repeat`.
        failures: what rules could not evaluate, by path and property.
    """

    def __init__(self, form: CompiledForm, env: Env) -> None:
        self.form = form
        self.rules = Rules(Profile.FORM, env.zone)
        self.delta = Delta()
        self.fresh: list[Frame] = []
        self.failures: dict[tuple[str, str], str] = {}
        self.by_key: dict[str, Frame] = {}
        self.queue: list[tuple[Any, ...]] = []
        self.queued: set[tuple[int, int]] = set()
        self.counter = itertools.count()
        self.next_key = itertools.count(1)
        self.is_full = True
        self.document = Node(DOCUMENT)
        self.root = Frame(form, -1, form.seed, None, "")
        self.by_key[""] = self.root
        top = self.root.cells[0]
        top.parent = self.document
        self.document.children = [top]
        self.focus = Focus(
            top, root=self.document, rules=self.rules, env=env, host=FormHost(form),
            scope=self.root,
        )  # fmt: skip

    def take(self) -> Delta:
        """Return what changed since the last time."""
        taken, self.delta = self.delta, Delta()
        return taken

    def at(self, cell: Node, frame: Frame) -> Focus:
        """Return the focus, moved to a cell; the same object each time."""
        focus = self.focus
        focus.node = focus.current = cell
        focus.scope = frame
        return focus

    # ------------------------------------------------------------------ running rules

    def run_all(self, *, keeps_volatile: bool) -> None:
        """Run every rule once, in order.

        Args:
            keeps_volatile: leave now(), random() and the like where an answer stands already.
        """
        self.is_full = True
        for stage in self.form.stages:
            for frame in inside(self.root, stage[0].chain):
                for rule in stage:
                    if rule.is_volatile and keeps_volatile and self.cell(rule, frame).text:
                        continue
                    self.apply(rule, frame)
        self.is_full = False
        self.settle()

    def settle(self) -> None:
        """Run what is queued, each rule once for each entry, in order.

        Rules that read other entries may run again when those change; entries that read each other
        would so for ever.

        Raises:
            NeverSettles: they do; what is queued is dropped, and the state is good for nothing.
        """
        left = MOST_CROSSINGS
        while self.queue:
            *_, rule, frame = heapq.heappop(self.queue)
            self.queued.discard((rule.index, id(frame)))
            if frame.is_gone:
                continue
            if rule.is_crossing:
                left -= 1
                if left < 0:
                    self.queue.clear()
                    self.queued.clear()
                    raise NeverSettles(self.form.specs[rule.spec].path)
            self.apply(rule, frame)

    def push(self, rule: Rule, frames: Iterable[Frame]) -> None:
        """Queue a rule for some entries."""
        component, rank = rule.order
        for frame in frames:
            key = (rule.index, id(frame))
            if key not in self.queued:
                self.queued.add(key)
                place = frame.place() if rule.is_crossing else ()
                item = (component, place, rank, next(self.counter), rule, frame)
                heapq.heappush(self.queue, item)

    def cell(self, rule: Rule, frame: Frame) -> Cell:
        spec = self.form.specs[rule.spec]
        return frame.cells[spec.slot] if rule.property != COUNT else self.root.cells[0]

    def apply(self, rule: Rule, frame: Frame) -> None:
        """Run one rule in one frame and take over what it gives."""
        if rule.property == COUNT:
            self.apply_count(rule, frame)
            return
        cell = frame.cells[self.form.specs[rule.spec].slot]
        focus = self.focus
        focus.node = focus.current = cell
        focus.scope = frame
        try:
            value = rule.run(focus)
        except CannotEvaluate as fault:
            self.failures[cell.spec.path, rule.property] = str(fault)
            value = "" if rule.property == CALCULATE else []
        if rule.property == CALCULATE:
            text = as_answer(value, cell.spec.type, self.rules)
            if text != cell.text and not cell.spec.children:
                self.write(cell, text)
        elif rule.property == RELEVANT:
            self.set_relevant(cell, value is True)
        elif rule.property == READONLY:
            self.set_readonly(cell, value is True)
        elif rule.property == REQUIRED:
            if cell.required is not (value is True):
                cell.required = value is True
                self.delta.required[ref_of(cell)] = cell.required
        else:
            self.apply_choices(cell)

    def apply_choices(self, cell: Cell) -> None:
        self.delta.choices.add(ref_of(cell))
        control = cell.spec.control
        if control is not None and control.kind == "rank" and cell.asked:
            text = ranked(cell.asked, offered_values(cell, self.at(cell, cell.frame)))
            if text != cell.text:
                self.write(cell, text)

    # ------------------------------------------------------------------ what changes

    def write(self, cell: Cell, text: str) -> None:
        """Put a text into a cell and queue all that reads it."""
        cell.write(text)
        self.delta.values[Ref(cell.spec.path, cell.frame.key)] = text
        self.mark(cell)

    def mark(self, cell: Cell) -> None:
        """Queue the rules that read a cell, in the entries that it concerns."""
        if self.is_full:
            return
        for rule, is_other in self.form.readers[cell.spec.index]:
            self.push(rule, self.concerned(rule, cell.frame, is_other))

    def concerned(self, rule: Rule, frame: Frame, is_other: bool) -> list[Frame]:
        """Return the frames in which a rule may read what changed in a frame."""
        if not rule.chain:
            return [self.root]
        chain = self.form.chain(frame.cells[0].spec.index) if frame.repeat >= 0 else ()
        shared = 0
        if not is_other:
            limit = min(len(chain), len(rule.chain))
            while shared < limit and chain[shared] == rule.chain[shared]:
                shared += 1
        if shared == len(chain) == len(rule.chain):
            return [frame]
        return inside(frame.above(shared), rule.chain[shared:])

    def set_relevant(self, cell: Cell, is_relevant: bool) -> None:
        """Set a field's own relevance; what stands below follows."""
        if cell.own_relevant is not is_relevant:
            cell.own_relevant = is_relevant
            self.spread_relevant(cell)

    def spread_relevant(self, cell: Cell) -> None:
        """Work out relevance anew for a cell and all below it."""
        waiting: list[Node] = [cell]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, Cell) or one.parent is None:
                continue
            is_relevant = one.own_relevant and one.parent.relevant
            if one.relevant is not is_relevant:
                one.relevant = is_relevant
                self.delta.relevant[ref_of(one)] = is_relevant
                self.mark(one)
                waiting.extend(one.children)

    def set_readonly(self, cell: Cell, is_readonly: bool) -> None:
        """Set whether a field itself is read-only; what stands below follows."""
        if cell.own_readonly is not is_readonly:
            cell.own_readonly = is_readonly
            self.spread_readonly(cell)

    def spread_readonly(self, cell: Cell) -> None:
        """Work out anew what is read-only for a cell and all below it."""
        waiting: list[Node] = [cell]
        while waiting:
            one = waiting.pop()
            if not isinstance(one, Cell):
                continue
            above = isinstance(one.parent, Cell) and one.parent.readonly
            if one.readonly is not (one.own_readonly or above):
                one.readonly = not one.readonly
                self.delta.read_only[ref_of(one)] = one.readonly
                waiting.extend(one.children)

    # ------------------------------------------------------------------ entries

    def apply_count(self, rule: Rule, frame: Frame) -> None:
        """Bring a repeat to its wanted number of entries; a blank count keeps what there is."""
        spec = self.form.specs[rule.spec]
        # The count is seen from the repeat's own node, of which there may be none yet.
        node = Node(ELEMENT, spec.name, prefix=spec.prefix, uri=spec.uri)
        node.parent = frame.cells[self.form.specs[spec.parent].slot]
        try:
            number = rule.run(self.at(node, frame))
        except CannotEvaluate as fault:
            self.failures[spec.path, COUNT] = str(fault)
            return
        if number == number:
            wanted = int(max(0.0, min(number, float(self.most(frame, spec.repeat)))))
            if wanted < number - 1:
                self.failures[spec.path, COUNT] = f"{spec.path} would have too many entries."
            self.resize(frame, self.form.repeats[spec.repeat], wanted)

    def most(self, frame: Frame, repeat: int) -> int:
        """Return how many entries a repeat may have here."""
        have = len(frame.entries[repeat]) + len(frame.hidden[repeat])
        return min(MAX_ENTRIES, have + max(0, MAX_ALL_ENTRIES - len(self.by_key)))

    def resize(self, frame: Frame, repeat: Repeat, wanted: int) -> None:
        """Hide entries from the end, or bring them back, or make new ones."""
        entries, hidden = frame.entries[repeat.index], frame.hidden[repeat.index]
        if len(entries) == wanted:
            return
        changed: list[Frame] = []
        since = min(len(entries), wanted)
        while len(entries) > wanted:
            gone = entries.pop()
            hidden.insert(0, gone)
            self.leave(gone)
        while len(entries) < wanted:
            entry = hidden.pop(0) if hidden else self.new_frame(frame, repeat, "")
            entries.append(entry)
            changed.append(entry)
        self.rearranged(frame, repeat, since)
        for entry in changed:
            self.enter(entry)

    def new_frame(self, frame: Frame, repeat: Repeat, key: str) -> Frame:
        """Make an entry with its defaults and the entries that these hold."""
        entry = self.bare_frame(frame, repeat, key)
        self.fresh.append(entry)
        self.fill(entry)
        return entry

    def bare_frame(self, frame: Frame, repeat: Repeat, key: str) -> Frame:
        """Make an entry with the defaults of its position, else the template's."""
        seeds = frame.seeds.get(repeat.index, [])
        place = len(frame.entries[repeat.index])
        seed: Seed = seeds[place] if place < len(seeds) else repeat.template
        while not key or key in self.by_key:
            key = str(next(self.next_key))
        entry = self.by_key[key] = Frame(self.form, repeat.index, seed, frame, key)
        return entry

    def fill(self, frame: Frame) -> None:
        """Give a new frame the entries that the form gives it."""
        for index in frame.entries:
            repeat = self.form.repeats[index]
            seeds = frame.seeds.get(index, [])
            least = 1 if repeat.is_fixed else 0
            for _ in range(max(len(seeds), least)):
                frame.entries[index].append(self.new_frame(frame, repeat, ""))
            if frame.entries[index]:
                self.relink(frame, repeat)

    def relink(self, frame: Frame, repeat: Repeat) -> None:
        holder = self.form.specs[self.form.specs[repeat.spec].parent]
        frame.link(self.form, frame.cells[holder.slot])

    def rearranged(self, frame: Frame, repeat: Repeat, since: int) -> None:
        """Put entries into the tree and queue whoever notices that some came or went.

        Args:
            frame: the frame around the entries.
            repeat: which repeat.
            since: index of the first entry whose place changed.
        """
        self.relink(frame, repeat)
        self.document.order = 0  # numbered anew when its order is next asked for
        if self.is_full:
            return
        for rule, is_other in self.form.entry_readers[repeat.index]:
            self.push(rule, self.concerned(rule, frame, is_other))
        for rule in self.form.order_readers[repeat.index]:
            for entry in frame.entries[repeat.index][since:]:
                self.push(rule, inside(entry, rule.chain[entry.depth :]))

    def enter(self, entry: Frame) -> None:
        """Take an entry and all inside it into the response, and queue its rules."""
        self.spread_relevant(entry.cells[0])
        self.spread_readonly(entry.cells[0])
        for frame in all_frames(entry):
            frame.is_gone = False
            self.delta.entries[self.named(frame)] = True
            if not self.is_full:
                for rule in self.form.rules_at[frame.repeat]:
                    self.push(rule, [frame])

    def leave(self, entry: Frame) -> None:
        """Take an entry and all inside it out of the response."""
        for frame in all_frames(entry):
            frame.is_gone = True
            self.delta.entries[self.named(frame)] = False

    def named(self, frame: Frame) -> EntryAt:
        """Return the name of an entry."""
        path = self.form.specs[self.form.repeats[frame.repeat].spec].path
        return EntryAt(path, frame.parent.key if frame.parent else "", frame.key)
