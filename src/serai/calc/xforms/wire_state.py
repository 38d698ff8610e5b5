"""A response as the browser takes it over, and what the server adds to its answers."""

from collections.abc import Iterator
from typing import Any

from serai.calc.xforms.flow import Ref
from serai.calc.xforms.form import CHOICES, COUNT, READONLY, RELEVANT, REQUIRED
from serai.calc.xforms.frames import Cell, Frame
from serai.calc.xforms.state import FormState
from serai.calc.xforms.values import EPOCH
from serai.calc.xforms.wire import Wire, is_within
from serai.calc.xforms.wording import offered_values


def wire_state(state: FormState, logic: Wire, entry: str = "") -> dict[str, Any]:
    """Return a response as the browser takes it over; of `entry` alone where that is all it knows.

    Returns:
        JSON-ready: `now` in milliseconds, `zone`; `entries` as [field, key of the entry around, key,
        1 if a smaller count hides it], outer ones first; `results` as [field, entry key, property, value]; `months` and `weekdays`
        from Sunday where dates are written out.
    """
    env, known = state.flow.focus.env, logic.index
    frames = list(_frames(state, logic, entry))
    repeats = [
        state.form.repeats[frame.repeat].spec if frame.repeat >= 0 else -1 for frame in frames
    ]
    written: dict[str, Any] = {
        "now": (env.now - EPOCH).total_seconds() * 1000,
        "zone": str(env.zone),
        "entries": [
            [known[spec], frame.parent.key if frame.parent else "", frame.key]
            + [1] * _is_hidden(frame)
            for spec, frame in zip(repeats, frames, strict=True)
            if spec >= 0
        ],
        "results": [
            [known[cell.spec.index], cell.frame.key, *result]
            for frame in frames
            for cell in frame.cells
            if cell.spec.index in known
            for result in _begun(state, logic, cell)
        ],
    }
    if _writes_dates(logic.json["stages"]):
        *others, sunday = env.names.weekdays
        written |= {"months": env.names.months, "weekdays": [sunday, *others]}
    return written


def server_results(state: FormState, logic: Wire, entry: str = "") -> list[list[Any]]:
    """Return what the browser could not work out, as [path, entry key, property, value].

    A count stands at the entry around its repeat.
    """
    found: list[list[Any]] = []
    for path, name in logic.server:
        spec = state.form.spec(path)
        for frame in _frames(state, logic, entry):
            if name == COUNT and spec.repeat in frame.entries:
                found.append([path, frame.key, name, len(frame.entries[spec.repeat])])
            elif name != COUNT and spec.repeat == frame.repeat:
                found.append([path, frame.key, *_given(state, frame.cells[spec.slot], name)])
    return found


def section_values(state: FormState, section: str) -> dict[Ref, str]:
    """Return the answers inside a section, empty ones too, absent ones as they are kept."""
    return {
        Ref(cell.spec.path, cell.frame.key): cell.text
        for cell in state.cells()
        if is_within(cell.spec, section) and not cell.spec.is_group
    }


def _frames(state: FormState, logic: Wire, entry: str) -> Iterator[Frame]:
    """Yield the frames the browser knows, those a smaller count hides after the others.

    With an entry: those around it, it, and those inside it.
    """
    on_the_way = {entry}
    around = state.flow.by_key[entry].parent if entry else None
    while around is not None:
        on_the_way.add(around.key)
        around = around.parent
    is_free = {entry} if entry else {""}
    waiting = [state.flow.root]
    while waiting:
        frame = waiting.pop(0)
        if frame.parent is not None and frame.parent.key in is_free:
            is_free.add(frame.key)
        elif frame.key not in is_free | on_the_way:
            continue
        yield frame
        for repeat, entries in frame.entries.items():
            if state.form.repeats[repeat].spec in logic.index:
                waiting += [*entries, *frame.hidden[repeat]]


def _is_hidden(frame: Frame) -> bool:
    return frame.parent is not None and frame in frame.parent.hidden[frame.repeat]


def _begun(state: FormState, logic: Wire, cell: Cell) -> Iterator[list[Any]]:
    """Yield what the browser takes over of a cell: what it does not work out itself."""
    if cell.text and not cell.spec.is_group:
        yield ["value", cell.text]
    if not cell.own_relevant and (cell.spec.index, RELEVANT) not in logic.live:
        yield [RELEVANT, False]
    if cell.own_readonly and (cell.spec.index, READONLY) not in logic.live:
        yield [READONLY, True]
    for path, name in logic.server:
        if path == cell.spec.path and name in {REQUIRED, CHOICES}:
            yield _given(state, cell, name)


def _given(state: FormState, cell: Cell, name: str) -> list[Any]:
    if name == RELEVANT:
        return [name, cell.own_relevant]
    if name == READONLY:
        return [name, cell.own_readonly]
    if name == REQUIRED:
        return [name, cell.required]
    if name == CHOICES:
        return [name, offered_values(cell, state.focus(cell))]
    return ["value", cell.text]


def _writes_dates(tree: Any) -> bool:
    if not isinstance(tree, list):
        return False
    return tree[:1] in (["format-date"], ["format-date-time"]) or any(map(_writes_dates, tree))
