"""One response being filled: open it, set answers, add and remove entries."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from serai.calc.xforms import events
from serai.calc.xforms.flow import Delta, EntryAt, Flow, Ref, ref_of
from serai.calc.xforms.focus import Env, Focus
from serai.calc.xforms.form import CompiledForm, Control, Repeat, Words
from serai.calc.xforms.frames import Cell, Frame, all_frames
from serai.calc.xforms.wording import (
    Choice,
    choices,
    focus_on,
    in_offered_order,
    message_text,
    offered_values,
    other_forms,
    ranked,
    words_text,
)


class CannotChange(ValueError):
    """The form does not allow the change; says why."""


class FormState:
    """A response as it stands.

    Attributes:
        form: the compiled form.
        flow: its frames and rules.
        unknown: answers given when opening that the form has no place for.
    """

    def __init__(self, form: CompiledForm, env: Env) -> None:
        self.form = form
        self.flow = Flow(form, env)
        self.unknown: dict[Ref, str] = {}

    # ------------------------------------------------------------------ reading

    def cell(self, ref: Ref) -> Cell:
        """Return the cell of an answer.

        Raises:
            KeyError: the form has no such path, or the response no such entry.
        """
        spec = self.form.spec(ref.path)
        frame = self.flow.by_key[ref.entry]
        if frame.repeat != spec.repeat:
            raise KeyError(ref)
        return frame.cells[spec.slot]

    def value(self, ref: Ref) -> str:
        """Return an answer's text as others read it: "" where it is not relevant."""
        cell = self.cell(ref)
        return cell.string() if cell.relevant else ""

    def cells(self) -> Iterable[Cell]:
        """Yield all cells, those outside repeats first."""
        for frame in all_frames(self.flow.root):
            yield from frame.cells

    def answers(self) -> dict[Ref, str]:
        """Return all answers that are not empty, relevant or not."""
        return {ref_of(cell): cell.text for cell in self.cells() if cell.text}

    def entries(self, repeat_path: str, parent: str = "") -> list[str]:
        """Return the keys of a repeat's entries within the entry around it, in order."""
        repeat = self._repeat(repeat_path)
        return [entry.key for entry in self.flow.by_key[parent].entries[repeat.index]]

    def all_entries(self) -> list[EntryAt]:
        """Return all entries, outer ones before those inside them."""
        frames = all_frames(self.flow.root)
        return [self.flow.named(frame) for frame in frames if frame.repeat >= 0]

    def focus(self, cell: Cell) -> Focus:
        """Return a focus of one's own at a cell."""
        return focus_on(self.flow.focus, cell)

    def choices(self, ref: Ref) -> list[Choice]:
        """Return what a question offers now, in the active language."""
        cell = self.cell(ref)
        return choices(cell, self.focus(cell))

    def label(self, control: Control, entry: str = "") -> str:
        """Return a control's label in the active language, outputs filled in."""
        return self._words(control, control.label, entry)

    def hint(self, control: Control, entry: str = "") -> str:
        """Return a control's hint in the active language, outputs filled in."""
        return self._words(control, control.hint, entry)

    def message(self, ref: Ref, kind: str) -> str:
        """Return what the form says where `constraint` or `required` is broken; "" for nothing."""
        cell = self.cell(ref)
        written = cell.spec.messages.get(kind, "")
        return message_text(written, cell.spec.index, self.focus(cell)) if written else ""

    def media(self, control: Control, entry: str = "") -> dict[str, str]:
        """Return what accompanies label and hint by kind: "image", "audio", "guidance" and so on."""
        cell = self._seen_from(control, entry)
        focus = self.focus(cell)
        label, hint = (
            other_forms(words, cell.spec.index, focus) for words in (control.label, control.hint)
        )
        return {**label, **hint}

    def _words(self, control: Control, words: Words | None, entry: str) -> str:
        cell = self._seen_from(control, entry)
        return words_text(words, cell.spec.index, self.focus(cell))

    def _seen_from(self, control: Control, entry: str) -> Cell:
        """Return the cell a control's texts are seen from: its own, or the entry's."""
        frame = self.flow.by_key[entry]
        spec = self.form.specs[control.spec] if control.spec >= 0 else None
        return frame.cells[spec.slot if spec and spec.repeat == frame.repeat else 0]

    # ------------------------------------------------------------------ changing

    def use(self, env: Env) -> Delta:
        """Take another outside world: a later `now`, another language."""
        flow = self.flow
        language_before = flow.focus.env.language
        flow.focus.env = env
        if env.language != language_before:
            for rule in self.form.ordered:
                if rule.uses_texts:
                    flow.push(rule, flow.concerned(rule, flow.root, is_other=False))
        flow.settle()
        return flow.take()

    def set_language(self, language: str) -> Delta:
        """Change the active language."""
        return self.use(replace(self.flow.focus.env, language=language))

    def set(self, ref: Ref, text: str) -> Delta:
        """Take over a person's answer.

        Args:
            ref: which answer.
            text: what to store; any text, broken rules are found by `check`.
        Returns:
            All that changed.
        Raises:
            CannotChange: the field is a group or read-only.
            KeyError: there is no such answer.
        """
        cell = self.cell(ref)
        if cell.spec.is_group:
            raise CannotChange(f"{ref.path} holds other questions and has no answer of its own.")
        if cell.readonly:
            raise CannotChange(f"{ref.path} is read-only.")
        text = self._ordered(cell, text)
        if text != cell.text:
            self.flow.write(cell, text)
            self.flow.settle()
            events.changed(self.flow, cell)
            self._greet()
        return self.flow.take()

    def _ordered(self, cell: Cell, text: str) -> str:
        control = cell.spec.control
        if control is None or control.kind not in {"select", "rank"}:
            return text
        offered = offered_values(cell, self.focus(cell))
        if control.kind == "select":
            return in_offered_order(text, offered)
        cell.asked = text
        return ranked(text, offered) if text and offered else text

    def add_entry(self, repeat_path: str, parent: str = "", key: str = "") -> Delta:
        """Add an entry at the end of a repeat.

        Args:
            repeat_path: which repeat.
            parent: key of the entry around it, "" for none.
            key: name of the new entry; "" to have one made.
        Raises:
            CannotChange: the form fixes the entries, or there are too many, or the key is used.
            KeyError: there is no such repeat or parent.
        """
        repeat, frame = self._repeat(repeat_path), self.flow.by_key[parent]
        self._refuse_fixed(repeat)
        if len(frame.entries[repeat.index]) >= self.flow.most(frame, repeat.index):
            raise CannotChange(f"{repeat_path} cannot have more entries.")
        if key and key in self.flow.by_key:
            raise CannotChange(f"There is an entry “{key}” already.")
        entry = self.flow.new_frame(frame, repeat, key)
        frame.entries[repeat.index].append(entry)
        self.flow.rearranged(frame, repeat, len(frame.entries[repeat.index]) - 1)
        self.flow.enter(entry)
        self.flow.settle()
        self._greet()
        return self.flow.take()

    def remove_entry(self, key: str) -> Delta:
        """Take an entry out, with all inside it.

        Raises:
            CannotChange: the form fixes the entries.
            KeyError: there is no such entry.
        """
        entry = self.flow.by_key[key]
        frame = entry.parent
        if frame is None or entry.is_gone:
            raise KeyError(key)
        repeat = self.form.repeats[entry.repeat]
        self._refuse_fixed(repeat)
        place = frame.entries[repeat.index].index(entry)
        del frame.entries[repeat.index][place]
        self.flow.leave(entry)
        for gone in all_frames(entry):
            del self.flow.by_key[gone.key]
        self.flow.rearranged(frame, repeat, place)
        self.flow.settle()
        return self.flow.take()

    def recalculate(self) -> Delta:
        """Run every rule anew; what is volatile keeps its answers."""
        self.flow.run_all(keeps_volatile=True)
        return self.flow.take()

    def _greet(self) -> None:
        """Run what waits for new entries, those that these actions bring included."""
        while self.flow.fresh:
            fresh, self.flow.fresh = self.flow.fresh, []
            events.fire(self.flow, events.NEW_REPEAT, fresh)

    def _repeat(self, path: str) -> Repeat:
        spec = self.form.spec(path)
        repeat = self.form.repeats[spec.repeat] if spec.repeat >= 0 else None
        if repeat is None or repeat.spec != spec.index:
            raise KeyError(path)
        return repeat

    def _refuse_fixed(self, repeat: Repeat) -> None:
        path = self.form.specs[repeat.spec].path
        if repeat.is_fixed:
            raise CannotChange(f"The entries of {path} are fixed.")
        if repeat.has_count:
            raise CannotChange(f"The number of entries of {path} follows another answer.")


def open_form(
    form: CompiledForm,
    answers: Mapping[Ref, str],
    entries: Iterable[EntryAt] | None,
    env: Env,
    *,
    first: bool,
    spent: Collection[str] = (),
) -> FormState:
    """Open a response.

    Args:
        form: the compiled form.
        answers: texts by path and entry; what is not given takes the form's default.
        entries: the entries there are, outer ones first; None for those the form begins with.
        env: the outside world.
        first: whether it has never been opened: preloads and first-load events run.
        spent: keys of entries that were taken out, which no new one gets.
    Returns:
        The state, fully calculated.
    """
    state = FormState(form, env)
    flow = state.flow
    flow.spent = spent
    if entries is None:
        flow.fill(flow.root)
    else:
        _place(state, entries)
    for ref, text in answers.items():
        try:
            cell = state.cell(ref)
        except KeyError:
            state.unknown[ref] = text
            continue
        cell.write(text)
        cell.asked = text
    flow.fresh.clear()
    if first:
        events.preload(flow)
    flow.run_all(keeps_volatile=not first)
    if first:
        state._greet()
        events.fire(flow, events.FIRST_LOAD, list(all_frames(flow.root)))
    flow.fresh.clear()
    events.fire(flow, events.LOAD, list(all_frames(flow.root)))
    flow.take()
    return state


def _place(state: FormState, entries: Iterable[EntryAt]) -> None:
    """Build the entries a response has; those of repeats the form no longer knows are left."""
    flow = state.flow
    for entry in entries:
        spec = state.form.by_path.get(entry.repeat_path)
        frame: Frame | None = flow.by_key.get(entry.parent)
        repeat_index = state.form.specs[spec].repeat if spec is not None else -1
        if frame is None or repeat_index not in frame.entries:
            state.unknown[Ref(entry.repeat_path, entry.key)] = ""
            continue
        repeat = state.form.repeats[repeat_index]
        # The response says which entries there are inside, not the form.
        made = flow.bare_frame(frame, repeat, entry.key)
        frame.entries[repeat_index].append(made)
        flow.relink(frame, repeat)
